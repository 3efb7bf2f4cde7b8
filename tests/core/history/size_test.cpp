// How large a file becomes, and what is let go of.
#include "histories.h"

#include <algorithm>

namespace whichbase::history {
namespace {

using namespace topology;
namespace fs = std::filesystem;

class Size : public testing::Test {
protected:
  test::TemporaryFolder m_folder;
  fs::path m_file = m_folder.path() / "tovplay.whichbase";
};

// A day at this rate stays below 20 MB; it grows with the ticks.
TEST_F(Size, TwoHoursOfThreeServersEveryFiveSecondsStayBelowATwelfthOfTwentyMegabytes) {
  constexpr int ticks = 17'280 / 12;
  {
    const auto history = recording(m_file);
    for (int tick = 0; tick < ticks; ++tick)
      record(*history, Side::after, withUsers(second(5 * tick), 1000 + tick));
  }
  EXPECT_LT(fs::file_size(m_file), 20'000'000U / 12);
  EXPECT_EQ(overviewOf(*reading(m_file)).recordedChanges, ticks);
}

TEST_F(Size, WhatIsTooOldGoesAndMomentsEventsAndNotesStay) {
  Retention retention;
  retention.age = std::chrono::hours(1);
  std::int64_t before = 0;
  {
    const auto history = recording(m_file, {});
    for (int tick = 0; tick < 2'000; ++tick)
      record(*history, Side::after, withUsers(second(5 * tick), tick));
    Event note;
    note.at = second(50);
    note.text = "restarted staging";
    ASSERT_TRUE(history->add(note));
    ASSERT_TRUE(history->keepMoment(second(1002), "kept as Before"));
    before = overviewOf(*history).recordedChanges;
  }
  const auto size = fs::file_size(m_file);
  {
    const auto history = recording(m_file, retention);
    record(*history, Side::after, withUsers(second(10'000), 5));
  }
  const auto history = reading(m_file);
  const Overview overview = overviewOf(*history);
  EXPECT_LT(overview.recordedChanges, before / 2);
  EXPECT_LT(fs::file_size(m_file), size);
  EXPECT_EQ(overview.moments.size(), 2U);
  EXPECT_EQ(usersIn(stateAt(*history, second(0))), 0);
  EXPECT_EQ(usersIn(stateAt(*history, second(1002))), 200);
  EXPECT_EQ(usersIn(stateAt(*history, second(9'000))), 1800);
  EXPECT_EQ(usersIn(stateAt(*history, second(10'000))), 5);
  EXPECT_TRUE(std::ranges::any_of(overview.events, [](const Event& event) { return event.kind == EventKind::note; }));
  EXPECT_GT(overview.events.size(), 1'999U);
}

TEST_F(Size, TheFileStaysBelowItsLimit) {
  Retention retention;
  retention.bytes = 1'000'000;
  const auto history = recording(m_file, retention);
  for (int tick = 0; tick < 3'000; ++tick) // each another topology: nothing small to store
    record(*history, Side::after, tick % 2 == 0 ? brokenAt(second(5 * tick)) : withUsers(second(5 * tick), tick));
  record(*history, Side::after, fixedAt(second(20'000)));
  EXPECT_LT(overviewOf(*history).recordedChanges, 3'000);
  EXPECT_LT(fs::file_size(m_file), 2'000'000U); // events stay, and 500 records may pass before it is looked at again
  EXPECT_EQ(stateAt(*history, second(20'000)).after->verdict.kind, VerdictKind::singleSource);
}

} // namespace
} // namespace whichbase::history
