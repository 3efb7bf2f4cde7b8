// Findings of routes and of sessions: the same string from two places, and servers whose sessions are not where their
// configuration leads.
#include "built_sighting.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whichbase::topology {
namespace {

MaskedConnection localConnection() {
  MaskedConnection connection;
  connection.text = "postgresql://app:***@localhost:5432/shop";
  connection.host = "localhost";
  connection.port = 5432;
  connection.dbname = "shop";
  connection.user = "app";
  return connection;
}

// Production and Staging with one string, each looked at from where it stands, on two databases.
struct OneString {
  BuiltSighting sight;

  OneString() {
    add("Production", "ssh prod", plainFacts(1));
    add("Staging", "ssh staging", plainFacts(2));
  }
  ServerSpec& add(const std::string& name, const std::string& route, const Facts& facts) {
    ServerSpec& server = sight.server(name, sight.target(facts));
    server.connection = localConnection();
    server.route = route;
    return server;
  }
  ServerSpec& production() { return sight.value.servers[0]; }
  ServerSpec& staging() { return sight.value.servers[1]; }
};

TEST(Findings, OneStringThatLeadsTwoServersToTwoDatabasesIsChangedByTheRoute) {
  const Snapshot snapshot = OneString().sight.assembled();
  const auto finding = findingIn(snapshot.findings, "route-changes-the-answer");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->severity, Severity::warning);
  EXPECT_EQ(finding->title, "localhost:5432 leads to A and B, by where the server stands");
  EXPECT_EQ(finding->text,
            "The same string, postgresql://app:***@localhost:5432/shop, leads Production (over ssh prod) "
            "to A (localhost:5432) and Staging (over ssh staging) to B (localhost:5432). The address is "
            "looked up where each server stands, and is not the same machine there.");
  EXPECT_EQ(finding->subjects, (std::vector<std::string>{"Production", "Staging", "A", "B"}));
  EXPECT_FALSE(hasFinding(snapshot, "same-address-different-database"));
}

TEST(Findings, OneRouteToTwoDatabasesIsNotChangedByTheRoute) {
  OneString one;
  one.staging().route = "ssh prod";
  const Snapshot snapshot = one.sight.assembled();
  EXPECT_FALSE(hasFinding(snapshot, "route-changes-the-answer"));
  EXPECT_TRUE(hasFinding(snapshot, "same-address-different-database"));
}

TEST(Findings, AnotherUserOrDatabaseNameIsAnotherStringAtTheSameAddress) {
  for (const bool user : {true, false}) {
    OneString one;
    (user ? one.staging().connection.user : one.staging().connection.dbname) = "other";
    const Snapshot snapshot = one.sight.assembled();
    EXPECT_FALSE(hasFinding(snapshot, "route-changes-the-answer"));
    const auto finding = findingIn(snapshot.findings, "same-address-different-database");
    ASSERT_TRUE(finding);
    EXPECT_EQ(finding->text,
              "Production has localhost:5432 configured and is led to A, looked at over ssh prod; Staging "
              "has the same and is led to B, looked at over ssh staging.");
  }
}

TEST(Findings, TwoRoutesToOneDatabaseChangeNothing) {
  OneString one;
  one.sight.value.observations[1] = one.sight.value.observations[0];
  one.sight.meet(0, 1, Says::sameDatabase);
  EXPECT_FALSE(hasFinding(one.sight.assembled(), "route-changes-the-answer"));
}

TEST(Findings, AnUnknownIdentityIsNoChangedAnswer) {
  OneString one;
  one.sight.value.observations[1].facts = withoutIdentifier(plainFacts(0));
  EXPECT_FALSE(hasFinding(one.sight.assembled(), "route-changes-the-answer"));
}

TEST(Findings, WhatWasLookedUpFromHereIsNoChangedAnswer) {
  OneString one;
  one.staging().route.clear();
  one.staging().connection.host = one.production().connection.host = "postgres";
  one.staging().lookedFromHere = true;
  const Snapshot snapshot = one.sight.assembled();
  EXPECT_FALSE(hasFinding(snapshot, "route-changes-the-answer"));
  EXPECT_FALSE(hasFinding(snapshot, "same-address-different-database"));
  EXPECT_TRUE(hasFinding(snapshot, "looked-from-here"));
}

TEST(Findings, ARouteThatOnceChangedTheAnswerIsFixedWhenAllAreOnOne) {
  OneString before, after;
  after.sight.value.observations[1] = after.sight.value.observations[0];
  after.sight.meet(0, 1, Says::sameDatabase);
  const Comparison comparison = compare(before.sight.assembled(), after.sight.assembled());
  const auto fixed = findingIn(comparison.fixed, "route-changes-the-answer");
  ASSERT_TRUE(fixed);
  EXPECT_EQ(fixed->title, "localhost:5432 led to A and B, by where the server stands");
}

// Backend and Worker on one database; only Worker's sessions are seen there.
struct Absent {
  BuiltSighting sight;
  Facts facts = plainFacts(1);

  Absent() {
    facts.clients = Known<Clients>::of({{{"203.0.113.21", "web", "app", 2}}, 0});
    const auto target = sight.target(facts);
    for (const char* address : {"203.0.113.20", "203.0.113.21"}) {
      ServerSpec& server = sight.server(sight.value.servers.empty() ? "Backend" : "Worker", target);
      server.address = address;
      server.connection.user = "app";
    }
  }
  Facts& seen() { return *sight.value.observations[0].facts; }
  ServerSpec& backend() { return sight.value.servers[0]; }
  std::optional<Finding> finding() const { return findingIn(sight.assembled().findings, "configured-not-connected"); }
};

TEST(Findings, AServerWithNoSessionWhereItIsConfiguredIsTold) {
  const auto finding = Absent().finding();
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->severity, Severity::info);
  EXPECT_EQ(finding->title, "No session of Backend on A");
  EXPECT_EQ(finding->text,
            "Backend is configured for A, where every session could be seen, and none looks like its own "
            "(203.0.113.20). It may be stopped or idle, or come through a pooler or from another "
            "address.");
  EXPECT_EQ(finding->subjects, (std::vector<std::string>{"Backend", "A"}));
}

TEST(Findings, HiddenSessionsLeaveOpenWhoIsConnected) {
  Absent absent;
  absent.seen().clients.value->hidden = 1;
  EXPECT_FALSE(absent.finding());
  absent.seen().clients = Known<Clients>::unknown("no privilege");
  EXPECT_FALSE(absent.finding());
}

TEST(Findings, HiddenSessionsOnAnotherDatabaseLeaveOpenWhereItIsConnected) {
  Absent absent;
  Facts other = plainFacts(2);
  other.clients = Known<Clients>::of({{}, 3});
  absent.sight.server("Third", absent.sight.target(other));
  EXPECT_FALSE(absent.finding());
}

TEST(Findings, SessionsOfUnknownLookThatLogInAlikeMayBeItsOwn) {
  Absent absent;
  absent.seen().clients.value->groups.push_back({"203.0.113.6", "pgbouncer", "app", 4});
  EXPECT_FALSE(absent.finding());
  absent.seen().clients.value->groups.back().user = "monitor";
  EXPECT_TRUE(absent.finding());
}

TEST(Findings, ServersWhoseLookIsNotSaidAreNotCalledAbsent) {
  for (const char* address : {"backend.example.org", ":7777", ""}) {
    Absent absent;
    absent.backend().address = address;
    EXPECT_FALSE(absent.finding()) << address;
  }
}

TEST(Findings, AnAddressIsNoLookWhereTheDatabaseIsCloserThanThat) {
  for (const char* host : {"localhost", "127.0.0.1", "postgres", "/var/run/postgresql", "10.0.0.7", "172.18.0.4"}) {
    Absent absent;
    absent.backend().connection.host = host;
    absent.backend().route = "ssh prod";
    EXPECT_FALSE(absent.finding()) << host;
    absent.backend().client = {"172.18.0.9"};
    EXPECT_TRUE(absent.finding()) << host;
  }
}

TEST(Findings, WithStandbysNobodyIsCalledAbsent) {
  Absent absent;
  absent.seen().senders = Known<std::vector<WalSender>>::of({streamingSender()});
  absent.seen().serverAddress = "203.0.113.1";
  const auto standby = absent.sight.target(standbyOf(absent.seen()));
  absent.sight.meet(0, standby, Says::apart);
  absent.sight.server("Reader", standby);
  EXPECT_FALSE(absent.finding());
}

TEST(Findings, SessionsElsewhereAreToldInsteadOfNone) {
  Absent absent;
  Facts other = plainFacts(2);
  other.clients = Known<Clients>::of({{{"203.0.113.20", "web", "app", 2}}, 0});
  absent.sight.server("Third", absent.sight.target(other));
  const Snapshot snapshot = absent.sight.assembled();
  EXPECT_FALSE(hasFinding(snapshot, "configured-not-connected"));
  EXPECT_TRUE(hasFinding(snapshot, "connected-elsewhere"));
}

TEST(Findings, ConnectedElsewhereSaysOverWhichRouteItsConfigurationWasLookedAt) {
  OneString one;
  one.production().client = {"app:backend"};
  one.sight.value.observations[1].facts->clients = Known<Clients>::of({{{"172.18.0.2", "backend", "app", 5}}, 0});
  const auto finding = findingIn(one.sight.assembled().findings, "connected-elsewhere");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->text, "Production is configured for A (looked at over ssh prod), but 5 sessions of it are on B.");
}

TEST(Findings, WhereItWasLookedUpFromHereItsSessionsAreAHintAndNotElsewhere) {
  OneString one;
  one.production().route.clear();
  one.production().connection.host = "postgres";
  one.production().lookedFromHere = true;
  one.production().client = {"app:backend"};
  one.sight.value.observations[1].facts->clients = Known<Clients>::of({{{"172.18.0.2", "backend", "app", 5}}, 0});
  const Snapshot snapshot = one.sight.assembled();
  EXPECT_FALSE(hasFinding(snapshot, "connected-elsewhere"));
  const auto finding = findingIn(snapshot.findings, "looked-from-here");
  ASSERT_TRUE(finding);
  EXPECT_NE(finding->text.find("Sessions of Production were seen on B."), std::string::npos) << finding->text;
  EXPECT_NE(finding->remedy.find("via = \"ssh HOST\""), std::string::npos) << finding->remedy;
}

} // namespace
} // namespace whichbase::topology
