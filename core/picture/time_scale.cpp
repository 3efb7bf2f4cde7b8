#include "picture/time_scale.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace whichbase::picture {

namespace {

using topology::UtcTime;
using Seconds = std::chrono::duration<double>;

constexpr double widestGap = 34;       // of times that nobody watched, in pixels
constexpr double mostGaps = 0.3;       // of the width, all of them together
constexpr double narrowestSeconds = 1; // a range has some length
// A watch that went on so soon after another was only begun anew: nothing longer than a pause between two ticks.
constexpr std::chrono::seconds shortestBreak{15};

double secondsOf(const TimeRange& range) {
  return std::chrono::duration_cast<Seconds>(range.until - range.from).count();
}

std::chrono::microseconds fromSeconds(double seconds) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Seconds(seconds));
}

// What was watched of the range and what was not, in turn.
std::vector<Stretch> stretchesOf(const std::vector<history::Span>& spans, const TimeRange& range) {
  std::vector<Stretch> stretches;
  UtcTime reached = range.from;
  const auto add = [&](UtcTime until, bool watched) {
    if (until <= reached)
      return;
    if (!stretches.empty() && stretches.back().watched == watched)
      stretches.back().time.until = until;
    else
      stretches.push_back({{reached, until}, 0, 0, watched, false});
    reached = until;
  };
  const auto goesOnUntil = [&](UtcTime next) {
    return !stretches.empty() && stretches.back().watched && next - reached <= shortestBreak;
  };
  for (const auto& span : spans) {
    add(std::min(span.from, range.until), goesOnUntil(span.from));
    add(std::min(span.until, range.until), true);
  }
  add(range.until, goesOnUntil(range.until));
  return stretches;
}

// Pixels of a second where it was watched, when the gaps that would be wider than `gap` get that width.
double pixelsPerSecond(std::vector<Stretch>& stretches, double width, double gap) {
  double even = 0; // seconds that are drawn to scale
  for (const auto& stretch : stretches)
    even += secondsOf(stretch.time);
  double room = width;
  double scale = even > 0 ? room / even : 0;
  for (bool again = true; again;) {
    again = false;
    for (auto& stretch : stretches) {
      const double seconds = secondsOf(stretch.time);
      if (stretch.watched || stretch.compressed || seconds * scale <= gap || even - seconds <= 0)
        continue;
      stretch.compressed = again = true;
      even -= seconds;
      room -= gap;
      scale = room / even;
    }
  }
  return scale;
}

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
constexpr std::array<seconds, 20> steps = {seconds(1),  seconds(2), seconds(5), seconds(10), seconds(30),
                                           minutes(1),  minutes(2), minutes(5), minutes(10), minutes(15),
                                           minutes(30), hours(1),   hours(2),   hours(3),    hours(6),
                                           hours(12),   days(1),    days(2),    days(7),     days(28)};

std::string tickText(UtcTime at, seconds step, bool withDay) {
  const auto day = std::chrono::floor<days>(at);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<seconds>(at - day));
  const std::string date = topology::toDay(at, at);
  if (step >= days(1))
    return date;
  std::string text = fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
  if (step < minutes(1))
    text += fmt::format(":{:02}", clock.seconds().count());
  return withDay ? date + ", " + text : text;
}

} // namespace

TimeScale::TimeScale(const std::vector<history::Span>& spans, const TimeRange& range, double width)
    : m_range(range), m_width(std::max(1.0, width)) {
  m_range.until = std::max(m_range.until, m_range.from + fromSeconds(narrowestSeconds));
  m_stretches = stretchesOf(spans, m_range);
  const auto gaps = std::ranges::count_if(m_stretches, [](const Stretch& stretch) { return !stretch.watched; });
  const double gap = std::min(widestGap, m_width * mostGaps / std::max(1.0, static_cast<double>(gaps)));
  m_secondPixels = pixelsPerSecond(m_stretches, m_width, gap);
  double x = 0;
  for (auto& stretch : m_stretches) {
    stretch.left = x;
    x += stretch.compressed ? gap : secondsOf(stretch.time) * m_secondPixels;
    stretch.right = x;
  }
}

double TimeScale::xOf(UtcTime time) const {
  if (m_stretches.empty())
    return 0;
  if (time < m_range.from)
    return secondsOf({m_range.from, time}) * m_secondPixels;
  if (time > m_range.until)
    return m_width + secondsOf({m_range.until, time}) * m_secondPixels;
  auto found =
      std::ranges::upper_bound(m_stretches, time, {}, [](const Stretch& stretch) { return stretch.time.from; });
  const auto& stretch = *std::prev(found);
  return stretch.left + secondsOf({stretch.time.from, time}) / secondsOf(stretch.time) * (stretch.right - stretch.left);
}

UtcTime TimeScale::timeAt(double x) const {
  if (m_stretches.empty() || m_secondPixels <= 0)
    return m_range.from;
  if (x <= 0)
    return m_range.from + fromSeconds(x / m_secondPixels);
  if (x >= m_width)
    return m_range.until + fromSeconds((x - m_width) / m_secondPixels);
  auto found = std::ranges::upper_bound(m_stretches, x, {}, &Stretch::left);
  const auto& stretch = *std::prev(found);
  const double wide = stretch.right - stretch.left;
  return stretch.time.from + fromSeconds(wide > 0 ? (x - stretch.left) / wide * secondsOf(stretch.time) : 0);
}

std::vector<TimeTick> TimeScale::ticks(double apart) const {
  std::vector<TimeTick> ticks;
  if (m_secondPixels <= 0)
    return ticks;
  const auto fits = [&](seconds step) { return static_cast<double>(step.count()) * m_secondPixels >= apart; };
  const auto found = std::ranges::find_if(steps, fits);
  const seconds step = found == steps.end() ? steps.back() : *found;
  const bool severalDays = std::chrono::floor<days>(m_range.from) != std::chrono::floor<days>(m_range.until);
  std::optional<std::chrono::sys_days> day;
  double next = 0;
  for (const auto& stretch : m_stretches) {
    if (stretch.compressed)
      continue;
    const auto first = std::chrono::ceil<seconds>(stretch.time.from);
    const auto past = first.time_since_epoch() % step;
    for (auto at = past.count() == 0 ? first : first + (step - past); at <= stretch.time.until; at += step) {
      const double x = xOf(at);
      const bool newDay = severalDays && day != std::chrono::floor<days>(at);
      if (x < next)
        continue;
      ticks.push_back({at, x, tickText(at, step, newDay)});
      day = std::chrono::floor<days>(at);
      next = x + apart;
    }
  }
  return ticks;
}

TimeRange wholeRange(const history::Overview& overview) {
  std::optional<TimeRange> range;
  const auto cover = [&](UtcTime from, UtcTime until) {
    if (!range)
      range = TimeRange{from, until};
    range = TimeRange{std::min(range->from, from), std::max(range->until, until)};
  };
  for (const auto& span : overview.spans)
    cover(span.from, span.until);
  if (!overview.events.empty())
    cover(overview.events.front().at, overview.events.back().at);
  if (!overview.points.empty())
    cover(overview.points.front().at, overview.points.back().at);
  return range.value_or(TimeRange{});
}

} // namespace whichbase::picture
