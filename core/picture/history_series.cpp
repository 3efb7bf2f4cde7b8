#include "picture/history_series.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace whichbase::picture {

namespace {

using history::EventKind;
using history::Point;
using topology::UtcTime;

constexpr std::size_t shortestSolid = 8; // columns: dashes shorter than that could not be told from a line

// What is drawn of one column of pixels.
struct Column {
  bool known = false;
  bool estimate = false;
  double first = 0, least = 0, greatest = 0, last = 0;
  double knownPixels = 0;
};

void put(Column& column, double users, bool estimate, double pixels) {
  if (!column.known)
    column = {true, estimate, users, users, users, users, 0};
  column.estimate = column.estimate || estimate;
  column.least = std::min(column.least, users);
  column.greatest = std::max(column.greatest, users);
  column.last = users;
  column.knownPixels += pixels;
}

// One point's part of the axis, inside one stretch that was watched.
void putPiece(std::vector<Column>& columns, const Point& point, double left, double right) {
  const double end = static_cast<double>(columns.size());
  left = std::clamp(left, 0.0, end);
  right = std::clamp(right, 0.0, end);
  if (right <= left || !point.users)
    return;
  const auto first = static_cast<std::size_t>(std::min(left, end - 1));
  const auto last = static_cast<std::size_t>(std::clamp(std::ceil(right) - 1, 0.0, end - 1));
  for (std::size_t column = first; column <= last; ++column) {
    const double from = std::max(left, static_cast<double>(column));
    const double to = std::min(right, static_cast<double>(column) + 1);
    put(columns[column], static_cast<double>(*point.users), point.kind != topology::CountKind::exact, to - from);
  }
}

std::vector<Column> columnsOf(const DatabasePoints& database, const TimeScale& scale) {
  std::vector<Column> columns(static_cast<std::size_t>(std::ceil(scale.width())));
  const auto& points = database.points;
  for (const auto& stretch : scale.stretches()) {
    if (!stretch.watched)
      continue;
    auto point = std::ranges::upper_bound(points, stretch.time.from, {}, &Point::at);
    if (point != points.begin())
      --point;
    for (; point != points.end() && point->at < stretch.time.until; ++point) {
      const auto next = std::next(point);
      const double left = point->at <= stretch.time.from ? stretch.left : scale.xOf(point->at);
      const double right = next == points.end() || next->at >= stretch.time.until ? stretch.right : scale.xOf(next->at);
      putPiece(columns, *point, left, right);
    }
  }
  return columns;
}

// Exact stretches between two estimates that are too short to be seen as such become part of the dashes.
void smoothDashes(std::vector<Column>& columns) {
  std::size_t solid = 0;
  bool afterDash = false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!columns[i].known) {
      afterDash = false;
      solid = 0;
    } else if (!columns[i].estimate) {
      ++solid;
    } else {
      if (afterDash && solid < shortestSolid)
        for (std::size_t j = i - solid; j < i; ++j)
          columns[j].estimate = true;
      afterDash = true;
      solid = 0;
    }
  }
}

void append(std::vector<PlotPoint>& points, double x, double users) {
  // On from the middle of a level line there is no need for a point.
  if (points.size() >= 2 && points.back().users == users && points[points.size() - 2].users == users) {
    points.back().x = x;
    return;
  }
  if (points.empty() || points.back() != PlotPoint{x, users})
    points.push_back({x, users});
}

std::vector<Run> runsOf(const std::vector<Column>& columns) {
  std::vector<Run> runs;
  const Column* previous = nullptr;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& column = columns[i];
    if (!column.known) {
      previous = nullptr;
      continue;
    }
    const auto x = static_cast<double>(i);
    if (!previous || previous->estimate != column.estimate) {
      runs.push_back({column.estimate, {}});
      if (previous) // no hole where a line only changes its stroke
        append(runs.back().points, x, previous->last);
    }
    auto& points = runs.back().points;
    append(points, x, column.first);
    if (column.least != column.first)
      append(points, x, column.least);
    if (column.greatest != points.back().users)
      append(points, x, column.greatest);
    if (column.last != points.back().users)
      append(points, x, column.last);
    append(points, x + 1, column.last);
    previous = &column;
  }
  return runs;
}

std::string clock(UtcTime time, UtcTime reference) {
  std::string text = topology::toShortClock(time, reference);
  if (const auto utc = text.find(" UTC"); utc != std::string::npos) // the axis says it already
    text.erase(utc, 4);
  return text;
}

// "A", "?" for what has no letter.
std::string letter(const std::string& database) {
  return database.empty() || database.front() == '?' ? "?" : database;
}

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string named(const std::string& database, const std::map<std::string, std::string>& labels) {
  const auto label = labels.find(database);
  return label == labels.end() || label->second.empty() ? letter(database) : letter(database) + " " + label->second;
}

} // namespace

std::vector<DatabasePoints> pointsByDatabase(const history::Overview& overview) {
  std::map<std::string, DatabasePoints> byId;
  for (const auto& point : overview.points)
    byId[point.database].points.push_back(point);
  for (const auto& event : overview.events) {
    const bool away = event.kind == EventKind::databaseUnreached || event.kind == EventKind::databaseGone;
    if (!away && event.kind != EventKind::databaseAppeared)
      continue;
    for (const auto& subject : event.subjects)
      if (const auto found = byId.find(subject); found != byId.end()) {
        found->second.unreached = away ? std::optional(event.at) : std::nullopt;
        found->second.gone = event.kind == EventKind::databaseGone;
      }
  }
  std::vector<DatabasePoints> databases;
  for (auto& [id, database] : byId) {
    database.database = id;
    const bool known = database.points.back().users.has_value();
    if (known && database.unreached && database.points.back().at > *database.unreached)
      database.unreached.reset(); // reached again, whatever was told
    databases.push_back(std::move(database));
  }
  std::ranges::sort(databases, {}, [](const DatabasePoints& one) { // A … Z, AA, then those without a letter
    return std::tuple(one.database.starts_with('?'), one.database.size(), one.database);
  });
  return databases;
}

HistorySeries seriesOf(const std::vector<DatabasePoints>& databases, const TimeScale& scale) {
  HistorySeries series;
  for (const auto& database : databases) {
    Line line{database.database, {}, {}, {}};
    auto columns = columnsOf(database, scale);
    if (database.unreached) { // from then on nothing is known, though no point says so
      const double from =
          std::clamp(std::ceil(scale.xOf(*database.unreached)), 0.0, static_cast<double>(columns.size()));
      std::fill(columns.begin() + static_cast<std::ptrdiff_t>(from), columns.end(), Column{});
    }
    smoothDashes(columns);
    for (const auto& column : columns)
      if (column.known)
        series.greatest = std::max(series.greatest, static_cast<std::int64_t>(column.greatest));
    line.runs = runsOf(columns);
    if (!columns.empty() && columns.back().known)
      line.last = columns.back().last;
    if (!line.runs.empty() && database.unreached && *database.unreached <= scale.range().until)
      line.end = LineEnd{line.runs.back().points.back(), fmt::format("{} {} {}", letter(database.database),
                                                                     database.gone ? "gone since" : "not reached since",
                                                                     clock(*database.unreached, scale.range().until))};
    series.lines.push_back(std::move(line));
  }
  return series;
}

const Point* pointAt(const DatabasePoints& database, UtcTime time) {
  const auto after = std::ranges::upper_bound(database.points, time, {}, &Point::at);
  return after == database.points.begin() ? nullptr : &*std::prev(after);
}

std::string describe(const std::vector<DatabasePoints>& databases, const std::map<std::string, std::string>& labels,
                     const TimeRange& range) {
  std::string text =
      fmt::format("From {} to {}.", topology::toClockAndDay(range.from), topology::toClockAndDay(range.until));
  for (const auto& database : databases) {
    std::optional<std::int64_t> least, greatest;
    for (const auto& point : database.points)
      if (point.users) {
        least = std::min(least.value_or(*point.users), *point.users);
        greatest = std::max(greatest.value_or(*point.users), *point.users);
      }
    text += " " + named(database.database, labels) + ": ";
    if (!least)
      text += "users unknown";
    else if (*least == *greatest)
      text += fmt::format("{} users", grouped(*least));
    else
      text += fmt::format("{} to {} users", grouped(*least), grouped(*greatest));
    if (database.unreached)
      text += fmt::format(", {} {}", database.gone ? "gone since" : "not reached since",
                          topology::toShortClock(*database.unreached, range.until));
    text += ".";
  }
  return text;
}

} // namespace whichbase::picture
