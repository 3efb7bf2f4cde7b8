#include "rows_fixture.h"

#include <fmt/format.h>

#include <chrono>
#include <random>
#include <thread>

namespace whichbase {
namespace {

using namespace test;
using compare::RowsRequest;
using namespace std::chrono_literals;

RowsRequest ofT() {
  RowsRequest request;
  request.relation = "t";
  return request;
}

compare::Endpoint side(const std::string& database, const std::string& name) {
  return endpointOf(shared(), database, name);
}

std::string refusal(const std::string& a, const std::string& b, const std::string& user = "postgres",
                    const std::string& password = {}) {
  return problemOf(compared(side(a, "A"), endpointOf(shared(), b, "B", user, password), ofT()));
}

// A role of its own, since roles belong to the whole cluster.
std::string newRole(const std::string& database, const std::string& grants) {
  static int number = 0;
  const std::string role = fmt::format("reader{}", ++number);
  sql(database,
      fmt::format("CREATE ROLE {} LOGIN PASSWORD 'secret'; {}", role, fmt::format(fmt::runtime(grants), role)));
  return role;
}

const std::string sample = "CREATE TABLE t (id int PRIMARY KEY, name text, secret text); INSERT INTO t SELECT i, 'n', "
                           "'zebra' || i FROM generate_series(1, 20) i;";

TEST(Refused, WithoutAPrivilegeNameTheColumn) {
  const auto a = newDatabase(sample);
  const auto none = newRole(a, "");
  EXPECT_EQ(refusal(a, a, none, "secret"), "no privilege on public.t in B");
  const auto some = newRole(a, "GRANT SELECT (id, name) ON t TO {};");
  EXPECT_EQ(refusal(a, a, some, "secret"), "no privilege on secret of public.t in B");
  auto request = ofT();
  request.columns = {"name"};
  const auto fewer = compared(side(a, "A"), endpointOf(shared(), a, "B", some, "secret"), request);
  EXPECT_TRUE(fewer && fewer->same()) << problemOf(fewer);
}

TEST(Refused, WhereRowLevelSecurityHidesRows) {
  const auto a = newDatabase(sample + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (id < 5);");
  const auto role = newRole(a, "GRANT SELECT ON t TO {};");
  EXPECT_EQ(refusal(a, a, role, "secret"), "row-level security hides rows of public.t from this role in B");
  EXPECT_EQ(refusal(a, a), "");
}

TEST(Refused, WhatIsNoTable) {
  const auto a = newDatabase(sample);
  const auto view = newDatabase("CREATE VIEW t AS SELECT 1 AS id");
  EXPECT_EQ(refusal(a, view), "public.t is a view in B: only the rows of tables are compared");
  EXPECT_EQ(refusal(a, newDatabase("")), "t does not exist in B");
  const auto twice = newDatabase(sample + "CREATE SCHEMA other; CREATE TABLE other.t (id int)");
  EXPECT_EQ(refusal(a, twice), "t is in more than one schema of B");
  EXPECT_EQ(refusal(a, newDatabase("CREATE TABLE t (other int PRIMARY KEY)")),
            "public.t has no column that both A and B have");
}

TEST(Refused, WhatIsAnotherDatabaseThanWasMeant) {
  const auto a = newDatabase(sample);
  auto to = side(a, "B");
  to.oid = 5;
  EXPECT_EQ(problemOf(compared(side(a, "A"), to, ofT())), "B: the connection led to another database than B");
  to.oid = 0;
  to.systemIdentifier = 12;
  EXPECT_EQ(problemOf(compared(side(a, "A"), to, ofT())), "B: the connection led to another database than B");
  to.systemIdentifier = std::stoull(sql(a, "SELECT system_identifier FROM pg_control_system()"));
  to.oid =
      static_cast<std::uint32_t>(std::stoul(sql(a, "SELECT oid FROM pg_database WHERE datname = current_database()")));
  EXPECT_EQ(problemOf(compared(side(a, "A"), to, ofT())), "");
  to.targets.clear();
  EXPECT_EQ(problemOf(compared(side(a, "A"), to, ofT())), "B: nothing leads to it");
}

// A comparison that can be watched while it runs: its progress, and what ended it.
struct Watched {
  std::stop_source stop;
  std::optional<Compared> result;
  double afterStopMs = 0;

  template <class OnProgress>
  void run(const compare::Endpoint& from, const compare::Endpoint& to, const RowsRequest& request, OnProgress&& each) {
    probe::Connector connector(stop.get_token());
    result = compare::compareRows(from, to, request, connector, stop.get_token(), each);
  }
};

// Big enough to be compared for a while, in small pieces.
const std::string& bigDatabase() {
  static const std::string name = newDatabase(
      "CREATE TABLE t (id int PRIMARY KEY, name text); INSERT INTO t SELECT i, repeat('zebra', 30) || i FROM "
      "generate_series(1, 150000) i; VACUUM ANALYZE t");
  return name;
}

RowsRequest inPieces() {
  RowsRequest request = ofT();
  request.statement = 60ms;
  return request;
}

TEST(Refused, WhenATableVanishesInBetween) {
  const auto b = newDatabase("");
  sql("postgres", fmt::format("DROP DATABASE {}", b));
  sql("postgres", fmt::format("CREATE DATABASE {} TEMPLATE {}", b, bigDatabase()));
  bool dropped = false;
  Watched watched;
  watched.run(side(bigDatabase(), "A"), side(b, "B"), inPieces(), [&](const compare::RowsProgress& progress) {
    if (progress.done > 0 && !std::exchange(dropped, true))
      sql(b, "DROP TABLE t");
  });
  ASSERT_TRUE(dropped);
  ASSERT_FALSE(*watched.result);
  EXPECT_EQ(watched.result->error().text, "public.t vanished from B in between");
}

TEST(Refused, WhenTheConnectionIsLost) {
  bool ended = false;
  Watched watched;
  watched.run(side(bigDatabase(), "A"), side(bigDatabase(), "B"), inPieces(),
              [&](const compare::RowsProgress& progress) {
                if (progress.done > 0 && !std::exchange(ended, true))
                  sql("postgres",
                      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'whichbase'");
              });
  ASSERT_TRUE(ended);
  ASSERT_FALSE(*watched.result);
  EXPECT_TRUE(watched.result->error().text.starts_with("the connection with ")) << watched.result->error().text;
}

TEST(Refused, CancelledAtAnyMomentEndsSoon) {
  std::mt19937 random(std::random_device{}());
  RowsRequest request = ofT();
  request.keys = 100;
  const auto b =
      newDatabase("CREATE TABLE t (id int PRIMARY KEY, name text); INSERT INTO t SELECT i, repeat('zebra', 30) "
                  "|| i / 2 FROM generate_series(1, 150000) i");
  double longest = 0;
  int cancelled = 0;
  for (int round = 0; round < 12; ++round) {
    Watched watched;
    std::chrono::steady_clock::time_point stoppedAt;
    std::jthread stopper([&, after = std::chrono::milliseconds(random() % 900)] {
      std::this_thread::sleep_for(after);
      stoppedAt = std::chrono::steady_clock::now();
      watched.stop.request_stop();
    });
    watched.run(side(bigDatabase(), "A"), side(b, "B"), request, compare::OnRowsProgress());
    const auto ended = std::chrono::steady_clock::now();
    stopper.join();
    if (*watched.result) {
      EXPECT_EQ(watched.result->value().fromRows, 150'000);
      continue;
    }
    ++cancelled;
    EXPECT_TRUE(watched.result->error().text.find("cancelled") != std::string::npos) << watched.result->error().text;
    longest = std::max(longest, std::chrono::duration<double>(ended - stoppedAt).count());
  }
  EXPECT_GT(cancelled, 0);
  EXPECT_LT(longest, 1.0);
}

TEST(Refused, AtItsDeadline) {
  RowsRequest request = inPieces();
  request.deadline = 80ms;
  const auto result = compared(side(bigDatabase(), "A"), side(bigDatabase(), "B"), request);
  ASSERT_FALSE(result);
}

TEST(Refused, SayNothingOfARowsValues) {
  // A function in a type's way to text that fails with the value in its words.
  const auto a = newDatabase(sample + "CREATE TYPE color AS ENUM ('red')");
  const auto b = newDatabase("CREATE TABLE t (id int PRIMARY KEY, name text, secret text); INSERT INTO t VALUES (1, "
                             "E'zebra\\xe4', '')",
                             "TEMPLATE template0 LOCALE 'C' ENCODING 'SQL_ASCII'");
  const auto result = compared(side(a, "A"), side(b, "B"), ofT());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().text, "public.t in B holds text that is not valid in its encoding");
}

} // namespace
} // namespace whichbase
