// What cannot be read is told, and never called equal, missing or extra. And where sequences stand.
#include "compare_fixture.h"
#include "everything.h"

#include <algorithm>
#include <thread>

namespace whichbase::test {

using namespace compare;

namespace {

Endpoint asRole(const std::string& database, const std::string& role) {
  return endpointOf(database, shared(), role, "secret");
}

std::string newRole() {
  static int number = 0;
  const std::string role = "limited" + std::to_string(++number);
  sql("postgres", "CREATE ROLE " + role + " LOGIN PASSWORD 'secret'");
  return role;
}

constexpr const char* users = "CREATE TABLE public.users (id bigserial PRIMARY KEY, name text);";

} // namespace

TEST(Limits, ARoleWithoutPrivilegesReadsAllButWhereSequencesStand) {
  const std::string database = newDatabase(everything);
  const Schema limited = schemaOf(asRole(database, newRole()));
  EXPECT_EQ(limited.objects, schemaOf(database).objects);
  const auto comparison = compareSchemas(schemaOf(database), limited, "A", "B");
  EXPECT_TRUE(comparison.differences.empty());
  EXPECT_FALSE(comparison.equal());
  EXPECT_EQ(told(comparison),
            "not compared: B: where public.orders_id_seq stands: no privilege on public.orders_id_seq\n"
            "not compared: B: where public.users_id_seq stands: no privilege on public.users_id_seq\n");
}

TEST(Limits, ACatalogThatMayNotBeReadLeavesItsKindUnknown) {
  const std::string database = newDatabase(everything);
  const std::string role = newRole();
  sql(database, "REVOKE SELECT ON pg_catalog.pg_policy FROM PUBLIC");
  const Schema limited = schemaOf(asRole(database, role));
  EXPECT_EQ(limited.unreadKinds, std::vector<ObjectKind>{ObjectKind::policy});
  const auto comparison = compareSchemas(schemaOf(database), limited, "A", "B");
  EXPECT_TRUE(comparison.differences.empty()) << told(comparison);
  EXPECT_TRUE(told(comparison).find("B: policies: ") != std::string::npos) << told(comparison);
}

TEST(Limits, AnotherDatabaseThanTheOneMeantIsRefused) {
  Endpoint endpoint = endpointOf(newDatabase());
  endpoint.systemIdentifier = 1;
  probe::Connector connector({});
  const auto schema = readSchema(endpoint, connector, pg::Clock::now() + std::chrono::seconds(30));
  ASSERT_FALSE(schema);
  EXPECT_TRUE(schema.error().text.find("led to another database") != std::string::npos) << schema.error().text;
}

TEST(Limits, TablesThatComeAndGoMeanwhileHarmNothing) {
  const std::string database = newDatabase(everything);
  const std::string before = told(compareSchemas(schemaOf(database), Schema{}, "A", "B"));
  std::jthread churn([&](const std::stop_token& stop) {
    while (!stop.stop_requested())
      sql(database,
          "CREATE TABLE public.fleeting (id serial PRIMARY KEY, a text DEFAULT 'x' CHECK (a <> 'b')); CREATE VIEW "
          "public.fleeting_view AS SELECT * FROM public.fleeting; DROP VIEW public.fleeting_view; DROP TABLE "
          "public.fleeting");
  });
  for (int round = 0; round < 20; ++round) {
    Schema schema = schemaOf(database);
    // A position of a sequence that was listed and is gone is unknown, and no more.
    std::erase_if(schema.unread, [](const std::string& text) { return text.find("fleeting") != std::string::npos; });
    EXPECT_EQ(schema.unread, std::vector<std::string>{});
    std::erase_if(schema.objects,
                  [](const Object& o) { return (o.name + o.table).find("fleeting") != std::string::npos; });
    schema.sequences.clear();
    EXPECT_EQ(told(compareSchemas(schema, Schema{}, "A", "B")), before);
  }
}

TEST(Sequences, OneThatWasNotMovedIsWarnedOf) {
  const std::string a =
      newDatabase(users + std::string("INSERT INTO public.users (name) SELECT 'x' FROM generate_series(1, 22)"));
  const std::string b =
      newDatabase(users + std::string("INSERT INTO public.users SELECT i, 'x' FROM generate_series(1, 22) i"));
  EXPECT_EQ(told(a, b),
            "different sequence public.users_id_seq of public.users\n"
            "warning: In B, the next insert into public.users fails: its sequence gives 1, its greatest id is 22.\n");
  sql(b, "SELECT setval('public.users_id_seq', 22)");
  EXPECT_EQ(told(a, b), "");
}

TEST(Sequences, StandingElsewhereIsNoDifferenceWhereItEndangersNothing) {
  const std::string a = newDatabase(users), b = newDatabase(users);
  sql(b, "SELECT setval('public.users_id_seq', 1000)");
  const auto comparison = compareSchemas(schemaOf(a), schemaOf(b), "A", "B");
  EXPECT_TRUE(comparison.equal());
  EXPECT_EQ(told(comparison), "note: public.users_id_seq gives 1 next in A and 1001 in B.\n");
}

TEST(Sequences, BothSidesMayBeInDanger) {
  const std::string text = users + std::string("INSERT INTO public.users VALUES (7, 'x')");
  const auto comparison = compareSchemas(schemaOf(newDatabase(text)), schemaOf(newDatabase(text)), "A", "B");
  EXPECT_TRUE(comparison.equal());
  EXPECT_EQ(
      told(comparison),
      "warning: In A, an insert into public.users will fail before long: its sequence gives 1, its greatest id is 7.\n"
      "warning: In B, an insert into public.users will fail before long: its sequence gives 1, its greatest id is "
      "7.\n");
}

TEST(Sequences, OneThatCountsDownAndOneAtItsEnd) {
  const Schema schema = schemaOf(newDatabase(
      "CREATE TABLE public.down (id int GENERATED BY DEFAULT AS IDENTITY (INCREMENT -1) UNIQUE);"
      "INSERT INTO public.down VALUES (-5);"
      "CREATE TABLE public.done (id bigserial UNIQUE); SELECT setval('public.done_id_seq', 9223372036854775807)"));
  ASSERT_EQ(schema.sequences.size(), 2U);
  EXPECT_FALSE(schema.sequences[0].next);
  EXPECT_EQ(schema.sequences[1].next, topology::Known<std::int64_t>::of(-1));
  EXPECT_TRUE(schema.sequences[1].standsBehind());
}

TEST(Recorded, ASnapshotsTablesAndTriggersAreAllThatIsCompared) {
  topology::Database database;
  database.id = "A";
  database.tables = topology::Known<std::vector<std::string>>::of({"public.orders", "public.users"});
  database.triggers = topology::Known<std::vector<topology::Trigger>>::of(
      {{"public.users", "Protect", "BEFORE", {"DELETE", "TRUNCATE"}, true, true},
       {"public.users", "watch", "AFTER", {"INSERT", "UPDATE"}, true, false}});
  const auto recorded = compare::schemaOf(database, topology::now());
  ASSERT_TRUE(recorded);
  const Schema live = schemaOf(newDatabase(R"sql(
CREATE TABLE public.users (a int PRIMARY KEY); CREATE TABLE public.more (); CREATE VIEW public.v AS SELECT 1;
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN END$$;
CREATE TRIGGER "Protect" BEFORE DELETE OR TRUNCATE ON public.users EXECUTE FUNCTION public.f();
CREATE TRIGGER watch AFTER INSERT OR UPDATE OF a ON public.users EXECUTE FUNCTION public.f();
ALTER TABLE public.users DISABLE TRIGGER watch;)sql"));
  EXPECT_EQ(told(compareSchemas(*recorded, live, "A", "B")),
            "extra table public.more\nmissing table public.orders\ndifferent trigger watch of public.users\n"
            "not compared: of A a recording tells only the tables and the triggers\n");
}

TEST(Recorded, AnInventoryComesBackFromItsFile) {
  const Schema schema = schemaOf(newDatabase(everything));
  const auto back = schemaFromJson(toJson(schema));
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(*back, schema);
}

TEST(Recorded, WhatIsNoInventoryIsRefusedWithThePlace) {
  EXPECT_TRUE(schemaFromJson("{").error().text.starts_with("this is not JSON"));
  EXPECT_TRUE(schemaFromJson(R"({"format": "whichbase/snapshot"})").error().text.find("no inventory") !=
              std::string::npos);
  const auto problem =
      schemaFromJson(R"({"format": "whichbase/schema", "version": 1, "read_at": "2026-01-01T00:00:00.000Z",
                         "objects": [{"kind": "tabel", "name": "x"}]})")
          .error();
  EXPECT_TRUE(problem.text.find("objects[0].kind") != std::string::npos) << problem.text;
}

} // namespace whichbase::test
