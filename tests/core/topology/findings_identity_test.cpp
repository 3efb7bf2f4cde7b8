// Findings about who is on what, and about what could not be proven.
#include "built_sighting.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whichbase::topology {
namespace {

BuiltSighting twoDatabases() {
  BuiltSighting sight;
  sight.server("Writer", sight.target(plainFacts(1)), Role::writes);
  sight.server("Reader", sight.target(plainFacts(2)), Role::reads);
  return sight;
}

BuiltSighting clones(bool secondIsUsed) {
  BuiltSighting sight;
  Facts original = plainFacts(1);
  original.startedAt = Known<UtcTime>::of(timeOf("2025-11-01T00:00:00Z"));
  Facts copy = original;
  copy.startedAt = Known<UtcTime>::of(timeOf("2025-11-27T10:00:00Z"));
  const auto a = sight.target(original);
  const auto b = sight.target(copy);
  sight.server("One", a);
  sight.server("Two", a);
  if (secondIsUsed)
    sight.server("Three", b);
  else
    sight.ghost(b, Database{});
  sight.meet(a, b, Says::apart);
  return sight;
}

TEST(Findings, ASplitNamesServersAndDatabases) {
  const Snapshot snapshot = twoDatabases().assembled();
  const auto split = findingIn(snapshot.findings, "split");
  ASSERT_TRUE(split);
  EXPECT_EQ(split->severity, Severity::error);
  EXPECT_EQ(split->subjects, (std::vector<std::string>{"A", "B", "Writer", "Reader"}));
  EXPECT_FALSE(split->remedy.empty());
}

TEST(Findings, WritersAndReadersApartNeedsBothRoles) {
  EXPECT_TRUE(hasFinding(twoDatabases().assembled(), "writers-and-readers-apart"));
  BuiltSighting unstated = twoDatabases();
  unstated.value.servers[1].role = Role::unstated;
  EXPECT_FALSE(hasFinding(unstated.assembled(), "writers-and-readers-apart"));
}

TEST(Findings, ReadersWithAWriterOfTheirOwnAreNotApart) {
  BuiltSighting sight = twoDatabases();
  sight.server("Other writer", 1, Role::writes);
  const Snapshot snapshot = sight.assembled();
  EXPECT_FALSE(hasFinding(snapshot, "writers-and-readers-apart"));
  EXPECT_TRUE(hasFinding(snapshot, "split"));
}

TEST(Findings, ReadersOfAStandbyAreNotApartFromItsPrimarysWriter) {
  BuiltSighting sight;
  const auto a = sight.target(withSender(plainFacts(1), streamingSender()));
  const auto b = sight.target(standbyOf(plainFacts(1)));
  sight.server("Writer", a, Role::writes);
  sight.server("Reader", b, Role::reads);
  sight.meet(a, b, Says::apart);
  const Snapshot snapshot = sight.assembled();
  EXPECT_FALSE(hasFinding(snapshot, "writers-and-readers-apart"));
  EXPECT_FALSE(hasFinding(snapshot, "same-name-different-database"));
  EXPECT_TRUE(hasFinding(snapshot, "reads-replica"));
}

TEST(Findings, OneNameForTwoDatabasesIsTold) {
  const auto finding = findingIn(twoDatabases().assembled().findings, "same-name-different-database");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->title, "Two databases under the name “shop”");
  BuiltSighting named = twoDatabases();
  named.value.observations[1].facts->databaseName = "other";
  EXPECT_FALSE(hasFinding(named.assembled(), "same-name-different-database"));
}

TEST(Findings, OneAddressForTwoDatabasesIsTold) {
  BuiltSighting sight = twoDatabases();
  sight.value.servers[1].connection.host = sight.value.servers[0].connection.host;
  const auto finding = findingIn(sight.assembled().findings, "same-address-different-database");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->title, "host0.example.org:5432 leads to different databases");
  EXPECT_FALSE(hasFinding(twoDatabases().assembled(), "same-address-different-database"));
}

TEST(Findings, TwoAddressesOfOneDatabaseAreTold) {
  BuiltSighting sight;
  const auto a = sight.target(plainFacts(1));
  const auto b = sight.target(plainFacts(1));
  sight.server("One", a);
  sight.server("Two", b);
  sight.meet(a, b, Says::sameDatabase);
  const auto finding = findingIn(sight.assembled().findings, "different-address-same-database");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->severity, Severity::info);
  sight.value.servers[1].connection.host = sight.value.servers[0].connection.host;
  EXPECT_FALSE(hasFinding(sight.assembled(), "different-address-same-database"));
}

TEST(Findings, SiblingsAreToldOncePerInstance) {
  BuiltSighting sight;
  const auto a = sight.target(plainFacts(1, 10));
  const auto b = sight.target(plainFacts(1, 11));
  const auto c = sight.target(plainFacts(1, 12));
  for (const auto target : {a, b, c})
    sight.server("Server " + std::to_string(target), target);
  sight.meet(a, b, Says::sameInstance);
  sight.meet(a, c, Says::sameInstance);
  const Snapshot snapshot = sight.assembled();
  EXPECT_EQ(std::ranges::count(snapshot.findings, "sibling-database", &Finding::code), 1);
  EXPECT_EQ(findingIn(snapshot.findings, "sibling-database")->title, "A, B and C are in one instance");
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::split);
}

TEST(Findings, ACloneWithServersOnBothIsAnError) {
  const Snapshot snapshot = clones(true).assembled();
  const auto clone = findingIn(snapshot.findings, "clone");
  ASSERT_TRUE(clone);
  EXPECT_EQ(clone->severity, Severity::error);
  EXPECT_EQ(clone->title, "1 server is on a clone");
  EXPECT_NE(clone->text.find("apart for 6 days or more"), std::string::npos);
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::split);
}

TEST(Findings, ACloneThatNobodyUsesIsAWarning) {
  const auto clone = findingIn(clones(false).assembled().findings, "clone");
  ASSERT_TRUE(clone);
  EXPECT_EQ(clone->severity, Severity::warning);
}

TEST(Findings, UnreachedServersAreToldTogether) {
  BuiltSighting sight = twoDatabases();
  sight.server("Three", sight.unreached());
  const auto one = findingIn(sight.assembled().findings, "unreachable");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->title, "Three was not reached");
  EXPECT_EQ(one->text, "It failed at stage connect: connection refused.");
  EXPECT_EQ(one->remedy, "Start it.");
  sight.server("Four", sight.unreached(Stage::resolve, "no such host"));
  const Snapshot snapshot = sight.assembled();
  EXPECT_EQ(std::ranges::count(snapshot.findings, "unreachable", &Finding::code), 1);
  EXPECT_EQ(findingIn(snapshot.findings, "unreachable")->title, "2 servers were not reached");
}

TEST(Findings, AnUnknownIdentityIsToldWithItsReason) {
  BuiltSighting sight = twoDatabases();
  sight.server("Three", sight.target(withoutIdentifier(plainFacts(0), "no privilege on pg_control_system()")));
  const auto finding = findingIn(sight.assembled().findings, "identity-unknown");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->title, "Three: cannot tell");
  EXPECT_EQ(finding->text, "The database of Three could not be identified: no privilege on pg_control_system().");
}

TEST(Findings, WhatWasLookedUpFromHereIsTold) {
  BuiltSighting sight = twoDatabases();
  EXPECT_FALSE(hasFinding(sight.assembled(), "looked-from-here"));
  sight.value.servers[0].lookedFromHere = true;
  const auto finding = findingIn(sight.assembled().findings, "looked-from-here");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->subjects, std::vector<std::string>{"Writer"});
  EXPECT_NE(finding->remedy.find("via = \"direct\""), std::string::npos);
}

TEST(Findings, SessionsOnAnotherDatabaseAreTold) {
  BuiltSighting sight = twoDatabases();
  sight.value.servers[0].address = "203.0.113.1";
  sight.value.observations[1].facts->clients = Known<Clients>::of({{{"203.0.113.1", "web", "app", 3}}, 0});
  const auto finding = findingIn(sight.assembled().findings, "connected-elsewhere");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->text, "Writer is configured for A, but 3 sessions of it are on B.");
  EXPECT_EQ(finding->remedy, "Restart Writer to connect anew, and look again.");
}

TEST(Findings, SessionsThatTheDatabasesOwnServerExplainsAreNotElsewhere) {
  BuiltSighting sight = twoDatabases();
  sight.value.servers[0].address = "203.0.113.1";
  sight.value.servers[1].address = "203.0.113.1";
  sight.value.observations[1].facts->clients = Known<Clients>::of({{{"203.0.113.1", "web", "app", 3}}, 0});
  EXPECT_FALSE(hasFinding(sight.assembled(), "connected-elsewhere"));
}

TEST(Findings, SessionsOnAnUnidentifiedDatabaseAreNotCalledElsewhere) {
  BuiltSighting sight;
  Facts unknown = withoutIdentifier(plainFacts(0));
  unknown.clients = Known<Clients>::of({{{"203.0.113.1", "web", "app", 3}}, 0});
  sight.server("One", sight.target(plainFacts(1))).address = "203.0.113.1";
  sight.server("Two", sight.target(unknown));
  EXPECT_FALSE(hasFinding(sight.assembled(), "connected-elsewhere"));
}

TEST(Findings, ErrorsStandFirst) {
  BuiltSighting sight = twoDatabases();
  sight.server("Three", sight.unreached());
  const auto findings = sight.assembled().findings;
  EXPECT_TRUE(std::ranges::is_sorted(findings, std::greater{}, &Finding::severity));
}

TEST(Findings, EachOneEndsInWhatToDo) {
  BuiltSighting sight = twoDatabases();
  sight.server("Three", sight.unreached());
  for (const Finding& finding : sight.assembled().findings) {
    EXPECT_FALSE(finding.title.empty());
    EXPECT_EQ(finding.text.back(), '.') << finding.text;
    EXPECT_EQ(finding.remedy.back(), '.') << finding.remedy;
    EXPECT_FALSE(finding.subjects.empty());
  }
}

} // namespace
} // namespace whichbase::topology
