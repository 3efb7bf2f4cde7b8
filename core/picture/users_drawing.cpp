#include "picture/bars.h"
#include "topology/wording.h"

#include <algorithm>
#include <set>
#include <utility>

namespace whichbase::picture {

namespace {

using topology::Database;
using topology::Snapshot;
using Sides = std::vector<std::pair<std::string, const Snapshot*>>;

constexpr double margin = 16;
constexpr double leastHalf = 420;
constexpr double between = 32;
constexpr std::size_t mostBesideEachOther = 12; // bars; more get the whole width

std::string labelOf(const Database& database) {
  for (const std::string* text : {&database.label, &database.address, &database.name})
    if (!text->empty())
      return *text;
  return {};
}

// Ghosts are left out: their bar stands on the side that used them.
template <class BarOf>
BarChart chartOf(const Sides& sides, std::string title, BarOf barOf) {
  BarChart chart{std::move(title), {}, {}};
  for (const auto& [name, snapshot] : sides) {
    BarGroup group{name, {}};
    for (const Database& database : snapshot->databases)
      if (!database.ghost)
        group.bars.push_back(barOf(database));
    if (!group.bars.empty())
      chart.groups.push_back(std::move(group));
  }
  return chart;
}

BarChart usersOf(const Sides& sides) {
  std::set<std::string> relations;
  BarChart chart = chartOf(sides, "Users per database", [&](const Database& database) {
    Bar bar{database.id, labelOf(database), std::nullopt, topology::usersText(database.users)};
    if (database.users) {
      relations.insert(database.users->relation);
      bar.count = database.users->count.value;
      if (bar.count && database.users->kind == topology::CountKind::visibleOnly)
        bar.text += " visible"; // to the role that counted: there may be more
    }
    return bar;
  });
  if (relations.size() == 1)
    chart.subtitle = *relations.begin();
  return chart;
}

BarChart tablesOf(const Sides& sides) {
  return chartOf(sides, "Tables per database", [](const Database& database) {
    Bar bar{database.id, labelOf(database), std::nullopt, "?"};
    if (database.tables) {
      bar.count = static_cast<std::int64_t>(database.tables->size());
      bar.text = topology::withCommas(*bar.count);
    }
    return bar;
  });
}

std::size_t barsIn(const BarChart& chart) {
  std::size_t count = 0;
  for (const BarGroup& group : chart.groups)
    count += group.bars.size();
  return count;
}

Drawing drawingOf(const Sides& sides, double width) {
  const BarChart users = usersOf(sides);
  const BarChart tables = tablesOf(sides);
  Drawing drawing;
  drawing.width = std::max(width, leastHalf + 2 * margin);
  drawing.title = "Users and tables of each database";
  drawing.description = spokenBars(users) + " " + spokenBars(tables);
  const double half = (drawing.width - 2 * margin - between) / 2;
  const bool beside = half >= leastHalf && barsIn(users) <= mostBesideEachOther;
  const double each = beside ? half : drawing.width - 2 * margin;
  const double first = barsHeight(users, each);
  const double second = barsHeight(tables, each);
  drawing.height = beside ? std::max(first, second) + 8 : first + second + 24;
  drawing.shapes.push_back({Block{.rect = {0, 0, drawing.width, drawing.height}, .fill = {Tone::paper}}, {}});
  addBars(drawing.shapes, users, {margin, 4}, each);
  addBars(drawing.shapes, tables,
          beside ? layout::Point{margin + half + between, 4} : layout::Point{margin, 4 + first + 16}, each);
  return drawing;
}

} // namespace

Drawing usersDrawing(const Snapshot& snapshot, double width) {
  return drawingOf({{snapshot.side == topology::Side::before ? "Before" : "Now", &snapshot}}, width);
}

Drawing usersDrawing(const topology::Comparison& comparison, double width) {
  return drawingOf({{"Before", &comparison.before}, {"After", &comparison.after}}, width);
}

} // namespace whichbase::picture
