#include "window/test_row_dialog.h"

#include "window/form_parts.h"
#include "window/test_row_choice.h"
#include "window/test_row_progress.h"
#include "window/test_row_sql.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace whichbase::ui {

TestRowDialog::TestRowDialog(ProbeController& controller, const Document::Surroundings& surroundings,
                             QString confirmation, QWidget* parent)
    : QDialog(parent), m_run(controller, surroundings), m_confirmation(std::move(confirmation)) {
  setWindowTitle(tr("Write a test row"));
  setModal(false);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(9);
  m_step = new QLabel(this);
  m_step->setFont(textFont(16, QFont::DemiBold));
  m_pages = new QStackedWidget(this);
  m_pages->addWidget(m_choice = new TestRowChoice(*surroundings.snapshot, m_pages));
  m_pages->addWidget(m_sql = new TestRowSql(m_pages));
  m_pages->addWidget(m_progress = new TestRowProgress(m_pages));
  layout->addWidget(m_step);
  layout->addWidget(m_pages, 1);
  makeButtons();
  connectRun();
  resize(QSize(660, 580).boundedTo(screen()->availableSize() - QSize(40, 80)));
  showPage(Page::choice);
}

void TestRowDialog::makeButtons() {
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  const auto button = [&](const QString& text) {
    auto* made = new QPushButton(text, this);
    made->setAutoDefault(false); // Return, pressed without reading, writes nothing
    return made;
  };
  m_copy = button(tr("Copy as text"));
  m_back = button(tr("Back"));
  m_look = button(tr("Show the SQL…"));
  m_write = button(tr("Write the test row"));
  m_write->setProperty("writes", true);
  m_close = button(tr("Cancel"));
  row->addWidget(m_copy);
  row->addStretch(1);
  for (auto* each : {m_back, m_look, m_write, m_close})
    row->addWidget(each);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  connect(m_back, &QPushButton::clicked, this, [this] {
    m_run.forgetPlan();
    showPage(Page::choice);
  });
  connect(m_look, &QPushButton::clicked, this, &TestRowDialog::look);
  connect(m_write, &QPushButton::clicked, this, &TestRowDialog::write);
  connect(m_close, &QPushButton::clicked, this, [this] {
    if (m_run.isRowOut())
      m_run.stop(); // and stays, to tell what came of it
    else
      reject();
  });
  connect(m_copy, &QPushButton::clicked, this, [this] {
    QApplication::clipboard()->setText(QString::fromStdString(m_result       ? verify::toText(*m_result)
                                                              : m_run.plan() ? verify::toText(*m_run.plan())
                                                                             : std::string()));
    Q_EMIT copied(m_result ? tr("The test row's result was copied") : tr("The test row's plan was copied"));
  });
  connect(m_sql, &TestRowSql::changed, this, &TestRowDialog::refresh);
}

void TestRowDialog::connectRun() {
  connect(&m_run, &TestRowRun::stateChanged, this, [this] {
    const bool planning = m_run.state() == TestRowRun::State::planning;
    m_choice->setLooking(planning);
    m_sql->setLooking(planning);
    if (m_run.state() == TestRowRun::State::deleting)
      m_progress->setDeleting();
    refresh();
  });
  connect(&m_run, &TestRowRun::planned, this, [this] { show(*m_run.plan()); });
  connect(&m_run, &TestRowRun::failed, this, [this](const QString& text) {
    if (page() == Page::sql)
      m_sql->setProblem(text); // what was typed stays
    else
      m_choice->setProblem(text);
    refresh();
  });
  connect(&m_run, &TestRowRun::lineChanged, this, [this](const verify::TestRowLine& line) { m_progress->show(line); });
  connect(&m_run, &TestRowRun::finished, this, &TestRowDialog::finish);
}

void TestRowDialog::choose(const std::string& writer, verify::TestRowPlace place) {
  m_choice->choose(writer, place);
}

TestRowDialog::Page TestRowDialog::page() const {
  return Page(m_pages->currentIndex());
}

void TestRowDialog::showPage(Page page) {
  m_pages->setCurrentIndex(int(page));
  const QStringList steps = {tr("1 of 3: which server, which table"), tr("2 of 3: exactly what will run"),
                             tr("3 of 3: seen by every server")};
  m_step->setText(steps[int(page)]);
  refresh();
  if (page == Page::progress)
    resize(width(), std::min(height(), m_progress->wantedHeight() + 150)); // no empty half
  if (page == Page::choice)
    m_choice->focusFirst();
  else if (page == Page::sql)
    m_sql->focusFirst();
  else
    m_close->setFocus();
}

void TestRowDialog::show(const verify::TestRowPlan& plan) {
  const bool first = page() != Page::sql;
  m_sql->setPlan(plan, m_confirmation);
  if (first)
    showPage(Page::sql);
  refresh();
}

// A completed INSERT is looked at under the token that its template has.
void TestRowDialog::look() {
  auto wish = m_choice->wish();
  if (page() == Page::sql && m_run.plan()) {
    wish.writer = m_run.plan()->writer;
    wish.token = m_run.plan()->token;
    wish.insertSql = m_sql->insertSql();
  }
  m_run.look(std::move(wish));
}

void TestRowDialog::write() {
  if (page() != Page::sql || !m_sql->mayWrite() || !m_run.plan())
    return;
  m_progress->begin(*m_run.surroundings().snapshot, *m_run.plan());
  m_result.reset();
  m_run.write();
  showPage(Page::progress);
}

void TestRowDialog::finish(const verify::TestRowResult& result) {
  m_result = result;
  m_progress->show(result);
  if (!result.leftBehind.empty() || !result.problems.empty())
    resize(width(), std::max(height(), std::min(580, screen()->availableSize().height() - 80)));
  refresh();
  if (result.inserted && !result.verification.servers.empty())
    Q_EMIT proven(result.verification);
  Q_EMIT over(result);
  if (m_closing && result.leftBehind.empty())
    QDialog::reject();
  m_closing = false; // what could not be removed is told first
}

void TestRowDialog::refresh() {
  const auto state = m_run.state();
  const bool planning = state == TestRowRun::State::planning;
  const auto at = page();
  m_copy->setVisible(at != Page::choice);
  m_copy->setEnabled(m_result || (at == Page::sql && m_run.plan()));
  m_back->setVisible(at == Page::sql);
  m_back->setEnabled(!planning);
  m_look->setVisible(at == Page::choice || (at == Page::sql && m_sql->canLook()));
  m_look->setText(at == Page::sql ? tr("Look at it again") : tr("Show the SQL…"));
  m_look->setEnabled(!planning);
  m_look->setDefault(at == Page::choice);
  m_write->setVisible(at == Page::sql);
  m_write->setEnabled(at == Page::sql && !planning && m_sql->mayWrite());
  m_write->setToolTip(at == Page::sql ? m_sql->whyNot() : QString());
  m_close->setText(state == TestRowRun::State::writing    ? tr("Stop and delete the row")
                   : state == TestRowRun::State::deleting ? tr("Deleting…")
                   : at == Page::progress                 ? tr("Close")
                                                          : tr("Cancel"));
  m_close->setEnabled(state != TestRowRun::State::deleting);
  // Return closes what is over; it never stops what runs, and never writes.
  m_close->setDefault(at == Page::progress && m_result && !m_run.isRowOut());
}

void TestRowDialog::reject() {
  if (m_run.isRowOut()) {
    m_closing = true;
    m_run.stop();
    return;
  }
  m_run.forgetPlan();
  QDialog::reject();
}

void TestRowDialog::setTheme(const Theme& theme) {
  m_sql->setTheme(theme);
  m_progress->setTheme(theme);
}

} // namespace whichbase::ui
