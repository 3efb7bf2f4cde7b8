#include "window/test_row_progress.h"

#include "model/view.h"
#include "window/form_parts.h"
#include "window/server_lines_view.h"

#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace whichbase::ui {

TestRowProgress::TestRowProgress(QWidget* parent) : QWidget(parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  m_head = new HeadlineRow(this);
  m_lines = new ServerLinesView(this);
  m_problems = problemLabel(this);
  m_leftTitle = new QLabel(tr("Left behind. Run this there to remove it:"), this);
  m_leftTitle->setFont(textFont(13, QFont::DemiBold));
  m_left = new QPlainTextEdit(this);
  m_left->setFont(monoFont(12.5));
  m_left->setReadOnly(true);
  m_left->setTabChangesFocus(true);
  m_left->setAccessibleName(m_leftTitle->text());
  m_leftTitle->setBuddy(m_left);
  layout->addWidget(m_head);
  layout->addWidget(m_lines, 3);
  layout->addWidget(m_problems);
  layout->addWidget(m_leftTitle);
  layout->addWidget(m_left, 1);
}

void TestRowProgress::setHeadline(Sign sign, const QString& text) {
  m_head->set(sign, text);
  setAccessibleDescription(text);
}

int TestRowProgress::wantedHeight() const {
  return m_lines->wantedHeight() + 60;
}

void TestRowProgress::begin(const topology::Snapshot& snapshot, const verify::TestRowPlan& plan) {
  std::vector<ServerLine> lines;
  for (const auto& server : snapshot.servers)
    lines.push_back(waitingLine(QString::fromStdString(server.name), letterOf(server.database)));
  m_lines->lines().setEnvironments(snapshot);
  m_lines->lines().setLines(std::move(lines));
  m_step = verify::TestRowStep::inserting;
  m_deleting = false;
  setHeadline(Sign::none, tr("Writing the row through %1…").arg(QString::fromStdString(plan.writer)));
  for (auto* widget : std::initializer_list<QWidget*>{m_problems, m_leftTitle, m_left})
    widget->hide();
}

void TestRowProgress::show(const verify::TestRowLine& line) {
  m_lines->lines().setLine(line.server, testRowLine(line.check, line.step));
  m_step = std::max(m_step, line.step);
  if (m_deleting)
    return;
  const int servers = m_lines->lines().rowCount();
  switch (m_step) {
  case verify::TestRowStep::inserting:
    break;
  case verify::TestRowStep::waiting:
    setHeadline(Sign::none,
                tr("The row is there: %L1 of %L2 servers saw it").arg(m_lines->lines().confirmed()).arg(servers));
    break;
  case verify::TestRowStep::deleting:
    setHeadline(Sign::none, tr("Deleting the row…"));
    break;
  case verify::TestRowStep::confirming:
  case verify::TestRowStep::done:
    setHeadline(Sign::none,
                tr("Deleted: %L1 of %L2 servers confirmed it").arg(m_lines->lines().confirmed()).arg(servers));
    break;
  }
}

void TestRowProgress::setDeleting() {
  m_deleting = true;
  setHeadline(Sign::none, tr("Stopped. The row is being deleted first…"));
}

void TestRowProgress::show(const verify::TestRowResult& result) {
  const auto& verification = result.verification;
  std::vector<ServerLine> lines;
  for (const auto& check : verification.servers)
    lines.push_back(testRowLine(check, verify::TestRowStep::done));
  if (!lines.empty())
    m_lines->lines().setLines(std::move(lines));
  const bool anyBlind = std::ranges::any_of(
      verification.servers, [](const topology::ServerCheck& each) { return each.reached && !each.saw; });
  if (!result.inserted)
    setHeadline(Sign::unknown, tr("No row was written."));
  else if (!result.leftBehind.empty())
    setHeadline(Sign::bad, tr("The row could not be deleted."));
  else if (m_deleting)
    setHeadline(Sign::unknown, tr("Stopped, and the row was deleted. Nothing is concluded from it."));
  else
    setHeadline(verification.everyoneSees ? Sign::good
                : anyBlind                ? Sign::bad
                                          : Sign::unknown,
                QString::fromStdString(topology::toText(verification, verification.at)));
  QStringList problems;
  for (const auto& problem : result.problems)
    problems << QString::fromStdString(problem);
  m_problems->setText(problems.join(QLatin1Char('\n')));
  m_problems->setVisible(!problems.isEmpty());
  m_left->setPlainText(QString::fromStdString(result.leftBehind));
  for (auto* widget : std::initializer_list<QWidget*>{m_leftTitle, m_left})
    widget->setVisible(!result.leftBehind.empty());
}

void TestRowProgress::setTheme(const Theme& theme) {
  m_head->setTheme(theme);
  m_lines->setTheme(theme);
}

} // namespace whichbase::ui
