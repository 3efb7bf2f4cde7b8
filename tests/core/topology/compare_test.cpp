// Before against after: letters across time, changes, and what is fixed.
#include "built_sighting.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whichbase::topology {
namespace {

Snapshot sideOf(const std::vector<Facts>& databases, const std::vector<std::size_t>& servers,
                std::vector<std::size_t> apart = {}) {
  BuiltSighting sight;
  for (const Facts& each : databases)
    sight.target(each);
  for (std::size_t i = 0; i < servers.size(); ++i)
    sight.server("Server " + std::to_string(i + 1), servers[i]);
  for (std::size_t i = 0; i + 1 < apart.size(); i += 2)
    sight.meet(apart[i], apart[i + 1], Says::apart);
  return sight.assembled();
}

TEST(Compare, TheSameDatabaseBearsTheSameLetter) {
  const Snapshot before = sideOf({plainFacts(1), plainFacts(2)}, {0, 1});
  const Snapshot after = sideOf({plainFacts(2), plainFacts(3)}, {0, 1});
  const Comparison both = compare(before, after);
  EXPECT_EQ(both.after.server("Server 1")->database, "B");
  EXPECT_EQ(both.after.server("Server 2")->database, "C");
  EXPECT_EQ(both.after.database("B")->letterBasis, "same by identifier");
  EXPECT_TRUE(both.after.database("C")->letterBasis.empty());
  ASSERT_NE(both.after.database("A"), nullptr);
  EXPECT_TRUE(both.after.database("A")->ghost);
  EXPECT_FALSE(both.after.database("A")->answered);
  EXPECT_EQ(both.after.evidence.back().kind, "across-time");
}

TEST(Compare, FindingsAndTextsUseTheNewLetters) {
  const Snapshot before = sideOf({plainFacts(1), plainFacts(2)}, {0, 1});
  const Comparison both = compare(before, sideOf({plainFacts(2), plainFacts(3)}, {0, 1}));
  EXPECT_EQ(both.after.verdict.text, "Server 1 leads to B; Server 2 leads to C");
  EXPECT_EQ(findingIn(both.findings, "split")->subjects.front(), "B");
}

TEST(Compare, TwoLiveCandidatesLeaveTheLetterOpen) {
  const Snapshot before = sideOf({plainFacts(1)}, {0, 0});
  const Snapshot after = sideOf({plainFacts(1), plainFacts(1)}, {0, 1}, {0, 1});
  const Comparison both = compare(before, after);
  EXPECT_EQ(both.after.server("Server 1")->database, "B");
  EXPECT_EQ(both.after.server("Server 2")->database, "C");
  EXPECT_EQ(both.after.database("A"), nullptr); // it may be B or C, so that nobody can say it was not reached
  EXPECT_TRUE(findingIn(both.findings, "identity-unknown"));
  EXPECT_FALSE(hasChange(both, "server-moved"));
  EXPECT_FALSE(hasChange(both, "database-new"));
  EXPECT_FALSE(hasChange(both, "database-unused"));
}

TEST(Compare, ACloneBeforeLeavesTheLetterOpenToo) {
  const Snapshot before = sideOf({plainFacts(1), plainFacts(1)}, {0, 1}, {0, 1});
  const Comparison both = compare(before, sideOf({plainFacts(1)}, {0, 0}));
  EXPECT_EQ(both.after.server("Server 1")->database, "C");
  EXPECT_FALSE(hasChange(both, "server-moved"));
}

TEST(Compare, AStandbyBesideItsPrimaryIsNoSecondCandidate) {
  BuiltSighting sight;
  const auto a = sight.target(withSender(plainFacts(1), streamingSender()));
  const auto b = sight.target(standbyOf(plainFacts(1)));
  sight.server("Server 1", a);
  sight.server("Server 2", b);
  sight.meet(a, b, Says::apart);
  const Snapshot side = sight.assembled();
  const Comparison both = compare(side, side);
  EXPECT_EQ(both.after.server("Server 1")->database, "A");
  EXPECT_EQ(both.after.server("Server 2")->database, "B");
  EXPECT_EQ(both.after.database("B")->replicaOf, "A");
}

TEST(Compare, WithoutAnIdentifierNothingIsMatched) {
  const Snapshot side = sideOf({withoutIdentifier(plainFacts(0))}, {0, 0});
  const Comparison both = compare(side, side);
  EXPECT_EQ(both.before.server("Server 1")->database, "A");
  EXPECT_EQ(both.after.server("Server 1")->database, "B");
  EXPECT_TRUE(findingIn(both.findings, "identity-unknown"));
  EXPECT_FALSE(hasChange(both, "server-moved"));
  EXPECT_FALSE(hasChange(both, "database-new"));
}

TEST(Compare, UnknownOnesOfTwoTimesAreNotCalledTheSame) {
  const Snapshot side = sideOf({plainFacts(1), withoutIdentifier(plainFacts(0))}, {0, 1});
  const Comparison both = compare(side, side);
  EXPECT_EQ(both.before.server("Server 2")->database, "?1");
  EXPECT_EQ(both.after.server("Server 2")->database, "?2");
}

TEST(Compare, AMovedServerIsAChange) {
  const Snapshot before = sideOf({plainFacts(1), plainFacts(2)}, {0, 1});
  const Comparison both = compare(before, sideOf({plainFacts(2)}, {0, 0}));
  ASSERT_TRUE(hasChange(both, "server-moved"));
  const auto moved = std::ranges::find(both.changes, "server-moved", &Change::code);
  EXPECT_EQ(moved->subjects, (std::vector<std::string>{"Server 1", "A", "B"}));
  EXPECT_EQ(std::ranges::count(both.changes, "server-moved", &Change::code), 1);
  EXPECT_TRUE(hasChange(both, "database-unused"));
  EXPECT_TRUE(hasChange(both, "verdict-changed"));
}

TEST(Compare, ADatabaseIsNotCalledUnusedWhileAServerWasNotReached) {
  const Snapshot before = sideOf({plainFacts(1), plainFacts(2)}, {0, 1});
  BuiltSighting after;
  after.server("Server 1", after.target(plainFacts(2)));
  after.server("Server 2", after.unreached());
  EXPECT_FALSE(hasChange(compare(before, after.assembled()), "database-unused"));
}

TEST(Compare, ADatabaseThatWasNotThereIsNew) {
  const Snapshot before = sideOf({plainFacts(1)}, {0, 0});
  EXPECT_TRUE(hasChange(compare(before, sideOf({plainFacts(1), plainFacts(7)}, {0, 1})), "database-new"));
  EXPECT_FALSE(hasChange(compare(before, before), "database-new"));
}

TEST(Compare, GoneIsNotRefused) {
  const Snapshot before = sideOf({plainFacts(1), plainFacts(2)}, {0, 1});
  const auto afterWith = [&](bool missing) {
    BuiltSighting after;
    const auto used = after.target(plainFacts(2));
    after.server("Server 1", used);
    after.server("Server 2", used);
    const auto ghost = after.unreached();
    after.value.observations[ghost].failure->databaseMissing = missing;
    if (missing)
      after.value.observations[ghost].failure->instance = 1;
    after.ghost(ghost, *before.database("A"));
    return compare(before, after.assembled());
  };
  const Comparison refused = afterWith(false);
  EXPECT_FALSE(hasChange(refused, "database-gone"));
  EXPECT_TRUE(hasChange(refused, "database-unused"));
  EXPECT_EQ(refused.after.databases.size(), 2u);
  const Comparison gone = afterWith(true);
  EXPECT_TRUE(hasChange(gone, "database-gone"));
  EXPECT_TRUE(gone.after.database("A")->gone);
}

TEST(Compare, UserCountsAndTablesOfOneDatabaseAreCompared) {
  Facts later = plainFacts(1);
  later.users = usersFact(12);
  later.tables = Known<std::vector<std::string>>::of({"public.items", "public.users", "public.votes"});
  const Comparison both = compare(sideOf({plainFacts(1)}, {0, 0}), sideOf({later}, {0, 0}));
  const auto users = std::ranges::find(both.changes, "user-count-changed", &Change::code);
  ASSERT_NE(users, both.changes.end());
  EXPECT_EQ(users->text, "A had 10 users before and has 12 now.");
  const auto tables = std::ranges::find(both.changes, "tables-changed", &Change::code);
  ASSERT_NE(tables, both.changes.end());
  EXPECT_EQ(tables->text, "A gained 1 table (votes) and lost 1 table (orders).");
  later.users = usersFact(12, CountKind::estimate);
  EXPECT_FALSE(hasChange(compare(sideOf({plainFacts(1)}, {0, 0}), sideOf({later}, {0, 0})), "user-count-changed"));
}

TEST(Compare, NothingIsFixedWhileAfterCannotBeJudged) {
  const Snapshot before = samples::incidentBefore();
  Sighting after = samples::incidentAfterSighting();
  after.observations.push_back(after.observations[1]);
  after.servers[2].observation = 2;
  const Comparison both = compare(before, assemble(after));
  EXPECT_EQ(both.after.verdict.kind, VerdictKind::undetermined);
  for (const Finding& fixed : both.fixed)
    EXPECT_EQ(fixed.code, "stale-database"); // B itself was seen; the rest needs every server
}

TEST(Compare, ASplitThatMovedIsNotFixed) {
  const Snapshot before = sideOf({plainFacts(1), plainFacts(2)}, {0, 1});
  const Comparison both = compare(before, sideOf({plainFacts(2), plainFacts(3)}, {0, 1}));
  EXPECT_FALSE(findingIn(both.fixed, "split"));
}

TEST(Compare, ASplitIsNotFixedByLeavingAServerOut) {
  const Snapshot before = sideOf({plainFacts(1), plainFacts(2)}, {0, 1, 1});
  const Comparison both = compare(before, sideOf({plainFacts(2)}, {0, 0}));
  EXPECT_EQ(both.after.verdict.kind, VerdictKind::singleSource);
  EXPECT_FALSE(findingIn(both.fixed, "split"));
}

TEST(Compare, AReachedServerFixesThatItWasNotReached) {
  BuiltSighting before;
  before.server("Server 1", before.target(plainFacts(1)));
  before.server("Server 2", before.unreached());
  const Comparison both = compare(before.assembled(), sideOf({plainFacts(1)}, {0, 0}));
  ASSERT_TRUE(findingIn(both.fixed, "unreachable"));
  EXPECT_EQ(findingIn(both.fixed, "unreachable")->title, "Server 2 was not reached");
  EXPECT_TRUE(hasChange(both, "finding-fixed"));
}

TEST(Compare, TablesLeftBehindAreNotFixed) {
  EXPECT_FALSE(findingIn(samples::incident().fixed, "tables-missing"));
  EXPECT_FALSE(findingIn(samples::incident().fixed, "triggers-missing"));
}

TEST(Compare, AnEmptyBeforeChangesNothing) {
  const Comparison both = samples::oneSideEmpty();
  EXPECT_TRUE(both.changes.empty());
  EXPECT_EQ(both.after.server("Dashboard")->database, "A");
}

TEST(Compare, GhostsKeepWhenTheyWereLastReached) {
  const Snapshot before = sideOf({plainFacts(1), plainFacts(2)}, {0, 1});
  const Comparison both = compare(before, sideOf({plainFacts(2)}, {0, 0}));
  EXPECT_EQ(both.after.database("A")->lastReachedAt, timeOf("2025-12-03T14:00:01Z"));
}

TEST(Compare, WhatALaterSweepSawOfAGhostIsRemembered) {
  const Snapshot before = sideOf({plainFacts(1), plainFacts(2)}, {0, 1});
  const auto afterAt = [&](const char* time, bool ghostAnswers) {
    BuiltSighting after;
    after.value.startedAt = after.value.finishedAt = timeOf(time);
    const auto used = after.target(plainFacts(2));
    after.server("Server 1", used);
    after.server("Server 2", used);
    Facts grown = plainFacts(1);
    grown.users = usersFact(25);
    after.ghost(ghostAnswers ? after.target(grown) : after.unreached(), *before.database("A"));
    return after.assembled();
  };
  const Snapshot reached = afterAt("2025-12-03T14:20:00Z", true);
  Snapshot later = afterAt("2025-12-03T14:30:00Z", false);
  rememberFrom(later, reached);
  const Comparison both = compare(before, later);
  EXPECT_EQ(both.after.database("A")->lastReachedAt, timeOf("2025-12-03T14:20:00Z"));
  EXPECT_FALSE(both.after.database("A")->answered);
  EXPECT_EQ(findingIn(both.findings, "left-behind")->title, "A held 15 users more than any database in use");
  EXPECT_NE(findingIn(both.findings, "left-behind")->text.find("A not reached since 14:20 UTC."), std::string::npos);
}

TEST(Compare, TheSampleOfSixtyServersComparedWithItselfKeepsItsReasons) {
  Snapshot sixty = samples::sixtyServers();
  for (Database& each : sixty.databases)
    each.startedAt.reset();
  const Comparison both = compare(sixty, sixty);
  // A and B are clones: without their start times nobody can tell across time which is which.
  EXPECT_NE(both.after.server("Billing Worker")->database, "A");
  EXPECT_EQ(both.after.verdict.kind, VerdictKind::split);
  const auto open = std::ranges::find(both.changes, "databases-unmatched", &Change::code);
  ASSERT_NE(open, both.changes.end()) << "an empty list would read as if nothing had changed";
  EXPECT_EQ(open->text, "Which database A and B was cannot be told across time.");
}

TEST(Compare, ClonesThatRanOnKeepTheirLetters) {
  const Snapshot sixty = samples::sixtyServers();
  const Comparison both = compare(sixty, sixty);
  for (const Server& server : both.before.servers)
    if (const Database* on = both.before.database(server.database); on && on->identityProven) {
      EXPECT_EQ(both.after.server(server.name)->database, server.database);
    }
  EXPECT_TRUE(both.changes.empty());
}

TEST(Compare, ACopyOfARunningMachineIsNotToldApartByItsStart) {
  Facts facts = plainFacts(1);
  facts.startedAt = Known<UtcTime>::of(timeOf("2025-12-01T08:00:00Z"));
  const Comparison both = compare(sideOf({facts}, {0, 0}), sideOf({facts, facts}, {0, 1}, {0, 1}));
  EXPECT_NE(both.after.server("Server 1")->database, "A");
  EXPECT_NE(both.after.server("Server 2")->database, "A");
}

} // namespace
} // namespace whichbase::topology
