// What one pulse tells, asked of real clusters, standbys and poolers.
#include "asked.h"
#include "probe/facts_reader.h"
#include "support/pgbouncer.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace whichbase::test {
namespace {

using namespace std::chrono_literals;
using live::PulseQuestion;

// Repeats until it holds: statistics come late.
template <class Holds>
bool eventually(Holds&& holds) {
  const auto until = pg::Clock::now() + 60s;
  while (pg::Clock::now() < until) {
    if (holds())
      return true;
    std::this_thread::sleep_for(100ms);
  }
  return false;
}

TEST(Pulse, TellsTheMarkersThatAVisitTells) {
  const auto session = sessionOf(pulseCluster());
  pg::Rows rows;
  pg::SqlError error;
  ASSERT_TRUE(session->query(probe::identityStatement({}, true, {}), soon(), rows, error)) << error.text;
  const auto identity = probe::readIdentity(*rows.values.at(0).at(0));
  ASSERT_TRUE(identity);
  const auto markers = pulseOf(*session, {}).markers;
  EXPECT_TRUE(markers.systemIdentifier);
  EXPECT_EQ(markers.systemIdentifier, identity->facts.systemIdentifier.value);
  EXPECT_EQ(markers.databaseOid, identity->facts.databaseOid);
  EXPECT_TRUE(markers.startedAt);
  EXPECT_EQ(markers.startedAt, identity->facts.startedAt.value);
  EXPECT_EQ(markers.timeline, 1u);
  EXPECT_EQ(markers.serverAddress, "127.0.0.1");
  EXPECT_EQ(markers.serverPort, pulseCluster().port());
  EXPECT_FALSE(markers.inRecovery);
}

TEST(Pulse, LeavesTheIdentifierEmptyWhereItIsNotAskedFor) {
  PulseQuestion question;
  question.withControl = false;
  const auto markers = pulseOf(*sessionOf(pulseCluster()), question).markers;
  EXPECT_FALSE(markers.systemIdentifier);
  EXPECT_EQ(markers.timeline, 0u);
  EXPECT_NE(markers.databaseOid, 0u);
}

TEST(Pulse, CountsOnlyWhenAskedTo) {
  const auto session = sessionOf(pulseCluster());
  const auto without = pulseOf(*session, usersQuestion(false));
  EXPECT_FALSE(without.users);
  EXPECT_FALSE(without.newestUserAt);
  const auto with = pulseOf(*session, usersQuestion(true));
  EXPECT_EQ(with.users, 22);
  EXPECT_EQ(with.newestUserAt, topology::UtcTime(std::chrono::sys_days{std::chrono::January / 23 / 2026}));
  EXPECT_GT(with.countTook, 0us);
}

TEST(Pulse, TellsHowLongTheCountTookAndNothingElse) {
  // Each row of the view takes 10 ms.
  sql(pulseCluster(),
      "CREATE OR REPLACE VIEW slow AS SELECT i AS id, now() AS created_at FROM generate_series(1, 30) i "
      "WHERE pg_sleep(0.01) IS NOT NULL");
  PulseQuestion question;
  question.countedRelation = "public.slow";
  question.creationColumn = "created_at";
  const auto session = sessionOf(pulseCluster());
  const auto start = pg::Clock::now();
  const auto pulse = pulseOf(*session, question);
  EXPECT_EQ(pulse.users, 30);
  EXPECT_GE(pulse.countTook, 300ms);
  EXPECT_LE(pulse.countTook, pg::Clock::now() - start);
}

TEST(Pulse, TellsHowLongAScanOfABigTableTook) {
  sql(pulseCluster(),
      "CREATE TABLE big AS SELECT i AS id, 'user' || i AS email FROM generate_series(1, 400000) i; ANALYZE big");
  PulseQuestion question;
  question.countedRelation = "public.big";
  const auto session = sessionOf(pulseCluster());
  // The fastest of several against the fastest of the bare statement: load disturbs both.
  auto counting = 1h + 0us, bare = counting;
  for (int run = 0; run < 5; ++run) {
    const auto pulse = pulseOf(*session, question);
    EXPECT_EQ(pulse.users, 400'000);
    counting = std::min(counting, pulse.countTook);
    pg::Rows rows;
    pg::SqlError error;
    const auto start = pg::Clock::now();
    ASSERT_TRUE(
        session->query("SET LOCAL max_parallel_workers_per_gather = 0; SELECT count(*) FROM big", soon(), rows, error));
    bare = std::min(bare, std::chrono::duration_cast<std::chrono::microseconds>(pg::Clock::now() - start));
  }
  EXPECT_GT(counting, bare / 3);
  sql(pulseCluster(), "DROP TABLE big");
}

TEST(Pulse, TakesATimeOfInfinityForNone) {
  sql(pulseCluster(), "CREATE TABLE forever (id bigint, created_at timestamptz); "
                      "INSERT INTO forever VALUES (1, 'infinity')");
  PulseQuestion question;
  question.countedRelation = "public.forever";
  question.creationColumn = "created_at";
  const auto pulse = pulseOf(*sessionOf(pulseCluster()), question);
  EXPECT_EQ(pulse.users, 1);
  EXPECT_FALSE(pulse.newestUserAt);
  sql(pulseCluster(), "DROP TABLE forever");
}

TEST(Pulse, CountsPartitionsAndTheirWrites) {
  sql(pulseCluster(), "CREATE TABLE accounts (id bigint) PARTITION BY RANGE (id); "
                      "CREATE TABLE accounts_1 PARTITION OF accounts FOR VALUES FROM (0) TO (10); "
                      "CREATE TABLE accounts_2 PARTITION OF accounts FOR VALUES FROM (10) TO (100)");
  PulseQuestion question;
  question.usersRelation = question.countedRelation = "public.accounts";
  const auto session = sessionOf(pulseCluster());
  sql(pulseCluster(), "INSERT INTO accounts SELECT generate_series(1, 50)");
  EXPECT_EQ(pulseOf(*session, question).users, 50);
  EXPECT_TRUE(eventually([&] { return pulseOf(*session, question).activity.usersInserted == 50; }));
  sql(pulseCluster(), "DROP TABLE accounts");
}

TEST(Pulse, TellsWhatIsWritten) {
  const auto session = sessionOf(pulseCluster());
  const auto before = pulseOf(*session, usersQuestion(false)).activity;
  sql(pulseCluster(), "INSERT INTO public.\"User\" VALUES (100, 'x', '2026-01-01'), (101, 'x', '2026-01-01'); "
                      "INSERT INTO games SELECT generate_series(1, 5)");
  sql(pulseCluster(), "UPDATE games SET id = id + 100; DELETE FROM public.\"User\" WHERE id = 100");
  sql(pulseCluster(), "DELETE FROM public.\"User\" WHERE id = 101");
  live::Activity now;
  EXPECT_TRUE(eventually([&] {
    now = pulseOf(*session, usersQuestion(false)).activity;
    return now.usersInserted == before.usersInserted + 2 && now.usersDeleted == before.usersDeleted + 2 &&
           now.rowsUpdated >= before.rowsUpdated + 5;
  }));
  EXPECT_GE(now.rowsInserted, before.rowsInserted + 7);
  EXPECT_GE(now.rowsDeleted, before.rowsDeleted + 2);
  EXPECT_GT(now.transactions, before.transactions);
}

TEST(Pulse, TellsTheClientsAsTheInventoryDoes) {
  const auto client = sessionOf(pulseCluster());
  pg::Rows rows;
  pg::SqlError error;
  ASSERT_TRUE(client->query("SET application_name = 'backend'", soon(), rows, error));
  const auto asking = sessionOf(pulseCluster());
  const auto clients = pulseOf(*asking, {}).clients;
  ASSERT_TRUE(clients);
  EXPECT_TRUE(std::ranges::any_of(clients->groups, [](const topology::ClientGroup& group) {
    return group.application == "backend" && group.address == "127.0.0.1" && group.user == "postgres";
  }));
  EXPECT_TRUE(
      std::ranges::none_of(clients->groups, [](const auto& group) { return group.application == "whichbase"; }));
  PulseQuestion question;
  question.withClients = false;
  EXPECT_FALSE(pulseOf(*asking, question).clients);
}

TEST(Pulse, FailsAsLockedWhileTheUsersAreLockedAndTellsTheRestWithoutCounting) {
  const auto holder = sessionOf(pulseCluster());
  pg::Rows rows;
  pg::SqlError error;
  ASSERT_TRUE(holder->query("BEGIN; LOCK TABLE public.\"User\" IN ACCESS EXCLUSIVE MODE", soon(), rows, error));
  const auto session = sessionOf(pulseCluster());
  EXPECT_EQ(refusedPulse(*session, usersQuestion(true)).kind, pg::ErrorKind::locked);
  EXPECT_NE(pulseOf(*session, usersQuestion(false)).markers.databaseOid, 0u);
}

TEST(Pulse, EndsACountThatTakesLongerThanASecond) {
  sql(pulseCluster(), "CREATE OR REPLACE VIEW endless AS SELECT 1 AS id FROM generate_series(1, 60) i "
                      "WHERE pg_sleep(1) IS NOT NULL");
  PulseQuestion question;
  question.countedRelation = "public.endless";
  const auto session = sessionOf(pulseCluster());
  const auto start = pg::Clock::now();
  EXPECT_EQ(refusedPulse(*session, question).kind, pg::ErrorKind::timeout);
  EXPECT_LT(pg::Clock::now() - start, 30s);
  EXPECT_FALSE(session->lost());
}

TEST(Pulse, NeedsNoPrivilegeButOnTheUsersItCounts) {
  const auto reader = sessionOf(pulseCluster().port(), "TovPlay", "reader", "pw");
  const auto pulse = pulseOf(*reader, usersQuestion(true));
  EXPECT_EQ(pulse.users, 22);
  EXPECT_TRUE(pulse.markers.systemIdentifier);
  EXPECT_FALSE(pulse.catalog.empty());
  PulseQuestion question;
  question.usersRelation = question.countedRelation = "public.games";
  EXPECT_EQ(refusedPulse(*reader, question).kind, pg::ErrorKind::privilege);
  question.countedRelation.clear();
  EXPECT_NE(pulseOf(*reader, question).markers.databaseOid, 0u);
}

TEST(Pulse, IsNotLedAstrayByTheSearchPath) {
  sql(pulseCluster(), R"sql(
CREATE SCHEMA trap;
CREATE FUNCTION trap.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION trap.count() RETURNS bigint LANGUAGE sql AS 'SELECT 7::bigint';
CREATE FUNCTION trap.concat_ws(text, VARIADIC "any") RETURNS text LANGUAGE internal AS 'text_concat_ws';
CREATE FUNCTION trap.sum_(numeric, bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 666::numeric';
CREATE AGGREGATE trap.sum(bigint) (SFUNC = trap.sum_, STYPE = numeric, INITCOND = '666');
CREATE TABLE trap.pg_class AS SELECT * FROM pg_catalog.pg_class LIMIT 0;
CREATE TABLE trap.pg_trigger AS SELECT * FROM pg_catalog.pg_trigger LIMIT 0;
ALTER ROLE reader SET search_path = trap, pg_catalog, public;
GRANT USAGE ON SCHEMA trap TO reader)sql");
  const auto trapped = sessionOf(pulseCluster().port(), "TovPlay", "reader", "pw");
  const auto pulse = pulseOf(*trapped, usersQuestion(true));
  EXPECT_FALSE(pulse.markers.inRecovery);
  EXPECT_EQ(pulse.users, 22);
  EXPECT_EQ(pulse.catalog, pulseOf(*sessionOf(pulseCluster()), usersQuestion(true)).catalog);
  sql(pulseCluster(), "DROP SCHEMA trap CASCADE; ALTER ROLE reader RESET search_path");
}

TEST(Pulse, WorksThroughPoolersOfEachModeAndLeavesTheirSessionsAsTheyWere) {
  for (const char* mode : {"transaction", "statement"}) {
    std::string problem;
    const auto bouncer = PgBouncer::start(pulseCluster(), mode, 1, problem);
    ASSERT_TRUE(bouncer) << problem;
    const auto session = sessionOf(bouncer->port(), "TovPlay", "postgres", pulseCluster().password());
    EXPECT_EQ(pulseOf(*session, usersQuestion(true)).users, 22) << mode;
    const auto application = sessionOf(bouncer->port(), "TovPlay", "postgres", pulseCluster().password());
    pg::Rows rows, untouched;
    pg::SqlError error;
    ASSERT_TRUE(
        application->query("INSERT INTO games VALUES (4711); DELETE FROM games WHERE id = 4711", soon(), rows, error))
        << mode << ": " << error.text;
    const std::string settings = "SELECT name, setting FROM pg_settings WHERE name IN ('jit', 'search_path', "
                                 "'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', "
                                 "'max_parallel_workers_per_gather', 'transaction_read_only') ORDER BY name";
    ASSERT_TRUE(application->query(settings, soon(), rows, error)) << error.text;
    ASSERT_TRUE(sessionOf(pulseCluster())->query(settings, soon(), untouched, error)) << error.text;
    EXPECT_EQ(rows.values.size(), 7u);
    EXPECT_EQ(rows.values, untouched.values) << mode;
  }
}

TEST(Pulse, TellsTheLagOfAStandby) {
  auto standby = demo::ThrowawayCluster::standbyOf(pulseCluster(), {});
  ASSERT_TRUE(standby) << standby.error().text;
  const auto session = sessionOf((*standby)->port(), "TovPlay", "postgres", pulseCluster().password());
  sql(pulseCluster(), "INSERT INTO games VALUES (4712); DELETE FROM games WHERE id = 4712");
  const auto pulse = pulseOf(*session, usersQuestion(true));
  EXPECT_TRUE(pulse.markers.inRecovery);
  EXPECT_EQ(pulse.users, 22);
  EXPECT_EQ(pulse.markers.systemIdentifier, pulseOf(*sessionOf(pulseCluster()), {}).markers.systemIdentifier);
  EXPECT_TRUE(eventually([&] {
    const auto lag = pulseOf(*session, {}).replayLag;
    return lag && *lag == 0us;
  }));
  EXPECT_FALSE(pulseOf(*sessionOf(pulseCluster()), {}).replayLag);
}

TEST(Pulse, IsNotReadFromWhatIsNoPulse) {
  for (const char* text : {"", "{", "[]", "null", "{\"oid\": 5}", "{\"catalog\": \"x\"}"})
    EXPECT_FALSE(live::readPulse(text)) << text;
  // Wrong types are empty, not a crash.
  const auto odd =
      live::readPulse(R"({"oid": "5", "catalog": 7, "activity": [], "count": 3, "clients": "x", "lag": {}})");
  ASSERT_TRUE(odd);
  EXPECT_EQ(odd->markers.databaseOid, 0u);
  EXPECT_FALSE(odd->users);
}

} // namespace
} // namespace whichbase::test
