// A history's users over time as what is drawn: one line a database, thinned to the pixels of an axis, broken where the
// number is unknown and where nobody watched.
#pragma once

#include "picture/time_scale.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::picture {

struct PlotPoint {
  double x = 0; // pixels on the axis
  double users = 0;
  bool operator==(const PlotPoint&) const = default;
};

// A part of a line without a break.
struct Run {
  bool estimate = false; // or only what the role may see: drawn dashed
  std::vector<PlotPoint> points;
};

// Where a line stands that nobody reaches any more.
struct LineEnd {
  PlotPoint at;
  std::string text; // "A not reached since 14:20", "A gone since 14:20"
};

struct Line {
  std::string database;
  std::vector<Run> runs;
  std::optional<LineEnd> end;
  std::optional<double> last; // users at the right end, where they are known there
};

struct HistorySeries {
  std::vector<Line> lines; // in the order of their letters
  std::int64_t greatest = 0;
};

// The points of each database, in the order of time: made once of an overview, looked into for every zoom and moment.
struct DatabasePoints {
  std::string database;
  std::vector<history::Point> points;
  std::optional<topology::UtcTime> unreached; // since then until the end
  bool gone = false;                          // and its instance says that it does not exist
};
std::vector<DatabasePoints> pointsByDatabase(const history::Overview& overview);

HistorySeries seriesOf(const std::vector<DatabasePoints>& databases, const TimeScale& scale);

// What was known of it at that time; null: nothing yet.
const history::Point* pointAt(const DatabasePoints& database, topology::UtcTime time);

// "A Local container: 18 to 22 users, not reached since 14:20 UTC. B …" for screen readers.
std::string describe(const std::vector<DatabasePoints>& databases, const std::map<std::string, std::string>& labels,
                     const TimeRange& range);

} // namespace whichbase::picture
