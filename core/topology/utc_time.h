// Points in time as Whichbase stores and shows them: UTC, in microseconds, because that is PostgreSQL's resolution.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace whichbase::topology {

using UtcTime = std::chrono::sys_time<std::chrono::microseconds>;

UtcTime now();

// "2026-01-01T00:00:00.000Z", milliseconds always with three digits.
std::string toIso8601(UtcTime time);

// Reads what toIso8601 writes, and PostgreSQL's "2026-01-01 00:00:00.123456+00". Empty when it is neither.
std::optional<UtcTime> fromIso8601(std::string_view text);

// "14:02:11 UTC, 3 Dec", for headlines.
std::string toClockAndDay(UtcTime time);

// "14:02 UTC" on the day of `reference`, "14:02 UTC, 3 Dec" on another day of its year, with the year otherwise.
std::string toShortClock(UtcTime time, UtcTime reference);

// "3 Dec" in the year of `reference`, "3 Dec 2024" otherwise.
std::string toDay(UtcTime time, UtcTime reference);

// "71 days", "19 days", "6 hours", "3 minutes", "2 seconds": the largest unit that fits, rounded down.
std::string toDuration(std::chrono::microseconds duration);

} // namespace whichbase::topology
