// What goes beyond a sweep, on somebody's wish: the menu Verify, and test rows that were left behind.
#include "model/left_behind.h"
#include "style/marks.h"
#include "window/check_dialog.h"
#include "window/main_window.h"
#include "window/message_bar.h"
#include "window/participants.h"
#include "window/test_row_dialog.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace whichbase::ui {

namespace {

constexpr std::chrono::seconds longestRemoval{30};
constexpr QLatin1String leftTopic("left-behind");
constexpr QLatin1String proofTopic("demo-proof");

std::string pathOf(const QString& file) {
  return QFile::encodeName(file).toStdString();
}

struct Found {
  std::vector<verify::JournalEntry> entries;
  QString problem; // with what may be there and cannot be read
};

Found readLeftBehind() {
  const verify::Journal journal;
  Found found;
  QStringList problems;
  if (auto entries = journal.leftBehind())
    found.entries = std::move(*entries);
  else
    problems << problemOf(entries.error());
  for (const auto& problem : journal.unreadable())
    problems << problemOf(problem);
  found.problem = problems.join(QLatin1Char(' '));
  return found;
}

} // namespace

void MainWindow::makeVerifyMenu() {
  m_verifyMenu = menuBar()->addMenu(tr("&Verify"));
  m_verifyMenu->setToolTipsVisible(true);
  m_checkAction = m_verifyMenu->addAction(tr("&Check again"));
  m_checkAction->setShortcut(QKeySequence(tr("Ctrl+R")));
  connect(m_checkAction, &QAction::triggered, this, &MainWindow::checkAgain);
  makeLookActions();
  m_verifyMenu->addSeparator();
  m_testRowAction = m_verifyMenu->addAction(tr("&Write a test row…"));
  m_testRowAction->setShortcut(QKeySequence(tr("Ctrl+Shift+T")));
  connect(m_testRowAction, &QAction::triggered, this, [this] { writeTestRow(verify::TestRowPlace::ownTable); });
  connect(&m_document, &Document::opened, this, &MainWindow::leaveVerification);
  refreshVerifyActions();
}

void MainWindow::addVerifyButtons(QToolBar* bar) {
  bar->addAction(m_checkAction);
  bar->addSeparator();
  bar->addAction(m_testRowAction);
  if (auto* button = qobject_cast<QToolButton*>(bar->widgetForAction(m_checkAction)))
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  if (auto* button = qobject_cast<QToolButton*>(bar->widgetForAction(m_testRowAction))) {
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setText(tr("Write a test row…")); // Qt leaves the ellipsis out
    button->setProperty("writes", true);
  }
}

void MainWindow::refreshVerifyActions() {
  const QString why = m_document.whyNoLook();
  const auto& project = m_document.project();
  const bool lone = why.isEmpty() && project->servers.size() < 2;
  const QString whyNoCheck = lone ? tr("One server alone: there is no other one whose flag it could see.") : why;
  m_checkAction->setEnabled(whyNoCheck.isEmpty());
  m_checkAction->setToolTip(whyNoCheck.isEmpty()
                                ? tr("Reads only: each server's own connection looks for the others' flags (Ctrl+R)")
                                : tr("Check again: %1").arg(whyNoCheck));
  const bool writing = m_testRowDialog && m_testRowDialog->isRowOut();
  m_testRowAction->setEnabled(why.isEmpty());
  m_testRowAction->setToolTip(
      writing         ? tr("A test row is being written: shows it")
      : why.isEmpty() ? tr("Writes, sees and deletes a row. Nothing is written before you saw the SQL (Ctrl+Shift+T)")
                      : tr("Write a test row: %1").arg(why));
  offerProof();
  if (m_removalWanted && why.isEmpty())
    removeLeftBehind();
}

void MainWindow::applyVerifyTheme(const Theme& look) {
  m_checkAction->setIcon(eyeIcon(look.text, look.secondaryText));
  m_testRowAction->setIcon(pencilIcon(look.text, look.secondaryText));
  if (m_checkDialog)
    m_checkDialog->setTheme(look);
  if (m_testRowDialog)
    m_testRowDialog->setTheme(look);
}

void MainWindow::checkAgain() {
  const auto around = m_document.surroundings();
  if (!around)
    return; // greyed by then
  if (!m_checkDialog) {
    m_checkDialog = new CheckDialog(m_controller, this);
    m_checkDialog->setAttribute(Qt::WA_DeleteOnClose);
    m_checkDialog->setTheme(theme());
    connect(m_checkDialog, &CheckDialog::againRequested, this, &MainWindow::checkAgain);
    connect(m_checkDialog, &CheckDialog::proven, &m_document,
            [this](const topology::Verification& verification) { m_document.addProof(verification); });
    connect(m_checkDialog, &CheckDialog::copied, this,
            [this](const QString& what) { statusBar()->showMessage(what, 4000); });
  }
  m_checkDialog->start(*around);
  m_checkDialog->show();
  m_checkDialog->raise();
  m_checkDialog->activateWindow();
}

// What has to be typed before something is written to production.
QString MainWindow::confirmation() const {
  const auto& project = m_document.project();
  if (project && !project->title.empty())
    return QString::fromStdString(project->title);
  return m_document.file().isEmpty() ? tr("production") : QFileInfo(m_document.file()).fileName();
}

void MainWindow::writeTestRow(verify::TestRowPlace place) {
  if (!m_testRowDialog) {
    const auto around = m_document.surroundings();
    if (!around)
      return;
    m_testRowDialog = new TestRowDialog(m_controller, *around, confirmation(), this);
    m_testRowDialog->setAttribute(Qt::WA_DeleteOnClose);
    m_testRowDialog->setTheme(theme());
    m_testRowDialog->choose({}, place);
    connect(m_testRowDialog, &TestRowDialog::proven, &m_document,
            [this](const topology::Verification& verification) { m_document.addProof(verification); });
    connect(m_testRowDialog, &TestRowDialog::over, this, &MainWindow::onTestRowOver);
    connect(m_testRowDialog, &TestRowDialog::copied, this,
            [this](const QString& what) { statusBar()->showMessage(what, 4000); });
    m_messages->clear(proofTopic);
  }
  m_testRowDialog->show();
  m_testRowDialog->raise();
  m_testRowDialog->activateWindow();
}

void MainWindow::onTestRowOver(const verify::TestRowResult& result) {
  refreshVerifyActions();
  if (!result.leftBehind.empty())
    lookForLeftBehind();
  if (std::exchange(m_closesAfterRow, false))
    close();
}

// Another project was opened: what is under way for the one before goes on to its end, and proves nothing of this one.
void MainWindow::leaveVerification() {
  if (m_checkDialog)
    m_checkDialog->close();
  if (m_testRowDialog) {
    m_testRowDialog->disconnect(&m_document);
    m_testRowDialog->close();  // deletes its row first
    m_testRowDialog = nullptr; // a new one is this project's
  }
  m_removalWanted = false;
  m_proofOffered = false;
  for (const auto& topic : {leftTopic, proofTopic})
    m_messages->clear(topic);
  lookForLeftBehind();
}

// False: the window may not close yet, since a test row has to be deleted first. Asked again, it may.
bool MainWindow::mayCloseOverTestRow() {
  const bool out = std::ranges::any_of(findChildren<TestRowDialog*>(), &TestRowDialog::isRowOut);
  if (!out || std::exchange(m_closesAfterRow, true))
    return true;
  m_messages->show(QStringLiteral("closing"), Sign::warning,
                   tr("The test row is being deleted; the window closes then. Close it again to leave the row: the "
                      "next start removes it, or tells what to run."));
  for (auto* dialog : findChildren<TestRowDialog*>()) {
    dialog->show();
    dialog->reject();
  }
  return false;
}

void MainWindow::offerProof() {
  if (m_demo.state() != DemoPlayer::State::actTwo || m_proofOffered || !m_document.whyNoLook().isEmpty())
    return;
  const auto& after = m_document.view().after;
  if (!after || after->verdict.kind != topology::VerdictKind::singleSource)
    return;
  if (const auto told = topology::toldVerification(*after); told && told->current)
    return;
  m_proofOffered = true;
  m_messages->show(
      proofTopic, Sign::good,
      tr("%1. Prove it as on the day: a test user, written through one server, seen by all three, and deleted.")
          .arg(QString::fromStdString(after->verdict.text)),
      {{tr("Write a test user…"), [this] { writeTestRow(verify::TestRowPlace::usersTable); }},
       {tr("Check again"), [this] { checkAgain(); }}});
}

void MainWindow::lookForLeftBehind() {
  const auto file = pathOf(m_document.project() ? m_document.file() : QString());
  m_controller.run([](const std::stop_token&) { return readLeftBehind(); },
                   [this, file, open = m_document.isOpen()](const Found& found) {
                     if (open != m_document.isOpen() ||
                         (open && file != pathOf(m_document.project() ? m_document.file() : QString())))
                       return; // something else was opened meanwhile, and asks for itself
                     if (!found.problem.isEmpty())
                       m_messages->show(QStringLiteral("journal"), Sign::warning, found.problem);
                     if (const auto left = leftBehindOf(found.entries, file, open); !left.empty())
                       tellLeftBehind(left);
                   });
}

void MainWindow::tellLeftBehind(const std::vector<verify::JournalEntry>& left) {
  std::vector<MessageAction> actions;
  const QString project = QFile::decodeName(left.front().project.c_str());
  if (m_document.project())
    actions.push_back(
        {left.size() == 1 ? tr("Remove it now") : tr("Remove them now"), [this] { removeLeftBehind(); }, true});
  else if (QFile::exists(project))
    actions.push_back({tr("Open %1").arg(QFileInfo(project).fileName()), [this, project] { open(project); }});
  actions.push_back({tr("Copy what to run"), [left] { QApplication::clipboard()->setText(whatToRun(left)); }, true});
  m_messages->show(leftTopic, Sign::warning, leftBehindText(left, !m_document.project()), std::move(actions));
}

void MainWindow::removeLeftBehind() {
  const auto around = m_document.surroundings();
  m_removalWanted = !around;
  if (!around) {
    if (m_document.replay().active())
      m_document.replay().leave();
    m_messages->show(leftTopic, Sign::none, tr("The databases are probed first, then the test row is removed."));
    m_document.probe(); // which asks for whatever it needs
    return;
  }
  m_messages->show(leftTopic, Sign::none, tr("Removing what test rows left behind…"));
  m_controller.run(
      [surroundings = *around](const std::stop_token& stop) {
        verify::Journal journal;
        probe::Connector connector(stop, surroundings.request.routes);
        return verify::removeLeftBehind(participantsFor(surroundings, stop), journal, pathOf(surroundings.file),
                                        connector, std::chrono::steady_clock::now() + longestRemoval);
      },
      [this, file = around->file](const std::vector<verify::Removal>& removals) {
        if (file != m_document.file())
          return;
        const auto told = removalText(removals);
        std::vector<MessageAction> actions;
        if (!told.left.empty())
          actions = {{tr("Try again"), [this] { removeLeftBehind(); }, true},
                     {tr("Copy what to run"),
                      [left = told.left] { QApplication::clipboard()->setText(whatToRun(left)); }, true}};
        m_messages->show(leftTopic, told.left.empty() ? Sign::good : Sign::bad, told.text, std::move(actions));
      });
}

} // namespace whichbase::ui
