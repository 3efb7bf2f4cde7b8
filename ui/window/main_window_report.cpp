// The incident's report: its dialog and its copies.
#include "report/report_dialog.h"
#include "window/main_window.h"
#include "window/message_bar.h"
#include "window/workspace.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QMimeData>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>

namespace whichbase::ui {

namespace {
constexpr QLatin1String copyTopic("copy");
} // namespace

void MainWindow::makeCopyActions(QMenu* menu) {
  const auto add = [&](const QString& text, const QKeySequence& shortcut, CopyAs as) {
    auto* action = menu->addAction(text);
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, [this, as] { copyReport(as); });
    m_copyActions << action;
  };
  add(tr("Copy diagram as p&icture"), QKeySequence(tr("Ctrl+Alt+C")), CopyAs::picture);
  add(tr("Copy report as &Markdown"), QKeySequence(tr("Ctrl+Alt+M")), CopyAs::markdown);
  add(tr("Copy report as &text"), QKeySequence(tr("Ctrl+Alt+T")), CopyAs::text);
  m_workspace->setDiagramActions(m_copyActions);
}

void MainWindow::addReportButton(QToolBar* bar) {
  bar->addAction(m_reportAction);
  if (auto* button = qobject_cast<QToolButton*>(bar->widgetForAction(m_reportAction)))
    button->setText(tr("Report…")); // Qt leaves the ellipsis out
}

void MainWindow::refreshReportActions() {
  const bool any = !m_document.view().empty();
  const QString nothing = tr("There is nothing to tell yet: probe first.");
  m_reportAction->setEnabled(any);
  m_reportAction->setToolTip(any ? tr("The incident’s report: to write in, to save and to print (Ctrl+Shift+E)")
                                 : nothing);
  for (auto* action : m_copyActions)
    action->setEnabled(any);
}

void MainWindow::applyReportTheme(const Theme& look) {
  if (m_reportDialog)
    m_reportDialog->setTheme(look);
}

void MainWindow::showReport() {
  if (!m_reportDialog) {
    m_reportDialog = new ReportDialog(m_controller, m_document, theme(), this);
    m_reportDialog->setModal(false);
    // It is about something else then, and what was dragged out of it has been taken.
    connect(&m_document, &Document::opened, m_reportDialog, &QObject::deleteLater);
  }
  m_reportDialog->show();
  m_reportDialog->raise();
  m_reportDialog->activateWindow();
}

void MainWindow::copyReport(CopyAs as) {
  ReportSource source{m_document.view(), m_document.replay().overview(), m_document.written()};
  if (source.view.empty())
    return;
  m_controller.run([source = std::move(source), as](const std::stop_token&) { return copyOf(source, as); },
                   [this, copying = ++m_copying](const ReportCopy& copy) {
                     if (m_copying != copying)
                       return;
                     m_messages->clear(copyTopic);
                     if (!copy.problem.isEmpty()) {
                       m_messages->show(copyTopic, Sign::bad, copy.problem);
                       return;
                     }
                     QApplication::clipboard()->setMimeData(mimeDataOf(copy).release());
                     statusBar()->showMessage(copiedText(copy.as), 4000);
                   });
}

} // namespace whichbase::ui
