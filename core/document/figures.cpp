#include "document/figures.h"

#include "document/known.h"
#include "document/lines.h"
#include "document/sections.h"
#include "report/text.h"
#include "topology/wording.h"

#include <fmt/format.h>

namespace whichbase::document {

using namespace topology;

namespace {

using DrawingPointer = std::shared_ptr<const picture::Drawing>;

DrawingPointer shared(picture::Drawing drawing) {
  return std::make_shared<const picture::Drawing>(std::move(drawing));
}

} // namespace

Figure topologyFigure(const Incident& incident, const ReportOptions& options) {
  report::TextOptions text;
  text.ascii = options.ascii;
  text.columns = options.columns;
  Figure figure{"topology", "Databases above, servers below. The same letter and colour is the same database.", {}, {}};
  figure.text = incident.comparison() ? report::diagramText(*incident.comparison(), text)
                                      : report::diagramText(incident.present(), text);
  if (options.drawings)
    figure.drawing = shared(incident.comparison() ? picture::topologyDrawing(*incident.comparison())
                                                  : picture::topologyDrawing(incident.present()));
  return figure;
}

std::optional<Figure> usersFigure(const Incident& incident, const ReportOptions& options) {
  Figure figure{"users", "Users and tables of each database.", {}, {}};
  for (const KnownDatabase& each : databasesOf(incident)) {
    figure.text += each.id + "  ";
    if (incident.comparison())
      figure.text += fmt::format("before {}, after {}\n", each.before ? usersText(each.before->users) : "–",
                                 each.after ? usersText(each.after->users) : "–");
    else
      figure.text += usersText(each.newest().users) + "\n";
  }
  if (figure.text.empty())
    return std::nullopt;
  if (options.drawings)
    figure.drawing = shared(incident.comparison() ? picture::usersDrawing(*incident.comparison())
                                                  : picture::usersDrawing(incident.present()));
  return figure;
}

std::optional<Figure> timelineFigure(const Incident& incident, const ReportOptions& options) {
  if (!incident.recorded || incident.recorded->points.empty())
    return std::nullopt;
  Figure figure{"timeline", "Users of each database over time, in UTC.", {}, {}};
  for (const history::Point& point : incident.recorded->points)
    figure.text +=
        fmt::format("{}  {}  {}\n", dated(point.at), point.database,
                    point.users ? (point.kind == CountKind::estimate ? "~" : "") + withCommas(*point.users) : "?");
  if (options.drawings)
    figure.drawing = shared(picture::timelineDrawing(*incident.recorded));
  return figure;
}

Section topologySection(const Incident& incident, const ReportOptions& options) {
  return {
      "topology", incident.comparison() ? "Before and after" : "Who is on what", {topologyFigure(incident, options)}};
}

} // namespace whichbase::document
