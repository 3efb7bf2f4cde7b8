#include "topology/utc_time.h"

#include <fmt/format.h>

#include <array>

namespace whichbase::topology {

namespace {

using namespace std::chrono;

constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Parts {
  year_month_day day;
  hh_mm_ss<microseconds> clock;
};

Parts partsOf(UtcTime time) {
  const auto midnight = floor<days>(time);
  return {year_month_day(midnight), hh_mm_ss<microseconds>(time - midnight)};
}

std::string dayAndMonth(const year_month_day& day) {
  return fmt::format("{} {}", static_cast<unsigned>(day.day()), months[static_cast<unsigned>(day.month()) - 1]);
}

// Reads exactly `digits` digits at `at` and moves behind them.
std::optional<int> number(std::string_view text, std::size_t& at, std::size_t digits) {
  if (at + digits > text.size())
    return std::nullopt;
  int value = 0;
  for (std::size_t end = at + digits; at < end; ++at) {
    if (text[at] < '0' || text[at] > '9')
      return std::nullopt;
    value = value * 10 + (text[at] - '0');
  }
  return value;
}

bool skip(std::string_view text, std::size_t& at, std::string_view oneOf) {
  if (at >= text.size() || oneOf.find(text[at]) == std::string_view::npos)
    return false;
  ++at;
  return true;
}

// ".123456", any number of digits; those behind the sixth are dropped. Nothing there is 0.
std::optional<microseconds> fraction(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != '.')
    return microseconds{0};
  const std::size_t first = ++at;
  std::int64_t value = 0;
  std::size_t used = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    if (used < 6) {
      value = value * 10 + (text[at] - '0');
      ++used;
    }
  }
  if (at == first)
    return std::nullopt;
  for (; used < 6; ++used)
    value *= 10;
  return microseconds{value};
}

// "Z", "+00", "+05:30", "-0330"; how far the written clock is ahead of UTC.
std::optional<minutes> offset(std::string_view text, std::size_t& at) {
  if (at < text.size() && text[at] == 'Z') {
    ++at;
    return minutes{0};
  }
  const bool negative = at < text.size() && text[at] == '-';
  if (!skip(text, at, "+-"))
    return std::nullopt;
  const auto hour = number(text, at, 2);
  if (!hour)
    return std::nullopt;
  int minute = 0;
  if (at < text.size()) {
    skip(text, at, ":");
    const auto read = number(text, at, 2);
    if (!read)
      return std::nullopt;
    minute = *read;
  }
  const minutes total = hours{*hour} + minutes{minute};
  return negative ? -total : total;
}

} // namespace

UtcTime now() {
  return floor<microseconds>(system_clock::now());
}

std::string toIso8601(UtcTime time) {
  const Parts parts = partsOf(time);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(parts.day.year()),
                     static_cast<unsigned>(parts.day.month()), static_cast<unsigned>(parts.day.day()),
                     parts.clock.hours().count(), parts.clock.minutes().count(), parts.clock.seconds().count(),
                     duration_cast<milliseconds>(parts.clock.subseconds()).count());
}

std::optional<UtcTime> fromIso8601(std::string_view text) {
  std::size_t at = 0;
  const auto y = number(text, at, 4);
  const auto month = skip(text, at, "-") ? number(text, at, 2) : std::nullopt;
  const auto d = skip(text, at, "-") ? number(text, at, 2) : std::nullopt;
  const auto hour = skip(text, at, "T ") ? number(text, at, 2) : std::nullopt;
  const auto minute = skip(text, at, ":") ? number(text, at, 2) : std::nullopt;
  const auto second = skip(text, at, ":") ? number(text, at, 2) : std::nullopt;
  if (!y || !month || !d || !hour || !minute || !second)
    return std::nullopt;
  const auto rest = fraction(text, at);
  const auto ahead = rest ? offset(text, at) : std::nullopt;
  if (!ahead || at != text.size())
    return std::nullopt;
  const year_month_day day{year{*y}, std::chrono::month{static_cast<unsigned>(*month)},
                           std::chrono::day{static_cast<unsigned>(*d)}};
  if (!day.ok() || *hour > 23 || *minute > 59 || *second > 60)
    return std::nullopt;
  return UtcTime(sys_days(day)) + hours{*hour} + minutes{*minute} + seconds{*second} + *rest - *ahead;
}

std::string toClockAndDay(UtcTime time) {
  const Parts parts = partsOf(time);
  return fmt::format("{:02}:{:02}:{:02} UTC, {}", parts.clock.hours().count(), parts.clock.minutes().count(),
                     parts.clock.seconds().count(), dayAndMonth(parts.day));
}

std::string toShortClock(UtcTime time, UtcTime reference) {
  const Parts parts = partsOf(time);
  const std::string clock = fmt::format("{:02}:{:02} UTC", parts.clock.hours().count(), parts.clock.minutes().count());
  return floor<days>(time) == floor<days>(reference) ? clock : fmt::format("{}, {}", clock, toDay(time, reference));
}

std::string toDay(UtcTime time, UtcTime reference) {
  const Parts parts = partsOf(time);
  if (parts.day.year() == partsOf(reference).day.year())
    return dayAndMonth(parts.day);
  return fmt::format("{} {}", dayAndMonth(parts.day), static_cast<int>(parts.day.year()));
}

std::string toDuration(microseconds duration) {
  const auto text = [](std::int64_t count, const char* unit) {
    return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
  };
  duration = abs(duration);
  if (duration >= days{1})
    return text(floor<days>(duration).count(), "day");
  if (duration >= hours{1})
    return text(floor<hours>(duration).count(), "hour");
  if (duration >= minutes{1})
    return text(floor<minutes>(duration).count(), "minute");
  return text(floor<seconds>(duration).count(), "second");
}

} // namespace whichbase::topology
