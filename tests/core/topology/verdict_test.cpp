// The verdict's thresholds: never a wrong all-clear, never more than is proven.
#include "built_sighting.h"

#include <gtest/gtest.h>

namespace whichbase::topology {
namespace {

// Two servers, by one string each, on one database; their own sessions are seen there.
struct Proven {
  BuiltSighting sight;
  Facts facts = plainFacts(1);
  std::size_t target = 0;

  Proven() {
    facts.clients = Known<Clients>::of({{{"203.0.113.1", "web", "app", 2}, {"203.0.113.2", "web", "app", 1}}, 0});
    target = sight.target(facts);
    sight.server("One", target).address = "203.0.113.1";
    sight.server("Two", target).address = "203.0.113.2";
  }
  Facts& seen() { return *sight.value.observations[target].facts; }
  // A ghost that answers, with these sessions.
  void addLivingGhost(const Known<Clients>& clients) {
    Facts other = plainFacts(2);
    other.clients = clients;
    sight.ghost(sight.target(other), Database{});
  }
};

TEST(Verdict, AllReachedOnOneDatabaseAreOneSource) {
  const Verdict verdict = Proven().sight.assembled().verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::singleSource);
  EXPECT_TRUE(verdict.provenBySessions);
  EXPECT_EQ(verdict.text, "Both servers are on A");
  EXPECT_EQ(verdict.detail, "Their own sessions seen there, and none elsewhere.");
}

TEST(Verdict, OneServerNotReachedMakesItUndetermined) {
  Proven proven;
  proven.sight.server("Three", proven.sight.unreached());
  const Verdict verdict = proven.sight.assembled().verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::undetermined);
  EXPECT_EQ(verdict.text, "Cannot tell: 1 of 3 servers was not reached");
}

TEST(Verdict, OneUnknownIdentityMakesItUndetermined) {
  Proven proven;
  proven.sight.server("Three", proven.sight.target(withoutIdentifier(plainFacts(0))));
  const Verdict verdict = proven.sight.assembled().verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::undetermined);
  EXPECT_EQ(verdict.text, "Cannot tell: the database of 1 of 3 servers could not be identified");
}

TEST(Verdict, WhatWasLookedUpFromHereNeverCountsForSingleSource) {
  Proven proven;
  proven.sight.value.servers[1].lookedFromHere = true;
  const Snapshot snapshot = proven.sight.assembled();
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::undetermined);
  EXPECT_EQ(snapshot.verdict.text, "Cannot tell: 1 of 2 servers was looked up from this computer");
  EXPECT_NE(snapshot.verdict.detail.find("host0.example.org:5432 was looked up from this computer, not from Two"),
            std::string::npos);
  EXPECT_TRUE(hasFinding(snapshot, "looked-from-here"));
}

TEST(Verdict, TwoProvenOnDifferentSourcesAreSplitWhoeverIsMissing) {
  BuiltSighting sight;
  sight.server("One", sight.target(plainFacts(1)));
  sight.server("Two", sight.target(plainFacts(2)));
  sight.server("Three", sight.unreached());
  const Verdict verdict = sight.assembled().verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::split);
  EXPECT_EQ(verdict.text, "One leads to A; Two leads to B");
  EXPECT_NE(verdict.detail.find("1 server not reached."), std::string::npos);
}

TEST(Verdict, OneServerIsNothingToCompare) {
  BuiltSighting sight;
  sight.server("Only", sight.target(plainFacts(1)));
  const Verdict verdict = sight.assembled().verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::nothingToCompare);
  EXPECT_EQ(verdict.text, "Only leads to A (host0.example.org:5432)");
}

TEST(Verdict, OneServerNotReachedIsAnErrorToo) {
  BuiltSighting sight;
  sight.server("Only", sight.unreached());
  const Snapshot snapshot = sight.assembled();
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::nothingToCompare);
  EXPECT_EQ(snapshot.verdict.text, "Only was not reached");
  EXPECT_EQ(findingIn(snapshot.findings, "unreachable")->severity, Severity::error);
}

TEST(Verdict, NobodyReachedSaysSo) {
  BuiltSighting sight;
  sight.server("One", sight.unreached());
  sight.server("Two", sight.unreached());
  EXPECT_EQ(sight.assembled().verdict.text, "No server was reached");
}

TEST(Verdict, NoServersAtAllIsUndetermined) {
  EXPECT_EQ(BuiltSighting().assembled().verdict.kind, VerdictKind::undetermined);
}

TEST(Verdict, WithoutItsOwnSessionsSeenOnlyTheConfigurationIsProven) {
  Proven proven;
  proven.seen().clients.value->groups.pop_back();
  const Verdict verdict = proven.sight.assembled().verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::singleSource);
  EXPECT_FALSE(verdict.provenBySessions);
  EXPECT_EQ(verdict.text, "Both configurations lead to A");
  EXPECT_NE(verdict.detail.find("No session could be told to be of Two"), std::string::npos);
}

TEST(Verdict, SessionsThatTwoServersMayOwnProveNeither) {
  Proven proven;
  proven.sight.value.servers[1].client = {"203.0.113.1", "203.0.113.2"};
  const Verdict verdict = proven.sight.assembled().verdict;
  EXPECT_FALSE(verdict.provenBySessions);
  EXPECT_NE(verdict.detail.find("No session could be told to be of One"), std::string::npos);
}

TEST(Verdict, AllOnOneUnidentifiedDatabaseAreUndetermined) {
  Snapshot snapshot = Proven().sight.assembled();
  snapshot.databases[0].identityProven = false;
  diagnose(snapshot);
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::undetermined);
}

TEST(Verdict, SessionsAreToldByApplicationNameToo) {
  Proven proven;
  proven.seen().clients = Known<Clients>::of({{{"10.0.0.1", "one", "app", 1}, {"10.0.0.1", "two", "app", 1}}, 0});
  proven.sight.value.servers[0].client = {"app:one"};
  proven.sight.value.servers[1].client = {"app:two"};
  EXPECT_TRUE(proven.sight.assembled().verdict.provenBySessions);
}

TEST(Verdict, ItsOwnSessionsElsewhereTakeTheProofAway) {
  Proven proven;
  proven.addLivingGhost(Known<Clients>::of({{{"203.0.113.2", "web", "app", 1}}, 0}));
  const Snapshot snapshot = proven.sight.assembled();
  EXPECT_FALSE(snapshot.verdict.provenBySessions);
  EXPECT_EQ(snapshot.verdict.text, "Both configurations lead to A");
  EXPECT_EQ(findingIn(snapshot.findings, "connected-elsewhere")->title, "Sessions of Two on B");
}

TEST(Verdict, HiddenSessionsElsewhereTakeTheProofAway) {
  Proven hidden;
  hidden.addLivingGhost(Known<Clients>::of({{}, 1}));
  EXPECT_FALSE(hidden.sight.assembled().verdict.provenBySessions);
  Proven unreadable;
  unreadable.addLivingGhost(Known<Clients>::unknown("no privilege"));
  EXPECT_FALSE(unreadable.sight.assembled().verdict.provenBySessions);
  Proven readable;
  readable.addLivingGhost(Known<Clients>::of({}));
  EXPECT_TRUE(readable.sight.assembled().verdict.provenBySessions);
}

TEST(Verdict, AGhostThatWasNotReachedIsNamedBesideTheProof) {
  Proven proven;
  BuiltSighting before;
  before.server("Old", before.target(plainFacts(9)));
  proven.sight.ghost(proven.sight.unreached(), *before.assembled().database("A"));
  const Verdict verdict = proven.sight.assembled().verdict;
  EXPECT_TRUE(verdict.provenBySessions);
  EXPECT_NE(verdict.detail.find("B was not reached."), std::string::npos);
}

TEST(Verdict, AMajorityIsNamedAndTheRestCounted) {
  BuiltSighting sight;
  const auto main = sight.target(plainFacts(1));
  const auto other = sight.target(plainFacts(2));
  for (int i = 0; i < 4; ++i)
    sight.server("Main " + std::to_string(i), main);
  sight.server("Other 1", other);
  sight.server("Other 2", other);
  EXPECT_EQ(sight.assembled().verdict.text, "2 of 6 servers are not on A");
}

TEST(Verdict, WritersAgainstReadersAreToldAsSuch) {
  BuiltSighting sight;
  const auto a = sight.target(plainFacts(1));
  const auto b = sight.target(plainFacts(2));
  sight.server("Write 1", a, Role::writes);
  sight.server("Write 2", a, Role::writes);
  sight.server("Read 1", b, Role::reads);
  sight.server("Read 2", b, Role::reads);
  EXPECT_EQ(sight.assembled().verdict.text, "The writers are on A, the readers on B");
}

TEST(Verdict, TheOthersAreOnlyNamedSoWhenNobodyIsMissing) {
  BuiltSighting sight;
  const auto b = sight.target(plainFacts(2));
  sight.server("Production Backend", sight.target(plainFacts(1)), Role::writes);
  sight.server("Dashboard", b, Role::reads);
  sight.server("Staging Backend", b, Role::reads);
  sight.server("Late", sight.unreached(), Role::reads);
  EXPECT_EQ(sight.assembled().verdict.text, "Production writes to A; Dashboard and Staging Backend read B");
}

TEST(Verdict, AShortNameIsUsedOnlyWhereItIsUnique) {
  BuiltSighting sight;
  const auto b = sight.target(plainFacts(2));
  sight.server("Production Backend", sight.target(plainFacts(1)), Role::writes);
  sight.server("Production Worker", b, Role::reads);
  sight.server("Dashboard", b, Role::reads);
  EXPECT_EQ(sight.assembled().verdict.text, "Production Backend writes to A; the others read B");
}

TEST(Verdict, UnknownAndEstimatedNumbersAreToldAsSuch) {
  BuiltSighting sight;
  Facts estimated = plainFacts(1);
  estimated.users = usersFact(51900, CountKind::estimate);
  Facts unknown = plainFacts(2);
  unknown.users = Known<UsersFact>::unknown("none of the usual names exists here");
  sight.server("One", sight.target(estimated));
  sight.server("Two", sight.target(unknown));
  EXPECT_EQ(sight.assembled().verdict.detail, "~51,900 users in A, unknown in B. Rows not compared yet.");
}

} // namespace
} // namespace whichbase::topology
