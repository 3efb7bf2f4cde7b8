#include "document/figures.h"

#include "document/known.h"
#include "document/lines.h"
#include "document/sections.h"
#include "report/text.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::document {

using namespace topology;

namespace {

using DrawingPointer = std::shared_ptr<const picture::Drawing>;

DrawingPointer shared(picture::Drawing drawing) {
  return std::make_shared<const picture::Drawing>(std::move(drawing));
}

// More points than these are told by the picture and the table of events alone.
constexpr std::size_t pointsTold = 24;

std::optional<std::int64_t> countOf(const Database* database) {
  return database && database->users ? database->users->count.value : std::nullopt;
}

// "A  before  ██████████ 22", the largest number as the longest bar; what is not known has none.
std::string usersBars(const Incident& incident, bool ascii) {
  constexpr std::int64_t longest = 40;
  const auto databases = databasesOf(incident);
  std::int64_t most = 1;
  std::size_t idWidth = 1;
  for (const KnownDatabase& each : databases) {
    most = std::max({most, countOf(each.before).value_or(0), countOf(each.after).value_or(0)});
    idWidth = std::max(idWidth, each.id.size());
  }
  std::string text;
  const auto addBar = [&](const std::string& id, const std::string& side, const Database* database) {
    const std::int64_t count = countOf(database).value_or(0);
    const auto cells =
        count == 0 ? 0 : std::max<std::int64_t>(1, std::int64_t(double(longest) * double(count) / double(most)));
    std::string bar;
    for (std::int64_t i = 0; i < cells; ++i)
      bar += ascii ? "#" : "█";
    text += fmt::format("{:<{}}  {}{}{}{}\n", id, idWidth, side, bar, bar.empty() ? "" : " ", usersCell(database));
  };
  for (const KnownDatabase& each : databases) {
    if (incident.comparison())
      addBar(each.id, "before  ", each.before);
    addBar(incident.comparison() ? std::string() : each.id, incident.comparison() ? "after   " : "", each.after);
  }
  return text;
}

// A printed page is as wide as so many of a drawing's pixels, with type that can be read.
constexpr double chartWidth = 780;

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
  Figure figure{"users", "Users and tables of each database.", {}, usersBars(incident, options.ascii)};
  if (figure.text.empty())
    return std::nullopt;
  if (options.drawings)
    figure.drawing = shared(incident.comparison() ? picture::usersDrawing(*incident.comparison(), chartWidth)
                                                  : picture::usersDrawing(incident.present(), chartWidth));
  return figure;
}

std::optional<Figure> timelineFigure(const Incident& incident, const ReportOptions& options) {
  if (!incident.recorded || incident.recorded->points.empty())
    return std::nullopt;
  const auto& points = incident.recorded->points;
  Figure figure{"timeline", "Users of each database over time, in UTC.", {}, {}};
  if (points.size() <= pointsTold)
    for (const history::Point& point : points)
      figure.text += fmt::format("{}  {:<3} {}\n", dated(point.at), point.database,
                                 !point.users                        ? "?"
                                 : point.kind == CountKind::estimate ? "~" + withCommas(*point.users)
                                                                     : withCommas(*point.users));
  if (options.drawings)
    figure.drawing = shared(picture::timelineDrawing(*incident.recorded, chartWidth));
  return figure;
}

Section topologySection(const Incident& incident, const ReportOptions& options) {
  return {
      "topology", incident.comparison() ? "Before and after" : "Who is on what", {topologyFigure(incident, options)}};
}

} // namespace whichbase::document
