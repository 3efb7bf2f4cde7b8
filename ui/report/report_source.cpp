#include "report/report_source.h"

#include "model/known_until.h"

#include <QRegularExpression>

namespace whichbase::ui {

document::Incident incidentOf(const ReportSource& source) {
  document::Incident incident;
  const auto& view = source.view;
  if (view.comparison)
    incident.state = *view.comparison;
  else if (const auto* snapshot = present(view))
    incident.state = *snapshot;
  if (source.overview && !source.overview->empty())
    incident.recorded = view.replayedAt ? knownUntil(*source.overview, *view.replayedAt) : *source.overview;
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
