#include "histories.h"
#include "history/essence.h"
#include "report/json.h"
#include "support/sample_snapshots.h"

namespace whichbase::history {
namespace {

using namespace topology;

class Recording : public testing::Test {
protected:
  test::TemporaryFolder m_folder;
  std::filesystem::path m_file = m_folder.path() / "tovplay.whichbase";
};

TEST_F(Recording, AnIncidentIsPlayedBackAsItWasSeen) {
  {
    const auto history = recording(m_file);
    ASSERT_TRUE(history->begin(start()));
    Snapshot before = samples::incidentBefore();
    before.finishedAt = start() - std::chrono::hours(1); // recorded before anybody watched
    record(*history, Side::before, before);
    record(*history, Side::after, brokenAt(second(5)));
    record(*history, Side::after, fixedAt(second(10)));
  }
  const auto history = reading(m_file);
  const State broken = stateAt(*history, second(7));
  EXPECT_EQ(broken.at, second(5));
  ASSERT_TRUE(broken.before && broken.after);
  EXPECT_EQ(broken.after->verdict.kind, VerdictKind::split);
  EXPECT_EQ(essenceOf(*broken.after), essenceOf(brokenAt(second(5))));
  EXPECT_EQ(broken.after->finishedAt, second(5));
  const State fixed = stateAt(*history, second(3600));
  EXPECT_EQ(fixed.at, second(10));
  EXPECT_EQ(essenceOf(*fixed.after), essenceOf(fixedAt(second(10))));
  EXPECT_FALSE(*history->at(start() - std::chrono::seconds(1)));
}

TEST_F(Recording, SamplesSurviveTheFileWhole) {
  for (const Snapshot& sample : {samples::sixtyServers(), samples::replica(), samples::routes(),
                                 samples::allUnreachable(), samples::unknownIdentity(), samples::oneServer()}) {
    const auto file = m_folder.path() / "sample.whichbase";
    {
      const auto history = recording(file);
      record(*history, Side::after, sample);
    }
    const State state = stateAt(*reading(file), sample.finishedAt);
    Snapshot seen = *state.after, expected = sample;
    for (Snapshot* side : {&seen, &expected})
      for (Server& server : side->servers) {
        server.timingsMs.clear();
        if (server.failure)
          server.failure->loginCommand.clear();
      }
    expected.side = Side::after;
    EXPECT_EQ(report::toJson(seen), report::toJson(expected));
    std::filesystem::remove(file);
  }
}

TEST_F(Recording, WhatSaysNothingNewIsNotStoredButWatched) {
  const auto history = recording(m_file);
  for (int tick = 0; tick < 20; ++tick)
    record(*history, Side::after, brokenAt(second(5 * tick)));
  const Overview overview = overviewOf(*history);
  EXPECT_EQ(overview.recordedChanges, 1);
  ASSERT_EQ(overview.spans.size(), 1U);
  EXPECT_EQ(overview.spans[0].until, second(95));
  EXPECT_EQ(overview.points.size(), 2U); // one of each database
}

TEST_F(Recording, EveryChangeOfVerdictAndTheFirstSweepAreMoments) {
  const auto history = recording(m_file);
  Snapshot cut = brokenAt(second(0));
  cut.complete = false;
  record(*history, Side::after, cut);
  record(*history, Side::after, brokenAt(second(5)));
  record(*history, Side::after, withUsers(second(10), 30));
  record(*history, Side::after, fixedAt(second(15)));
  record(*history, Side::after, brokenAt(second(20)));
  const auto moments = overviewOf(*history).moments;
  ASSERT_EQ(moments.size(), 3U);
  EXPECT_EQ(moments[0].reason, "first complete sweep");
  EXPECT_EQ(moments[0].at, second(5));
  EXPECT_EQ(moments[1].reason, "verdict: split → single-source");
  EXPECT_EQ(moments[2].reason, "verdict: single-source → split");
}

TEST_F(Recording, UsersOverTimeAreOnePointAChange) {
  const auto history = recording(m_file);
  record(*history, Side::after, withUsers(second(0), 22));
  record(*history, Side::after, withUsers(second(5), 22));
  record(*history, Side::after, withUsers(second(10), 21));
  std::vector<std::pair<UtcTime, std::int64_t>> counts;
  for (const Point& point : overviewOf(*history).points)
    if (point.database == "A")
      counts.emplace_back(point.at, point.users.value_or(-1));
  EXPECT_EQ(counts, (std::vector<std::pair<UtcTime, std::int64_t>>{{second(0), 22}, {second(10), 21}}));
}

TEST_F(Recording, ADatabaseThatNobodyReachesHasAnUnknownCountAndNotZero) {
  const auto history = recording(m_file);
  record(*history, Side::after, withUsers(second(0), 22));
  Snapshot without = withUsers(second(5), 22);
  std::erase_if(without.databases, [](const Database& database) { return database.id == "A"; });
  record(*history, Side::after, without);
  const auto points = overviewOf(*history).points;
  ASSERT_FALSE(points.empty());
  EXPECT_EQ(points.back().database, "A");
  EXPECT_FALSE(points.back().users);
}

TEST_F(Recording, APauseWithoutAnybodyIsToldAndShown) {
  {
    const auto history = recording(m_file);
    record(*history, Side::after, brokenAt(second(0)));
    record(*history, Side::after, brokenAt(second(5)));
  }
  const auto history = recording(m_file);
  record(*history, Side::after, brokenAt(second(1000)));
  record(*history, Side::after, brokenAt(second(1005)));
  // The computer slept.
  record(*history, Side::after, brokenAt(second(9000)));
  const Overview overview = overviewOf(*history);
  ASSERT_EQ(overview.spans.size(), 3U);
  EXPECT_EQ(overview.spans[0], (Span{second(0), second(5)}));
  EXPECT_EQ(overview.spans[1], (Span{second(1000), second(1005)}));
  EXPECT_EQ(overview.spans[2].from, second(9000));
  EXPECT_EQ(overview.recordedChanges, 1);
  ASSERT_EQ(overview.events.size(), 3U);
  EXPECT_EQ(overview.events[2].kind, EventKind::recordingStarted);
  EXPECT_EQ(overview.events[2].text, "Recording goes on. Nobody watched since 14:16 UTC.");
}

TEST_F(Recording, ASlowIntervalIsNoPause) {
  const auto history = recording(m_file);
  for (int tick = 0; tick < 5; ++tick)
    record(*history, Side::after, brokenAt(second(280 * tick)));
  EXPECT_EQ(overviewOf(*history).spans.size(), 1U);
}

TEST_F(Recording, NotesAreKeptWithoutTheirPasswords) {
  const auto history = recording(m_file);
  Event note;
  note.at = second(3);
  note.text = "restarted staging with postgresql://app:hunter2@db.example.org/app";
  ASSERT_TRUE(history->add(note));
  ASSERT_TRUE(history->setText("report.summary", "PGPASSWORD=hunter2 was the reason"));
  const auto events = overviewOf(*history).events;
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].text, "restarted staging with postgresql://app:***@db.example.org/app");
  EXPECT_EQ(bytesOf(m_file).find("hunter2"), std::string::npos);
  EXPECT_EQ(bytesOf(m_file.string() + "-wal").find("hunter2"), std::string::npos);
  EXPECT_EQ(*history->text("nothing"), "");
}

TEST_F(Recording, WhatHappenedIsTimedAndReturned) {
  const auto history = recording(m_file);
  record(*history, Side::after, brokenAt(second(0)));
  const auto events = history->record(Side::after, fixedAt(second(5)));
  ASSERT_TRUE(events);
  ASSERT_FALSE(events->empty());
  EXPECT_EQ(events->front().kind, EventKind::verdictChanged);
  EXPECT_EQ(events->front().at, second(5));
}

TEST_F(Recording, TheVersionChangesWithEveryWriteOfAnother) {
  const auto history = recording(m_file);
  record(*history, Side::after, brokenAt(second(0)));
  const auto reader = reading(m_file);
  const auto seen = reader->version();
  EXPECT_EQ(reader->version(), seen);
  record(*history, Side::after, fixedAt(second(5)));
  EXPECT_NE(reader->version(), seen);
  EXPECT_EQ(overviewOf(*reader).recordedChanges, 2);
}

TEST_F(Recording, OneFileIsLeft) {
  {
    const auto history = recording(m_file);
    record(*history, Side::after, brokenAt(second(0)));
    const auto reader = reading(m_file);
    EXPECT_EQ(overviewOf(*reader).recordedChanges, 1);
  }
  {
    EXPECT_EQ(overviewOf(*reading(m_file)).recordedChanges, 1);
  }
  for (const auto& entry : std::filesystem::directory_iterator(m_folder.path()))
    EXPECT_EQ(entry.path(), m_file);
}

TEST_F(Recording, ACopyIsWholeWhileTheRecordingGoesOn) {
  const auto history = recording(m_file);
  record(*history, Side::after, brokenAt(second(0)));
  const auto copy = m_folder.path() / "copy.whichbase";
  ASSERT_TRUE(history->copyTo(copy));
  record(*history, Side::after, fixedAt(second(5)));
  EXPECT_TRUE(isHistoryFile(copy));
  EXPECT_EQ(overviewOf(*reading(copy)).recordedChanges, 1);
  ASSERT_TRUE(history->copyTo(copy)); // over the earlier one
  EXPECT_EQ(overviewOf(*reading(copy)).recordedChanges, 2);
  EXPECT_FALSE(history->copyTo(m_file));
  EXPECT_FALSE(history->copyTo(m_folder.path() / "nowhere" / "copy.whichbase"));
}

TEST_F(Recording, StatesInTheMiddleOfAChainAreReadForwardsAndBackwards) {
  constexpr int changes = 350;
  const auto history = recording(m_file);
  for (int change = 0; change < changes; ++change)
    record(*history, Side::after, withUsers(second(change), change));
  const auto reader = reading(m_file);
  EXPECT_EQ(overviewOf(*reader).changes.size(), std::size_t(changes));
  for (int change = 0; change < changes; change += 7)
    EXPECT_EQ(usersIn(stateAt(*reader, second(change))), change);
  for (int change = changes - 1; change >= 0; change -= 13)
    EXPECT_EQ(usersIn(stateAt(*reader, second(change))), change);
}

TEST_F(Recording, TheSameStateIsTheSameValue) {
  const auto history = recording(m_file);
  record(*history, Side::after, brokenAt(second(0)));
  EXPECT_EQ(stateAt(*history, second(1)).after, stateAt(*history, second(2)).after);
}

TEST(HistoryFile, LiesBesideItsProject) {
  EXPECT_EQ(historyFileOf("/srv/tovplay.whichbase.toml"), "/srv/tovplay.whichbase");
  EXPECT_EQ(historyFileOf("/srv/other.toml"), "/srv/other.whichbase");
}

} // namespace
} // namespace whichbase::history
