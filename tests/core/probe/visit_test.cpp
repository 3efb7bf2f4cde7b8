#include "probe_fixture.h"
#include "process/child_process.h"

#include <algorithm>

namespace whichbase {
namespace {

using namespace test;
using topology::CountKind;

topology::Facts factsOf(const topology::Observation& observation) {
  EXPECT_FALSE(observation.failure) << observation.failure->text;
  return observation.facts.value_or(topology::Facts{});
}

TEST(Visit, SeesWhatTheDatabaseSaysOfItself) {
  const auto observation = visitOf(targetOf(local()));
  const auto facts = factsOf(observation);
  EXPECT_EQ(std::to_string(facts.systemIdentifier.value.value_or(0)) + "\n",
            sql(local(), "postgres", "SELECT system_identifier FROM pg_control_system()"));
  EXPECT_EQ(std::to_string(facts.databaseOid) + "\n",
            sql(local(), "postgres", "SELECT oid FROM pg_database WHERE datname = 'TovPlay'"));
  EXPECT_EQ(facts.databaseName, "TovPlay");
  EXPECT_EQ(facts.serverVersion,
            sql(local(), "postgres", "SELECT split_part(current_setting('server_version'), ' ', 1)")
                .substr(0, facts.serverVersion.size()));
  EXPECT_TRUE(facts.startedAt);
  EXPECT_FALSE(facts.inRecovery);
  EXPECT_EQ(facts.serverPort, local().port());
  EXPECT_GT(facts.sizeBytes.value.value_or(0), 1'000'000);
  EXPECT_EQ(facts.role, "postgres");
  EXPECT_TRUE(facts.canInsertUsers.value.value_or(false));
}

TEST(Visit, CountsUsersAndTellsTheNewest) {
  const auto observation = visitOf(targetOf(local()));
  const auto users = factsOf(observation).users;
  ASSERT_TRUE(users);
  EXPECT_EQ(users->relation, "public.\"User\"");
  EXPECT_EQ(users->count.value, 22);
  EXPECT_EQ(users->kind, CountKind::exact);
  ASSERT_TRUE(users->newestAt) << users->newestAt.reason;
  EXPECT_EQ(topology::toIso8601(*users->newestAt), "2026-01-23T00:00:00.000Z");
}

TEST(Visit, ListsTablesAndTriggersAndWhichProtect) {
  const auto observation = visitOf(targetOf(local()));
  const auto facts = factsOf(observation);
  EXPECT_EQ(facts.tables.value,
            (std::vector<std::string>{"public.\"User\"", "public.audit_log", "public.games", "public.sessions"}));
  ASSERT_TRUE(facts.triggers);
  ASSERT_EQ(facts.triggers->size(), 3u);
  const auto trigger = [&](const std::string& name) {
    return *std::ranges::find(*facts.triggers, name, &topology::Trigger::name);
  };
  EXPECT_EQ(trigger("keep_users"),
            (topology::Trigger{"public.\"User\"", "keep_users", "BEFORE", {"DELETE"}, true, true}));
  EXPECT_EQ(trigger("keep_games"),
            (topology::Trigger{"public.games", "keep_games", "BEFORE", {"TRUNCATE"}, true, true}));
  EXPECT_EQ(trigger("touch"),
            (topology::Trigger{"public.sessions", "touch", "AFTER", {"INSERT", "UPDATE"}, false, false}));
}

TEST(Visit, SeesEventTriggers) {
  sql(local(), "postgres", "CREATE DATABASE events");
  sql(local(), "events",
      "CREATE FUNCTION no_drop() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;"
      "CREATE EVENT TRIGGER no_drop ON sql_drop EXECUTE FUNCTION no_drop()");
  const auto observation = visitOf(targetOf(local(), "events"));
  ASSERT_TRUE(factsOf(observation).triggers);
  EXPECT_EQ(observation.facts->triggers->at(0), (topology::Trigger{"", "no_drop", "ON", {"sql_drop"}, true, true}));
}

TEST(Visit, SeesWhoIsConnectedAndLeavesItselfOut) {
  std::vector<std::unique_ptr<process::ChildProcess>> clients;
  for (int i = 0; i < 2; ++i) {
    auto client = process::ChildProcess::start({demo::findPostgresPrograms() / "psql",
                                                {"-Xq", local().url("TovPlay")},
                                                {{"PGAPPNAME", "production-backend"}},
                                                {}},
                                               {.keepInputOpen = true});
    ASSERT_TRUE(client);
    clients.push_back(std::move(*client));
  }
  const std::vector<topology::ClientGroup> expected{{"127.0.0.1", "production-backend", "postgres", 2}};
  topology::Clients seen;
  for (int attempt = 0; attempt < 50 && seen.groups != expected; ++attempt) {
    const auto observation = visitOf(targetOf(local()));
    ASSERT_TRUE(factsOf(observation).clients);
    seen = *observation.facts->clients;
  }
  EXPECT_EQ(seen.groups, expected);
  EXPECT_EQ(seen.hidden, 0);
}

TEST(Visit, SessionsThatTheRoleMayNotSeeAreCountedAsHidden) {
  sql(local(), "TovPlay", "CREATE ROLE shortsighted LOGIN PASSWORD 'pw'");
  auto client = process::ChildProcess::start(
      {demo::findPostgresPrograms() / "psql", {"-Xq", local().url("TovPlay")}, {}, {}}, {.keepInputOpen = true});
  ASSERT_TRUE(client);
  int hidden = 0;
  for (int attempt = 0; attempt < 50 && hidden == 0; ++attempt)
    hidden = factsOf(visitOf(targetOf(local(), "TovPlay", "shortsighted", "pw")))
                 .clients.value.value_or(topology::Clients{})
                 .hidden;
  EXPECT_GE(hidden, 1);
}

TEST(Visit, ARoleWithoutAnyPrivilegeLeavesTheUsersUnknownAndTheRestCounts) {
  sql(local(), "TovPlay", "CREATE ROLE bystander LOGIN PASSWORD 'b y-stander'");
  const auto observation = visitOf(targetOf(local(), "TovPlay", "bystander", "b y-stander"));
  const auto facts = factsOf(observation);
  EXPECT_TRUE(facts.systemIdentifier);
  ASSERT_TRUE(facts.users);
  EXPECT_FALSE(facts.users->count);
  EXPECT_NE(facts.users->count.reason.find("no privilege"), std::string::npos);
  EXPECT_EQ(facts.canInsertUsers.value, false);
  EXPECT_TRUE(facts.tables);
  EXPECT_TRUE(facts.triggers);
}

TEST(Visit, ControlFunctionsThatWereRevokedLeaveTheIdentifierUnknown) {
  sql(external(), "TovPlay",
      "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC;"
      "CREATE ROLE nocontrol LOGIN PASSWORD 'pw'");
  const auto observation = visitOf(targetOf(external(), "TovPlay", "nocontrol", "pw"));
  const auto facts = factsOf(observation);
  EXPECT_FALSE(facts.systemIdentifier);
  EXPECT_EQ(facts.systemIdentifier.reason, "no privilege on pg_control_system()");
  EXPECT_EQ(facts.databaseName, "TovPlay");
  EXPECT_TRUE(facts.tables);
  sql(external(), "TovPlay", "GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC");
}

TEST(Visit, ALockedRelationGivesAnEstimateThatSaysSo) {
  sql(local(), "postgres", "CREATE DATABASE locked");
  sql(local(), "locked", "CREATE TABLE users AS SELECT generate_series(1, 1000) AS id; ANALYZE users");
  auto locker = process::ChildProcess::start(
      {demo::findPostgresPrograms() / "psql", {"-Xq", local().url("locked")}, {}, {}}, {.keepInputOpen = true});
  ASSERT_TRUE(locker);
  (*locker)->write("BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE;\n");
  std::string held;
  for (int attempt = 0; attempt < 100 && held != "t\n"; ++attempt)
    held =
        sql(local(), "locked", "SELECT EXISTS (SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted)");
  const auto observation = visitOf(targetOf(local(), "locked"));
  ASSERT_TRUE(factsOf(observation).users);
  const auto& users = *observation.facts->users;
  EXPECT_EQ(users.kind, CountKind::estimate);
  EXPECT_EQ(users.count.value, 1000);
  EXPECT_NE(users.count.reason.find("locked"), std::string::npos) << users.count.reason;
  EXPECT_TRUE(users.estimatedAt);
  EXPECT_TRUE(observation.facts->tables);
}

TEST(Visit, RowLevelSecurityMakesACountVisibleOnly) {
  sql(local(), "postgres", "CREATE DATABASE secured");
  sql(local(), "secured",
      "CREATE TABLE users AS SELECT generate_series(1, 10) AS id;"
      "ALTER TABLE users ENABLE ROW LEVEL SECURITY;"
      "CREATE POLICY few ON users USING (id <= 3);"
      "CREATE ROLE limited LOGIN PASSWORD 'pw'; GRANT SELECT ON users TO limited");
  const auto observation = visitOf(targetOf(local(), "secured", "limited", "pw"));
  ASSERT_TRUE(factsOf(observation).users);
  EXPECT_EQ(observation.facts->users->kind, CountKind::visibleOnly);
  EXPECT_EQ(observation.facts->users->count.value, 3);
}

TEST(Visit, AmbiguousAndMissingUsersRelationsAreUnknownWithTheReason) {
  sql(local(), "postgres", "CREATE DATABASE twofold; ");
  sql(local(), "twofold",
      "CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE a.users (id int); CREATE TABLE b.users (id int)");
  const auto two = visitOf(targetOf(local(), "twofold"));
  EXPECT_FALSE(factsOf(two).users);
  EXPECT_NE(two.facts->users.reason.find("ambiguous"), std::string::npos);
  const auto none = visitOf(targetOf(local(), "postgres"));
  EXPECT_FALSE(factsOf(none).users);
  auto named = targetOf(local(), "twofold");
  named.usersRelation = "b.users";
  EXPECT_EQ(visitOf(named).facts->users.value->relation, "b.users");
  named.usersRelation = "nowhere.users";
  EXPECT_NE(visitOf(named).facts->users.reason.find("nowhere.users does not exist"), std::string::npos);
}

TEST(Visit, ANameThatNeedsQuotingIsCounted) {
  sql(local(), "postgres", "CREATE DATABASE quoted");
  sql(local(), "quoted",
      R"(CREATE SCHEMA "My ""Schema"; CREATE TABLE "My ""Schema"."the users; --" AS SELECT 1 AS id)");
  auto target = targetOf(local(), "quoted");
  target.usersRelation = R"("My ""Schema"."the users; --")";
  EXPECT_EQ(visitOf(target).facts->users.value->count.value, 1);
}

TEST(Visit, NamesThatAreNoUtf8LeaveTheTablesUnknownAndTheRestCounts) {
  sql(local(), "postgres", "CREATE DATABASE bytes ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
  sql(local(), "bytes",
      "SET client_encoding = SQL_ASCII; CREATE TABLE \"gr\xfc\xdf"
      "e\" (id int); CREATE TABLE users AS SELECT 1 AS id");
  const auto observation = visitOf(targetOf(local(), "bytes"));
  EXPECT_FALSE(factsOf(observation).tables);
  EXPECT_NE(factsOf(observation).tables.reason.find("encoding"), std::string::npos) << observation.facts->tables.reason;
  EXPECT_TRUE(factsOf(observation).triggers);
  EXPECT_EQ(observation.facts->users->count.value, 1);
}

TEST(Visit, AHostileSearchPathIsNotFollowed) {
  sql(local(), "postgres", "CREATE DATABASE hostile");
  sql(local(), "hostile", R"sql(
    CREATE TABLE called (what text);
    CREATE FUNCTION public.pg_try_advisory_xact_lock(bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true';
    CREATE FUNCTION public.count(anyelement) RETURNS bigint LANGUAGE sql AS 'SELECT 4711::bigint';
    CREATE FUNCTION public.current_database() RETURNS name LANGUAGE sql AS $$SELECT 'elsewhere'::name$$;
    CREATE TABLE users AS SELECT generate_series(1, 5) AS id;
    CREATE ROLE victim LOGIN PASSWORD 'pw';
    GRANT SELECT ON users TO victim;
    ALTER ROLE victim SET search_path = public, pg_catalog)sql");
  const auto snapshot = snapshotOf({targetOf(local(), "hostile", "victim", "pw"), targetOf(local(), "hostile")});
  ASSERT_EQ(snapshot.databases.size(), 1u);
  EXPECT_EQ(snapshot.databases[0].name, "hostile");
  EXPECT_EQ(snapshot.databases[0].users->count.value, 5);
}

} // namespace
} // namespace whichbase
