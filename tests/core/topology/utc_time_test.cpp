#include "topology/utc_time.h"

#include <gtest/gtest.h>

namespace whichbase::topology {
namespace {

UtcTime read(const char* text) {
  return fromIso8601(text).value_or(UtcTime{});
}

TEST(UtcTime, WritesMillisecondsWithThreeDigits) {
  EXPECT_EQ(toIso8601(read("2026-01-01T00:00:00.000Z")), "2026-01-01T00:00:00.000Z");
  EXPECT_EQ(toIso8601(read("2026-01-01T23:59:59.007Z")), "2026-01-01T23:59:59.007Z");
}

TEST(UtcTime, ReadsWhatPostgresWrites) {
  EXPECT_EQ(read("2026-01-01 00:00:00.123456+00") - read("2026-01-01T00:00:00Z"), std::chrono::microseconds(123456));
  EXPECT_EQ(read("2026-01-01 02:30:00+02:30"), read("2026-01-01T00:00:00Z"));
  EXPECT_EQ(read("2025-12-31 19:00:00-05"), read("2026-01-01T00:00:00Z"));
}

TEST(UtcTime, RefusesWhatIsNeither) {
  for (const char* text :
       {"", "yesterday", "2026-01-01", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00",
        "2026-01-01T00:00:00Zx", "2026-01-01T24:00:00Z", "infinity", "2026-01-01T00:00:00.Z"})
    EXPECT_FALSE(fromIso8601(text)) << text;
}

TEST(UtcTime, ShowsClockAndDayForPeople) {
  const UtcTime time = read("2025-12-03T14:02:11Z");
  EXPECT_EQ(toClockAndDay(time), "14:02:11 UTC, 3 Dec");
  EXPECT_EQ(toShortClock(time, read("2025-12-03T23:00:00Z")), "14:02 UTC");
  EXPECT_EQ(toShortClock(time, read("2025-12-04T00:00:00Z")), "14:02 UTC, 3 Dec");
  EXPECT_EQ(toShortClock(time, read("2026-01-04T00:00:00Z")), "14:02 UTC, 3 Dec 2025");
}

TEST(UtcTime, SaysTheLargestUnitThatFits) {
  using namespace std::chrono_literals;
  EXPECT_EQ(toDuration(71 * 24h + 5h), "71 days");
  EXPECT_EQ(toDuration(24h), "1 day");
  EXPECT_EQ(toDuration(23h + 59min), "23 hours");
  EXPECT_EQ(toDuration(3min), "3 minutes");
  EXPECT_EQ(toDuration(2s), "2 seconds");
  EXPECT_EQ(toDuration(-2s), "2 seconds");
}

} // namespace
} // namespace whichbase::topology
