// Letters and endpoints from one sighting to the next.
#include "built_sighting.h"
#include "support/sample_snapshots.h"
#include "topology/continuity.h"
#include "topology/wording.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whichbase::topology {
namespace {

constexpr const char* firstStart = "2025-12-01T08:00:00Z";
constexpr const char* secondStart = "2025-12-02T08:00:00Z";
constexpr const char* laterStart = "2025-12-03T14:05:00Z";

Facts running(std::uint64_t systemIdentifier, const char* startedAt, std::uint32_t oid = 16385) {
  Facts facts = plainFacts(systemIdentifier, oid);
  facts.startedAt = Known<UtcTime>::of(timeOf(startedAt));
  return facts;
}

// One sighting a minute; server N+1 is configured for hostN.example.org, whatever answers there.
class Watched {
public:
  explicit Watched(const Snapshot* seed = nullptr) : m_continuity(seed) {}

  Snapshot sees(const std::vector<std::optional<Facts>>& answers,
                const std::vector<std::pair<std::size_t, std::size_t>>& apart = {},
                const std::vector<std::pair<std::size_t, std::size_t>>& same = {}) {
    BuiltSighting sight;
    m_minute += std::chrono::minutes(1);
    sight.value.startedAt += m_minute;
    sight.value.finishedAt += m_minute;
    for (std::size_t i = 0; i < answers.size(); ++i)
      sight.server("Server " + std::to_string(i + 1), answers[i] ? sight.target(*answers[i]) : sight.unreached());
    for (const auto& [a, b] : apart)
      sight.meet(a, b, Says::apart);
    for (const auto& [a, b] : same)
      sight.meet(a, b, Says::sameDatabase);
    return m_continuity.follow(sight.assembled());
  }
  Continuity& continuity() { return m_continuity; }

private:
  Continuity m_continuity;
  std::chrono::minutes m_minute{0};
};

std::string on(const Snapshot& snapshot, int server) {
  return snapshot.server("Server " + std::to_string(server))->database;
}

TEST(Continuity, AnUnreachableServerSwapsNoLetters) {
  Watched watched;
  watched.sees({running(1, firstStart), running(2, firstStart)});
  const Snapshot cut = watched.sees({std::nullopt, running(2, firstStart)});
  EXPECT_EQ(on(cut, 1), "");
  EXPECT_EQ(on(cut, 2), "B");
  const Database* ghost = cut.database("A");
  ASSERT_NE(ghost, nullptr);
  EXPECT_TRUE(ghost->ghost);
  EXPECT_FALSE(ghost->answered);
  EXPECT_FALSE(ghost->gone);
  EXPECT_EQ(ghost->lastReachedAt, timeOf("2025-12-03T14:01:01Z"));
  EXPECT_EQ(*ghost->users->count, 10);
  EXPECT_EQ(ghost->tables->size(), 3U);
  EXPECT_EQ(cut.databases.front().id, "A");
  const Snapshot healed = watched.sees({running(1, firstStart), running(2, firstStart)});
  EXPECT_EQ(on(healed, 1), "A");
  EXPECT_TRUE(healed.database("A")->answered);
  EXPECT_TRUE(healed.database("A")->letterBasis.empty());
}

TEST(Continuity, WhatAnUnreachedServerMayUseIsNotCalledLeftBehind) {
  Watched watched;
  Facts full = running(1, firstStart);
  full.tables.value->push_back("public.zones");
  watched.sees({full, running(2, firstStart)});
  const Snapshot cut = watched.sees({std::nullopt, running(2, firstStart)});
  EXPECT_EQ(cut.server("Server 1")->lastDatabase, "A");
  EXPECT_TRUE(cut.server("Server 2")->lastDatabase.empty());
  EXPECT_FALSE(hasFinding(cut, "left-behind"));
  EXPECT_EQ(absenceText(cut, *cut.database("A")), "not reached");
  const Snapshot moved = watched.sees({running(2, firstStart), running(2, firstStart)}, {}, {{0, 1}});
  EXPECT_TRUE(moved.server("Server 1")->lastDatabase.empty());
  EXPECT_TRUE(hasFinding(moved, "left-behind"));
  EXPECT_EQ(absenceText(moved, *moved.database("A")), "not in use here");
}

TEST(Continuity, ALetterIsNeverGivenToAnotherDatabase) {
  Watched watched;
  watched.sees({running(1, firstStart), running(2, firstStart)});
  EXPECT_EQ(on(watched.sees({running(3, firstStart), running(2, firstStart)}), 1), "C");
  EXPECT_EQ(on(watched.sees({running(4, firstStart), std::nullopt}), 1), "D");
  const Snapshot last = watched.sees({running(2, firstStart), running(1, firstStart)});
  EXPECT_EQ(on(last, 1), "B");
  EXPECT_EQ(on(last, 2), "A");
  EXPECT_EQ(last.databases.size(), 4U);
}

TEST(Continuity, ARestartedDatabaseKeepsItsLetterMarkedAsByIdentifier) {
  Watched watched;
  watched.sees({running(1, firstStart), running(2, firstStart)});
  const Snapshot restarted = watched.sees({running(1, laterStart), running(2, firstStart)});
  EXPECT_EQ(on(restarted, 1), "A");
  EXPECT_EQ(restarted.database("A")->letterBasis, "same by identifier");
  EXPECT_TRUE(restarted.database("B")->letterBasis.empty());
  const Snapshot after = watched.sees({running(1, laterStart), running(2, firstStart)});
  EXPECT_EQ(after.database("A")->letterBasis, "same by identifier");
}

TEST(Continuity, TwoClonesKeepTheirLettersWhileTheyRun) {
  Watched watched;
  const Facts original = running(1, firstStart), clone = running(1, secondStart);
  watched.sees({original, clone}, {{0, 1}});
  for (int tick = 0; tick < 3; ++tick) {
    const Snapshot swapped = watched.sees({clone, original}, {{0, 1}});
    EXPECT_EQ(on(swapped, 1), "B");
    EXPECT_EQ(on(swapped, 2), "A");
  }
  const Snapshot alone = watched.sees({std::nullopt, clone});
  EXPECT_EQ(on(alone, 2), "B");
  ASSERT_NE(alone.database("A"), nullptr);
  EXPECT_FALSE(alone.database("A")->answered);
}

TEST(Continuity, ARestartedCloneCannotBeToldAndGetsANewLetter) {
  Watched watched;
  watched.sees({running(1, firstStart), running(1, secondStart)}, {{0, 1}});
  const Snapshot restarted = watched.sees({running(1, firstStart), running(1, laterStart)}, {{0, 1}});
  EXPECT_EQ(on(restarted, 1), "A");
  EXPECT_EQ(on(restarted, 2), "C");
  EXPECT_EQ(restarted.database("B"), nullptr); // it may be C
  EXPECT_TRUE(watched.continuity().moves().empty());
  EXPECT_FALSE(hasFinding(restarted, "endpoint-moved"));
}

TEST(Continuity, AnEarlierStartIsNoRestart) {
  Watched watched;
  watched.sees({running(1, secondStart), running(2, firstStart)});
  const Snapshot other = watched.sees({running(1, firstStart), running(2, firstStart)});
  EXPECT_EQ(on(other, 1), "C");
  EXPECT_TRUE(other.endpointMoves.empty()); // a clock may have been wrong: nothing is claimed
}

TEST(Continuity, WithoutAStartTimeTheOrdinaryRuleHolds) {
  Watched watched;
  watched.sees({plainFacts(1), plainFacts(2)});
  EXPECT_EQ(on(watched.sees({plainFacts(1), plainFacts(2)}), 1), "A");
  Watched clones;
  clones.sees({plainFacts(1), plainFacts(1)}, {{0, 1}});
  const Snapshot next = clones.sees({plainFacts(1), plainFacts(1)}, {{0, 1}});
  EXPECT_EQ(on(next, 1), "C");
  EXPECT_EQ(on(next, 2), "D");
  EXPECT_TRUE(next.endpointMoves.empty());
}

TEST(Continuity, TheSeedsLettersAreKept) {
  const Snapshot before = samples::incidentBefore();
  Continuity continuity(&before);
  const Snapshot after = continuity.follow(samples::incidentAfter());
  for (const Server& server : after.servers)
    EXPECT_EQ(server.database, "B") << server.name;
  ASSERT_NE(after.database("A"), nullptr);
  EXPECT_TRUE(after.database("A")->ghost);
  EXPECT_EQ(after.databases.size(), 2U);
  EXPECT_TRUE(after.endpointMoves.empty()); // the configuration changed
  const Comparison both = compare(before, after);
  EXPECT_EQ(both.after.server("Dashboard")->database, "B");
  EXPECT_EQ(both.after.databases.size(), 2U);
}

TEST(Continuity, UnknownIdentitiesKeepTheirNames) {
  Watched watched;
  const Facts hidden = withoutIdentifier(plainFacts(0));
  const Snapshot first = watched.sees({running(1, firstStart), hidden, hidden});
  EXPECT_EQ(on(first, 2), "?1");
  EXPECT_EQ(on(first, 3), "?2");
  const Snapshot second = watched.sees({running(1, firstStart), std::nullopt, hidden});
  EXPECT_EQ(on(second, 3), "?2");
  EXPECT_EQ(second.database("?1"), nullptr);
  const Snapshot third = watched.sees({running(1, firstStart), hidden, hidden});
  EXPECT_EQ(on(third, 2), "?1");
  EXPECT_EQ(third.databases.size(), 3U);
}

TEST(Continuity, WithoutAnIdentifierTheRunningDatabaseBehindOneConfigurationKeepsItsLetter) {
  Watched watched;
  const Facts hidden = withoutIdentifier(running(0, firstStart));
  EXPECT_EQ(on(watched.sees({hidden, hidden}, {}, {{0, 1}}), 1), "A");
  EXPECT_EQ(on(watched.sees({hidden, hidden}, {}, {{0, 1}}), 1), "A");
  const Snapshot restarted = watched.sees(
      {withoutIdentifier(running(0, laterStart)), withoutIdentifier(running(0, laterStart))}, {}, {{0, 1}});
  EXPECT_EQ(on(restarted, 1), "B");
  EXPECT_TRUE(restarted.endpointMoves.empty());
}

TEST(Continuity, ACountThatFailsLeavesTheLastOneWithItsTime) {
  Watched watched;
  watched.sees({running(1, firstStart), running(2, firstStart)});
  Facts uncounted = running(1, firstStart);
  uncounted.users.value->count = Known<std::int64_t>::unknown("timeout");
  const Snapshot next = watched.sees({uncounted, running(2, firstStart)});
  ASSERT_TRUE(next.database("A")->users);
  EXPECT_EQ(*next.database("A")->users->count, 10);
  EXPECT_EQ(next.database("A")->users->countedAt, timeOf("2025-12-03T14:01:01Z"));
  uncounted.users = Known<UsersFact>::unknown("none of the usual names exists here");
  EXPECT_FALSE(watched.sees({uncounted, running(2, firstStart)}).database("A")->users);
}

TEST(Continuity, AGhostIsGoneOnceItsInstanceSaysSo) {
  Watched watched;
  watched.sees({running(1, firstStart), running(2, firstStart)});
  BuiltSighting sight;
  sight.value.finishedAt += std::chrono::minutes(5);
  const std::size_t missing = sight.unreached(Stage::connect, "database does not exist");
  sight.value.observations[missing].failure->databaseMissing = true;
  sight.value.observations[missing].failure->instance = 1;
  sight.server("Server 1", missing);
  sight.server("Server 2", sight.target(running(2, firstStart)));
  const Snapshot next = watched.continuity().follow(sight.assembled());
  ASSERT_NE(next.database("A"), nullptr);
  EXPECT_TRUE(next.database("A")->gone);
}

TEST(Continuity, GoneIsOnlyBelievedOfTheSameInstance) {
  Watched watched;
  watched.sees({running(1, firstStart), running(2, firstStart)});
  BuiltSighting sight;
  const std::size_t missing = sight.unreached(Stage::connect, "database does not exist");
  sight.value.observations[missing].failure->databaseMissing = true;
  sight.value.observations[missing].failure->instance = 9;
  sight.server("Server 1", missing);
  sight.server("Server 2", sight.target(running(2, firstStart)));
  EXPECT_FALSE(watched.continuity().follow(sight.assembled()).database("A")->gone);
}

TEST(Continuity, AnEarlierWatchGoesOn) {
  Watched yesterday;
  const Snapshot last = yesterday.sees({running(1, firstStart), running(2, firstStart)});
  Watched today;
  today.continuity().recall(last);
  const Snapshot next = today.sees({running(2, firstStart), running(3, firstStart)});
  EXPECT_EQ(on(next, 1), "B");
  EXPECT_EQ(on(next, 2), "C");
  ASSERT_EQ(next.endpointMoves.size(), 2U);
  EXPECT_EQ(next.endpointMoves.front().from, "A");
}

TEST(Continuity, ALetterOfTheSeedIsNotTakenByAnEarlierWatch) {
  Watched other;
  const Snapshot recorded = other.sees({running(7, firstStart)});
  Watched seeding;
  const Snapshot seed = seeding.sees({running(1, firstStart)});
  Watched watched(&seed);
  watched.continuity().recall(recorded);
  const Snapshot next = watched.sees({running(7, firstStart), running(1, firstStart)});
  EXPECT_EQ(on(next, 1), "B");
  EXPECT_EQ(on(next, 2), "A");
}

} // namespace
} // namespace whichbase::topology
