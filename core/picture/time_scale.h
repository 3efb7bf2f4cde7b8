// Where a time stands on the history's axis: times that somebody watched have one scale, and long times between them,
// when nobody did, are pressed together.
#pragma once

#include "history/history.h"

#include <chrono>
#include <string>
#include <vector>

namespace whichbase::picture {

struct TimeRange {
  topology::UtcTime from{};
  topology::UtcTime until{};
  bool operator==(const TimeRange&) const = default;
};

// A part of the axis in which time runs evenly.
struct Stretch {
  TimeRange time;
  double left = 0; // pixels
  double right = 0;
  bool watched = true;
  bool compressed = false; // narrower than its time would be
};

struct TimeTick {
  topology::UtcTime at{};
  double x = 0;
  std::string text; // "14:00", "14:00:30", "3 Dec", in UTC
};

class TimeScale {
public:
  TimeScale() = default;
  // `width` in pixels. What lies in `range` outside the spans was not watched.
  TimeScale(const std::vector<history::Span>& spans, const TimeRange& range, double width);

  const TimeRange& range() const { return m_range; }
  double width() const { return m_width; }
  const std::vector<Stretch>& stretches() const { return m_stretches; } // from left to right
  double secondPixels() const { return m_secondPixels; }                // where it was watched

  // Outside the range they go on at the scale of what is watched.
  double xOf(topology::UtcTime time) const;
  topology::UtcTime timeAt(double x) const;

  // At round times, at least `apart` pixels from each other; the first and the first of a day name the day where the
  // range covers several.
  std::vector<TimeTick> ticks(double apart) const;

private:
  TimeRange m_range;
  double m_width = 0;
  double m_secondPixels = 0;
  std::vector<Stretch> m_stretches;
};

// From the first to the last of what the history knows.
TimeRange wholeRange(const history::Overview& overview);

} // namespace whichbase::picture
