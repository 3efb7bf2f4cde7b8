#include "verify/can_stop_feeds.h"
#include "verify/can_stop_reasons.h"

#include <gtest/gtest.h>

namespace whichbase {
namespace {

using topology::Known;
using verify::PointsThere;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

verify::WriteCounters countersAt(int second, std::int64_t users, std::uint64_t next) {
  verify::WriteCounters counters;
  counters.byTable = {{"public.users", users}};
  counters.nextTransaction = next;
  counters.at = topology::UtcTime(std::chrono::seconds(second));
  return counters;
}

verify::StopAnswer writesOf(const verify::WriteCounters& first, const verify::WriteCounters& second) {
  verify::StopAnswer answer;
  verify::addWrites(Known<verify::WriteCounters>::of(first), Known<verify::WriteCounters>::of(second),
                    Known<std::vector<std::string>>::of({}), answer);
  return answer;
}

probe::Target targetOf(const std::string& host, const std::string& port, const std::string& via = {}) {
  probe::Target target;
  target.parameters = {{"host", host}, {"port", port}, {"dbname", "shop"}, {"user", "app"}};
  if (!via.empty())
    target.via = route::parseVia(via).value();
  return target;
}

// Where a foreign server of B leads, seen from what is known of A.
PointsThere points(const verify::ForeignServer& server, const probe::Target& a, const probe::Target& b) {
  const compare::Endpoint endpointA{"A", {a}};
  const compare::Endpoint endpointB{"B", {b}};
  const verify::FedFrom from{&endpointA, "shop", "203.0.113.20", 5432, {}};
  return verify::pointsThere(server, from, {"B", &endpointB, false});
}

TEST(Writes, RowsWrittenWhileItWasWatchedAreCounted) {
  const auto answer = writesOf(countersAt(0, 5, 100), countersAt(2, 8, 103));
  ASSERT_EQ(answer.against.size(), 1U);
  EXPECT_EQ(answer.against[0].text, "3 rows were written just now: 3 in public.users (it was watched for 2 s).");
}

TEST(Writes, CountersThatWereResetMeanwhileProveNothing) {
  auto second = countersAt(2, 1, 100);
  EXPECT_TRUE(writesOf(countersAt(0, 5, 100), second).against.empty());
  EXPECT_TRUE(holds(writesOf(countersAt(0, 5, 100), second).couldNotLook.at(0), "were reset meanwhile"));
  second = countersAt(2, 9, 100);
  second.reset = topology::UtcTime(std::chrono::seconds(1));
  EXPECT_TRUE(holds(writesOf(countersAt(0, 5, 100), second).couldNotLook.at(0), "were reset meanwhile"));
}

TEST(Writes, TransactionsThatNoCounterShowsAreUnknown) {
  const auto answer = writesOf(countersAt(0, 5, 100), countersAt(2, 5, 102));
  EXPECT_TRUE(answer.against.empty());
  EXPECT_TRUE(holds(answer.couldNotLook.at(0), "what 2 transactions wrote")) << answer.couldNotLook.at(0);
}

TEST(Writes, AServerThatCountsNothingIsNotCalledQuiet) {
  auto second = countersAt(2, 5, 100);
  second.counted = false;
  const auto answer = writesOf(countersAt(0, 5, 100), second);
  EXPECT_TRUE(holds(answer.couldNotLook.at(0), "track_counts is off"));
  EXPECT_TRUE(answer.lookedAt.empty());
}

TEST(PointsThere, EqualAddressesDoAndOtherNamesMay) {
  const auto a = targetOf("db.example.org", "5432");
  const auto b = targetOf("203.0.113.196", "5432");
  EXPECT_EQ(points({"s", "postgres_fdw", "DB.example.org", "", "shop", 0}, a, b), PointsThere::yes);
  EXPECT_EQ(points({"s", "postgres_fdw", "203.0.113.20", "5432", "", 0}, a, b), PointsThere::yes);
  EXPECT_EQ(points({"s", "postgres_fdw", "db2.example.org", "5432", "shop", 0}, a, b), PointsThere::unclear);
  EXPECT_EQ(points({"s", "postgres_fdw", "db.example.org", "6432", "shop", 0}, a, b), PointsThere::unclear);
  EXPECT_EQ(points({"s", "postgres_fdw", "db.example.org", "5432", "warehouse", 0}, a, b), PointsThere::no);
}

TEST(PointsThere, LocalhostMeansTheServerThatSaysIt) {
  EXPECT_EQ(points({"s", "postgres_fdw", "localhost", "5432", "shop", 0}, targetOf("db.example.org", "5432"),
                   targetOf("203.0.113.196", "5432")),
            PointsThere::unclear);
  EXPECT_EQ(points({"s", "postgres_fdw", "", "5432", "shop", 0}, targetOf("127.0.0.1", "5432"),
                   targetOf("localhost", "5433")),
            PointsThere::yes);
  EXPECT_EQ(points({"s", "postgres_fdw", "", "5432", "shop", 0}, targetOf("127.0.0.1", "5432", "ssh prod"),
                   targetOf("localhost", "5433", "ssh staging")),
            PointsThere::unclear);
}

TEST(PointsThere, AContainersNameMeansTheSameOnlyOverTheSameRoute) {
  EXPECT_EQ(points({"s", "postgres_fdw", "postgres", "5432", "shop", 0}, targetOf("postgres", "5432", "ssh prod"),
                   targetOf("other", "5432", "ssh prod")),
            PointsThere::yes);
  EXPECT_EQ(points({"s", "postgres_fdw", "postgres", "5432", "shop", 0}, targetOf("postgres", "5432", "ssh prod"),
                   targetOf("other", "5432", "ssh staging")),
            PointsThere::unclear);
}

TEST(Servers, WhereNotReachedServersLeadIsNotKnown) {
  topology::Snapshot snapshot;
  topology::Database database;
  database.id = "A";
  database.identityProven = true;
  topology::Server reached;
  reached.name = "Backend";
  reached.database = "B";
  topology::Server lost;
  lost.name = "Dashboard";
  lost.lastDatabase = "A";
  lost.failure.emplace();
  lost.failure->text = "connection refused";
  topology::Database other;
  other.id = "B";
  other.identityProven = true;
  snapshot.databases = {database, other};
  snapshot.servers = {reached, lost};
  verify::StopAnswer answer;
  verify::addServers(snapshot, database, answer);
  EXPECT_TRUE(answer.against.empty());
  ASSERT_EQ(answer.couldNotLook.size(), 1U);
  EXPECT_EQ(answer.couldNotLook[0], "where Dashboard leads: connection refused; it led there when it was last reached");
}

TEST(Servers, OnesOfUnknownIdentityMayUseIt) {
  topology::Snapshot snapshot;
  topology::Database database;
  database.id = "A";
  database.identityProven = true;
  topology::Database unknown;
  unknown.id = "?1";
  unknown.identityReason = "no privilege on pg_control_system()";
  topology::Server server;
  server.name = "Backend";
  server.database = "?1";
  snapshot.databases = {database, unknown};
  snapshot.servers = {server};
  verify::StopAnswer answer;
  verify::addServers(snapshot, database, answer);
  EXPECT_TRUE(answer.against.empty());
  ASSERT_EQ(answer.couldNotLook.size(), 1U);
  EXPECT_TRUE(holds(answer.couldNotLook[0], "whether Backend leads there, too")) << answer.couldNotLook[0];
}

} // namespace
} // namespace whichbase
