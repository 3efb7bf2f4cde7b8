#include "report/report_source.h"

#include "document/recorded.h"

#include <QRegularExpression>

namespace whichbase::ui {

document::Incident incidentOf(const ReportSource& source) {
  document::Incident incident;
  const auto& view = source.view;
  if (view.comparison)
    incident.state = *view.comparison;
  else if (const auto* snapshot = present(view))
    incident.state = *snapshot;
  if (source.overview && !source.overview->empty()) {
    incident.recorded = view.replayedAt ? document::until(*source.overview, *view.replayedAt) : *source.overview;
    auto* comparison = std::get_if<topology::Comparison>(&incident.state);
    auto& state = comparison ? comparison->after : std::get<topology::Snapshot>(incident.state);
    state.finishedAt = document::lastSeen(*incident.recorded, state.finishedAt);
  }
  incident.written = source.written;
  return incident;
}

QString fileNameOf(const View& view) {
  static const QRegularExpression unfit(
      QStringLiteral(R"([\x00-\x1f\x7f/\\:*?"<>|\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]+)"));
  constexpr int longest = 60;
  const auto* snapshot = present(view);
  QString name = snapshot ? QString::fromStdString(snapshot->title) : QString();
  name = name.replace(unfit, QStringLiteral("-")).simplified().left(longest);
  while (name.startsWith(QLatin1Char('.')) || name.startsWith(QLatin1Char('-')))
    name.remove(0, 1);
  name = name.trimmed();
  return name.isEmpty() ? QStringLiteral("incident") : name;
}

} // namespace whichbase::ui
