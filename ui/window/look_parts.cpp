#include "window/look_parts.h"

#include "compare/plan_endpoints.h"
#include "style/marks.h"
#include "topology/view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace whichbase::ui {

void fillDatabases(QComboBox& choice, const topology::Snapshot& snapshot, const Theme& theme) {
  const QVariant chosen = choice.currentData();
  choice.clear();
  for (const auto& database : snapshot.databases) {
    QString text = QString::fromStdString(topology::View::named(database));
    if (!database.name.empty())
      text += QStringLiteral(" · ") + QString::fromStdString(database.name);
    if (!database.answered || database.gone)
      text += QObject::tr(" · not reached: as it was recorded");
    else if (database.ghost)
      text += QObject::tr(" · no server uses it");
    choice.addItem(badgeIcon(database.id, theme), text, QString::fromStdString(database.id));
  }
  if (const int at = choice.findData(chosen); at >= 0)
    choice.setCurrentIndex(at);
}

QString toHtmlList(const QString& head, const QStringList& lines) {
  if (lines.isEmpty())
    return {};
  QString html = QStringLiteral("<p><b>%1</b></p><ul>").arg(head.toHtmlEscaped());
  for (const QString& line : lines)
    html += QStringLiteral("<li>%1</li>").arg(line.toHtmlEscaped());
  return html + QStringLiteral("</ul>");
}

std::string chosenDatabase(const QComboBox& choice) {
  return choice.currentData().toString().toStdString();
}

std::vector<std::pair<std::string, compare::Endpoint>> endpointsFor(const Document::Surroundings& surroundings,
                                                                    const std::stop_token& stop) {
  const auto& request = surroundings.request;
  const auto plan =
      probe::makePlan(request.project, topology::Side::after, ProbeController::sourcesOf(request, stop),
                      request.before.get(), std::chrono::steady_clock::now() + std::chrono::seconds(10), stop);
  return compare::endpointsOf(*surroundings.snapshot, plan);
}

LookProgress::LookProgress(QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  m_bar = new QProgressBar(this);
  m_bar->setTextVisible(false);
  m_bar->setAccessibleName(tr("Progress"));
  m_bar->setFixedWidth(180);
  m_doing = new QLabel(this);
  m_doing->setWordWrap(true);
  m_cancel = new QPushButton(tr("Stop"), this);
  m_cancel->setAutoDefault(false);
  row->addWidget(m_bar);
  row->addWidget(m_doing, 1);
  row->addWidget(m_cancel);
  connect(m_cancel, &QPushButton::clicked, this, &LookProgress::cancelled);
  setVisible(false);
}

void LookProgress::begin(const QString& doing) {
  show(doing, 0, 0);
  setVisible(true);
}

void LookProgress::show(const QString& doing, qint64 done, qint64 total) {
  constexpr int whole = 1000;
  m_doing->setText(doing);
  m_bar->setRange(0, total > 0 ? whole : 0);
  if (total > 0)
    m_bar->setValue(static_cast<int>(std::min<qint64>(whole, done * whole / total)));
}

void LookProgress::end() {
  setVisible(false);
}

QString remainingText(const std::optional<std::chrono::milliseconds>& remaining) {
  if (!remaining)
    return {};
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*remaining).count() + 1;
  return seconds < 60 ? QObject::tr("about %L1 s left").arg(seconds)
                      : QObject::tr("about %L1 min left").arg((seconds + 59) / 60);
}

} // namespace whichbase::ui
