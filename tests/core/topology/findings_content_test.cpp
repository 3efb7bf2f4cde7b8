// Findings about what databases hold, what roles may do, and how servers are configured.
#include "built_sighting.h"

#include <gtest/gtest.h>

namespace whichbase::topology {
namespace {

struct Two {
  Facts first = plainFacts(1);
  Facts second = plainFacts(2);
  Snapshot assembled() const {
    BuiltSighting sight;
    sight.server("One", sight.target(first), Role::writes);
    sight.server("Two", sight.target(second), Role::reads);
    return sight.assembled();
  }
};

// One server on a database, and a ghost that another one used before.
struct Left {
  Facts used = plainFacts(1);
  Facts left = plainFacts(2);
  bool answers = false;
  BuiltSighting sight;

  Snapshot assembled() {
    BuiltSighting before;
    before.server("One", before.target(left));
    Database remembered = *before.assembled().database("A");
    remembered.lastReachedAt = timeOf("2025-12-03T13:20:00Z");
    sight.server("One", sight.target(used));
    sight.ghost(answers ? sight.target(left) : sight.unreached(), remembered);
    return sight.assembled();
  }
};

TEST(Findings, CountsOfOtherTimesSaySo) {
  Two two;
  two.second.users = usersFact(1);
  two.first.users.value->countedAt = timeOf("2025-12-03T13:55:00Z");
  const auto finding = findingIn(two.assembled().findings, "user-counts-differ");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->text,
            "Counted in public.users, not at the same time: 10 in A (at 13:55 UTC) and 1 in B. Rows were "
            "not compared.");
  two.first.users.value->countedAt = timeOf("2025-12-03T13:59:55Z");
  EXPECT_EQ(findingIn(two.assembled().findings, "user-counts-differ")->text,
            "Counted in public.users: 10 in A and 1 in B. Rows were not compared.");
}

TEST(Findings, TheYoungerOfTwoCountsOfOneDatabaseCounts) {
  for (const bool youngFirst : {true, false}) {
    BuiltSighting sight;
    Facts young = plainFacts(1), old = plainFacts(1);
    old.users = usersFact(7);
    old.users.value->countedAt = timeOf("2025-12-03T13:55:00Z");
    const auto first = sight.target(youngFirst ? young : old), second = sight.target(youngFirst ? old : young);
    sight.server("One", first);
    sight.server("Two", second);
    sight.meet(first, second, Says::sameDatabase);
    EXPECT_EQ(*sight.assembled().database("A")->users->count, 10);
  }
}

TEST(Findings, MissingTablesAreNamed) {
  Two two;
  two.second.tables = Known<std::vector<std::string>>::of({"public.users"});
  const Snapshot snapshot = two.assembled();
  const auto finding = findingIn(snapshot.findings, "tables-missing");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->title, "2 tables are missing in B");
  EXPECT_EQ(finding->text, "A has 3 tables, B has 1. Missing in B: items and orders.");
  EXPECT_EQ(finding->subjects, (std::vector<std::string>{"B", "A"}));
}

TEST(Findings, AnEmptyDatabaseLacksEverything) {
  Two two;
  two.second.tables = Known<std::vector<std::string>>::of({});
  EXPECT_EQ(findingIn(two.assembled().findings, "tables-missing")->title, "3 tables are missing in B");
}

TEST(Findings, DatabasesWithNoTableInCommonAreNoVersionsOfOneAnother) {
  Two two;
  two.second.tables = Known<std::vector<std::string>>::of({"public.invoices"});
  EXPECT_FALSE(hasFinding(two.assembled(), "tables-missing"));
}

TEST(Findings, UnreadTablesAreNotMissing) {
  Two two;
  two.second.tables = Known<std::vector<std::string>>::unknown("timeout");
  EXPECT_FALSE(hasFinding(two.assembled(), "tables-missing"));
}

TEST(Findings, MissingGuardsSayWhatTheyGuarded) {
  Two two;
  two.first.triggers = Known<std::vector<Trigger>>::of({guardOf("public.orders"), guardOf("public.users")});
  const auto finding = findingIn(two.assembled().findings, "triggers-missing");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->title, "2 protection triggers are missing in B");
  EXPECT_NE(finding->text.find("A guards DELETE on orders and users; B does not."), std::string::npos);
}

TEST(Findings, ADisabledGuardIsMissing) {
  Two two;
  two.first.triggers = Known<std::vector<Trigger>>::of({guardOf("public.users")});
  two.second.triggers = two.first.triggers;
  EXPECT_FALSE(hasFinding(two.assembled(), "triggers-missing"));
  two.second.triggers.value->front().enabled = false;
  const Snapshot snapshot = two.assembled();
  ASSERT_TRUE(hasFinding(snapshot, "triggers-missing"));
  EXPECT_NE(findingIn(snapshot.findings, "triggers-missing")->text.find("Disabled in B: guard_users."),
            std::string::npos);
}

TEST(Findings, AGuardByAnotherNameIsAGuard) {
  Two two;
  two.first.triggers = Known<std::vector<Trigger>>::of({guardOf("public.users")});
  two.second.triggers = two.first.triggers;
  two.second.triggers.value->front().name = "no_delete";
  EXPECT_FALSE(hasFinding(two.assembled(), "triggers-missing"));
}

TEST(Findings, AnOlderNewestUserIsStale) {
  Two two;
  two.first.users.value->newestAt = Known<UtcTime>::of(timeOf("2025-12-03T12:00:00Z"));
  two.second.users.value->newestAt = Known<UtcTime>::of(timeOf("2025-11-14T10:00:00Z"));
  const auto finding = findingIn(two.assembled().findings, "stale-database");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->title, "The newest user in B is 19 days older");
  two.second.users.value->kind = CountKind::visibleOnly;
  EXPECT_FALSE(hasFinding(two.assembled(), "stale-database"));
}

TEST(Findings, OnlyExactNumbersOfUsersAreCompared) {
  Two two;
  two.second.users = usersFact(1);
  const Snapshot snapshot = two.assembled();
  ASSERT_TRUE(hasFinding(snapshot, "user-counts-differ"));
  EXPECT_EQ(findingIn(snapshot.findings, "user-counts-differ")->title, "User counts differ: 10 and 1");
  for (const CountKind kind : {CountKind::estimate, CountKind::visibleOnly}) {
    two.second.users = usersFact(1, kind);
    EXPECT_FALSE(hasFinding(two.assembled(), "user-counts-differ"));
  }
  two.second.users = usersFact(1);
  two.second.users.value->relation = "public.accounts";
  EXPECT_FALSE(hasFinding(two.assembled(), "user-counts-differ"));
  two.second.users = usersFact(10);
  EXPECT_FALSE(hasFinding(two.assembled(), "user-counts-differ"));
}

TEST(Findings, WhatOnlyAGhostHasWasLeftBehind) {
  Left left;
  left.used.tables = Known<std::vector<std::string>>::of({"public.users"});
  const Snapshot snapshot = left.assembled();
  const auto finding = findingIn(snapshot.findings, "left-behind");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->title, "2 tables existed only in B");
  EXPECT_EQ(finding->text, "items and orders. B not reached since 13:20 UTC.");
  EXPECT_FALSE(hasFinding(snapshot, "tables-missing"));
}

TEST(Findings, WhatALivingGhostHasIsToldInThePresent) {
  Left left;
  left.answers = true;
  left.used.tables = Known<std::vector<std::string>>::of({"public.users"});
  const auto finding = findingIn(left.assembled().findings, "left-behind");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->title, "2 tables exist only in B");
  EXPECT_NE(finding->text.find("B still answers; no server uses it."), std::string::npos);
}

TEST(Findings, UsersAndTriggersAreLeftBehindToo) {
  Left users;
  users.left.users = usersFact(25);
  EXPECT_EQ(findingIn(users.assembled().findings, "left-behind")->title,
            "B held 15 users more than any database in use");
  Left triggers;
  triggers.left.triggers =
      Known<std::vector<Trigger>>::of({{"public.users", "touch", "AFTER", {"UPDATE"}, true, false}});
  EXPECT_EQ(findingIn(triggers.assembled().findings, "left-behind")->title, "1 trigger existed only in B");
  EXPECT_FALSE(hasFinding(Left{}.assembled(), "left-behind"));
}

TEST(Findings, NothingIsCalledLeftWhileAnUnidentifiedDatabaseMayBeIt) {
  Left left;
  left.used.tables = Known<std::vector<std::string>>::of({"public.users"});
  left.assembled();
  left.sight.server("Proxy", left.sight.target(withoutIdentifier(left.used)));
  EXPECT_FALSE(hasFinding(left.sight.assembled(), "left-behind"));
}

TEST(Findings, UnreadTablesInUseLeaveTheGhostsUnjudged) {
  Left left;
  left.used.tables = Known<std::vector<std::string>>::unknown("timeout");
  EXPECT_FALSE(hasFinding(left.assembled(), "left-behind"));
}

TEST(Findings, AWriterThatMayNotInsertCannotWrite) {
  Two two;
  two.first.canInsertUsers = Known<bool>::of(false);
  const auto finding = findingIn(two.assembled().findings, "cannot-write");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->severity, Severity::error);
  EXPECT_NE(finding->text.find("Role app may not insert into public.users"), std::string::npos);
  two.first.canInsertUsers = Known<bool>::unknown("no users relation");
  EXPECT_FALSE(hasFinding(two.assembled(), "cannot-write"));
  two.first.readOnlyByDefault = true;
  EXPECT_NE(findingIn(two.assembled().findings, "cannot-write")->text.find("read-only by default"), std::string::npos);
}

TEST(Findings, AReaderNeedNotWrite) {
  Two two;
  two.second.canInsertUsers = Known<bool>::of(false);
  EXPECT_FALSE(hasFinding(two.assembled(), "cannot-write"));
}

TEST(Findings, UsersThatWereNotFoundOrCountedAreTold) {
  Two two;
  two.first.users = Known<UsersFact>::unknown("none of the usual names exists here");
  EXPECT_EQ(findingIn(two.assembled().findings, "users-not-found")->text, "None of the usual names exists here.");
  two.first.users = usersFact(0);
  two.first.users.value->count = Known<std::int64_t>::unknown("locked by another session");
  EXPECT_EQ(findingIn(two.assembled().findings, "users-not-found")->title, "The users of A could not be counted");
}

TEST(Findings, EstimatesAndLimitedCountsAreMarked) {
  Two two;
  two.first.users = usersFact(51900, CountKind::estimate);
  two.first.users.value->estimatedAt = timeOf("2025-12-03T03:10:00Z");
  two.second.users = usersFact(3, CountKind::visibleOnly);
  const Snapshot snapshot = two.assembled();
  EXPECT_NE(findingIn(snapshot.findings, "count-estimated")->text.find("~51,900 users"), std::string::npos);
  EXPECT_NE(findingIn(snapshot.findings, "count-estimated")->text.find("as of 03:10 UTC"), std::string::npos);
  EXPECT_EQ(findingIn(snapshot.findings, "count-visible-only")->severity, Severity::warning);
  EXPECT_EQ(findingIn(snapshot.findings, "count-visible-only")->subjects, (std::vector<std::string>{"Two", "B"}));
}

TEST(Findings, HowServersAreConfiguredIsTold) {
  BuiltSighting sight;
  Facts plain = plainFacts(1);
  plain.encrypted = false;
  const auto target = sight.target(plain);
  sight.server("One", target).connection.readDifferently = "libpq takes another host";
  sight.server("Two", target).connection.readDifferently = "libpq takes another host";
  sight.value.servers[0].connection.lacks = {"dbname"};
  sight.value.servers[1].connection.passwordInProjectFile = true;
  const Snapshot snapshot = sight.assembled();
  const auto drivers = findingIn(snapshot.findings, "url-read-differently");
  ASSERT_TRUE(drivers);
  EXPECT_EQ(drivers->title, "Drivers read the URL differently");
  EXPECT_EQ(drivers->subjects, (std::vector<std::string>{"One", "Two"}));
  EXPECT_EQ(findingIn(snapshot.findings, "incomplete-connection-string")->subjects, std::vector<std::string>{"One"});
  EXPECT_EQ(findingIn(snapshot.findings, "password-in-project-file")->subjects, std::vector<std::string>{"Two"});
  EXPECT_EQ(findingIn(snapshot.findings, "unencrypted")->subjects, (std::vector<std::string>{"One", "Two"}));
}

TEST(Findings, LoopbackNeedsNoEncryption) {
  BuiltSighting sight;
  Facts plain = plainFacts(1);
  plain.encrypted = false;
  sight.server("One", sight.target(plain)).connection.host = "127.0.0.1";
  EXPECT_FALSE(hasFinding(sight.assembled(), "unencrypted"));
}

} // namespace
} // namespace whichbase::topology
