// The budget of exact counts, walked through with a clock of its own.
#include "live/pulse.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whichbase::live {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::steady_clock::time_point;
using std::chrono::microseconds;

struct Day {
  microseconds counting{0};
  int counts = 0;
};

// A day of pulses every 5 s, in which each count takes `duration` or runs into its limit.
Day dayOf(double share, microseconds duration, bool timesOut) {
  CountBudget budget(share);
  Day day;
  Time now{};
  const Time end = now + 24h;
  while (now < end) {
    auto next = now + 5s;
    if (budget.isDue(now)) {
      budget.took(now + duration, duration, timesOut);
      day.counting += duration;
      ++day.counts;
      next = std::max(next, Time(now + duration));
    }
    now = next;
  }
  return day;
}

TEST(CountBudget, CountsAtOnceAtFirst) {
  EXPECT_TRUE(CountBudget().isDue(Time{}));
}

TEST(CountBudget, PausesForAHundredTimesWhatACountTook) {
  CountBudget budget(0.01);
  budget.took(Time{}, 50ms, false);
  EXPECT_FALSE(budget.isDue(Time{} + 5s - 1us));
  EXPECT_TRUE(budget.isDue(Time{} + 5s));
}

TEST(CountBudget, TakesAtMostItsShareOfADay) {
  for (const microseconds duration :
       {microseconds(100us), microseconds(10ms), microseconds(300ms), microseconds(999ms)})
    for (const bool timesOut : {false, true}) {
      const Day day = dayOf(0.01, duration, timesOut);
      // The first one comes before anything is known.
      EXPECT_LE(day.counting, microseconds(24h) / 100 + duration) << duration.count();
      EXPECT_GT(day.counts, 0);
    }
}

TEST(CountBudget, CountsAtEachPulseWhereThatIsCheap) {
  EXPECT_EQ(dayOf(0.01, 1ms, false).counts, 24 * 3600 / 5);
}

TEST(CountBudget, TriesAgainLessAndLessOftenWhatRanIntoItsLimit) {
  CountBudget budget(0.01);
  Time now{};
  microseconds pause = 100s;
  for (int attempt = 0; attempt < 12; ++attempt) {
    budget.took(now, 1s, true);
    EXPECT_FALSE(budget.isDue(now + pause - 1us)) << attempt;
    EXPECT_TRUE(budget.isDue(now + pause)) << attempt;
    now += pause;
    pause = std::min<microseconds>(2 * pause, 1h);
  }
  EXPECT_LE(dayOf(0.01, 1s, true).counts, 24 + 6);
  // One that came through sets the pause by what it took.
  budget.took(now, 100ms, false);
  EXPECT_TRUE(budget.isDue(now + 10s));
}

TEST(CountBudget, KeepsASmallShareEvenBeyondAnHour) {
  CountBudget budget(0.0001);
  budget.took(Time{}, 1s, true);
  EXPECT_FALSE(budget.isDue(Time{} + 2h));
  EXPECT_TRUE(budget.isDue(Time{} + 10'000s));
}

TEST(CountBudget, NeverCountsWithoutAShare) {
  CountBudget budget(0);
  EXPECT_FALSE(budget.isDue(Time{}));
  budget.took(Time{}, 1s, false);
  EXPECT_FALSE(budget.isDue(Time{} + 24h));
}

TEST(CountBudget, WithstandsTinySharesAndLongCounts) {
  CountBudget budget(1e-300);
  budget.took(Time{}, 1h, true);
  budget.took(Time{}, 1h, true);
  EXPECT_FALSE(budget.isDue(Time{} + 24h * 300));
}

} // namespace
} // namespace whichbase::live
