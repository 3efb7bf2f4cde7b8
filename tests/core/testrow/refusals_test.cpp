#include "test_row_fixture.h"

#include <fmt/format.h>

namespace whichbase::test {
namespace {

class RefusedTestRow : public TestRow {
protected:
  // The plan is refused, says why, and nothing is written even where somebody insists.
  void expectRefused(const Participants& all, bool ownTable, const std::string& why) {
    const auto made = ownTable ? plan(all) : usersPlan(all);
    EXPECT_TRUE(holds(joined(made.refusals), why)) << joined(made.refusals);
    const auto result = write(made, all);
    EXPECT_TRUE(result.refused);
    EXPECT_FALSE(result.inserted);
    EXPECT_EQ(entries(), 0U);
  }
  void expectUsersRefused(const std::string& more, const std::string& why) {
    const std::string database = newDatabase(usersTable + more);
    expectRefused({participant("Backend", database)}, false, why);
    expectNothingLeft(database);
  }
  void expectOwnTableRefused(const std::string& text, const std::string& why) {
    const std::string database = newDatabase(text);
    expectRefused({participant("Backend", database)}, true, why);
  }
};

constexpr const char* refuseFunction = "CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS "
                                       "$$BEGIN RAISE EXCEPTION 'protected'; END$$;";
constexpr const char* refuseEvent = "CREATE FUNCTION public.refuse() RETURNS event_trigger LANGUAGE plpgsql AS "
                                    "$$BEGIN RAISE EXCEPTION 'protected'; END$$;";

TEST_F(RefusedTestRow, ARoleThatMayInsertButNotDeleteWritesNothing) {
  const std::string role = newRole();
  const std::string database =
      newDatabase(fmt::format("{}GRANT INSERT, SELECT ON public.users TO {};", usersTable, role));
  expectRefused({participant("Backend", database, role)}, false, "may not DELETE from public.users");
  expectNothingLeft(database);
  EXPECT_EQ(sql(database, "SELECT last_value, is_called FROM public.users_id_seq"), "1|f\n"); // not even tried
}

TEST_F(RefusedTestRow, ARoleThatMayNotReadTheRowAgainWritesNothing) {
  const std::string role = newRole();
  const std::string database =
      newDatabase(fmt::format("{}GRANT INSERT, DELETE ON public.users TO {};", usersTable, role));
  expectRefused({participant("Backend", database, role)}, false, "may not SELECT");
}

TEST_F(RefusedTestRow, AProtectionTriggerIsFoundBeforeTheInsert) {
  expectUsersRefused(std::string(refuseFunction) +
                         "CREATE TRIGGER protect_users BEFORE DELETE OR TRUNCATE ON public.users FOR EACH STATEMENT "
                         "EXECUTE FUNCTION public.refuse();",
                     "protect_users on public.users fires on DELETE");
}

TEST_F(RefusedTestRow, AnyTriggerThatFiresOnDeleteMayForbidIt) {
  for (const char* trigger :
       {"BEFORE DELETE ON public.users FOR EACH ROW", "AFTER DELETE ON public.users FOR EACH ROW"})
    expectUsersRefused(
        fmt::format("{}CREATE TRIGGER look {} EXECUTE FUNCTION public.refuse();", refuseFunction, trigger),
        "look on public.users");
  expectUsersRefused(
      std::string(refuseFunction) +
          "CREATE CONSTRAINT TRIGGER late AFTER DELETE ON public.users DEFERRABLE INITIALLY DEFERRED FOR "
          "EACH ROW EXECUTE FUNCTION public.refuse(); ALTER TABLE public.users ENABLE ALWAYS TRIGGER "
          "late;",
      "late on public.users");
}

TEST_F(RefusedTestRow, ATriggerThatIsDisabledForbidsNothing) {
  const std::string database =
      newDatabase(std::string(usersTable) + refuseFunction +
                  "CREATE TRIGGER off BEFORE DELETE ON public.users FOR EACH ROW EXECUTE FUNCTION public.refuse();"
                  "ALTER TABLE public.users DISABLE TRIGGER off;"
                  "CREATE TRIGGER applied BEFORE DELETE ON public.users FOR EACH ROW EXECUTE FUNCTION public.refuse();"
                  "ALTER TABLE public.users ENABLE REPLICA TRIGGER applied;");
  const Participants all{participant("Backend", database)};
  const auto made = usersPlan(all);
  EXPECT_TRUE(made.refusals.empty()) << joined(made.refusals);
  EXPECT_TRUE(write(made, all).verification.everyoneSees);
}

TEST_F(RefusedTestRow, ATriggerOfAPartitionCountsToo) {
  const std::string database = newDatabase(
      std::string("CREATE TABLE public.users (id int GENERATED ALWAYS AS IDENTITY, email text NOT NULL) PARTITION BY "
                  "HASH (email); CREATE TABLE public.users_0 PARTITION OF public.users FOR VALUES WITH (MODULUS 1, "
                  "REMAINDER 0);") +
      refuseFunction +
      "CREATE TRIGGER keep BEFORE DELETE ON public.users_0 FOR EACH ROW EXECUTE FUNCTION public.refuse();");
  expectRefused({participant("Backend", database)}, false, "keep on public.users_0");
}

TEST_F(RefusedTestRow, ARuleOnDeleteIsNoDeletion) {
  expectUsersRefused("CREATE RULE stay AS ON DELETE TO public.users DO INSTEAD NOTHING;", "stay (DELETE)");
}

TEST_F(RefusedTestRow, WhereRowsAreHiddenTheDeletionIsNotProven) {
  const std::string role = newRole();
  const std::string database = newDatabase(fmt::format(
      "{}GRANT ALL ON public.users TO {}; ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;", usersTable, role));
  expectRefused({participant("Backend", database, role)}, false, "Row-level security");
}

TEST_F(RefusedTestRow, WhatATriggerWritesMayHoldTheRow) {
  expectUsersRefused("CREATE TABLE public.profiles (user_id bigint NOT NULL REFERENCES public.users);"
                     "CREATE FUNCTION public.profile() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO "
                     "public.profiles VALUES (NEW.id); RETURN NEW; END$$;"
                     "CREATE TRIGGER welcome AFTER INSERT ON public.users FOR EACH ROW EXECUTE FUNCTION "
                     "public.profile();",
                     "profiles_user_id_fkey of public.profiles");
}

TEST_F(RefusedTestRow, ASubscriberThatIsNotToldOfDeletionsWouldKeepTheRow) {
  expectUsersRefused("CREATE PUBLICATION grows FOR TABLE public.users WITH (publish = 'insert');",
                     "The publication grows publishes what is inserted");
  expectUsersRefused("ALTER TABLE public.users REPLICA IDENTITY NOTHING; CREATE PUBLICATION all_of_it FOR ALL TABLES;",
                     "all_of_it publishes deletions of public.users, which has no replica identity");
}

TEST_F(RefusedTestRow, AViewOfUsersTakesNoRow) {
  const std::string database =
      newDatabase("CREATE TABLE public.people (email text); CREATE VIEW public.users AS SELECT "
                  "email FROM public.people;");
  expectRefused({participant("Backend", database)}, false, "is a view");
}

TEST_F(RefusedTestRow, ATableWithoutATextCannotHoldTheToken) {
  const std::string database = newDatabase("CREATE TABLE public.users (id int PRIMARY KEY, code varchar(8) NOT NULL);");
  expectRefused({participant("Backend", database)}, false, "can hold a text");
}

TEST_F(RefusedTestRow, AnEventTriggerMayForbidTheDrop) {
  expectOwnTableRefused(std::string(refuseEvent) +
                            "CREATE EVENT TRIGGER keep ON sql_drop EXECUTE FUNCTION public.refuse();",
                        "the event trigger keep fires on sql_drop");
  expectOwnTableRefused(std::string(refuseEvent) + "CREATE EVENT TRIGGER keep ON ddl_command_start WHEN TAG IN ('DROP "
                                                   "TABLE') EXECUTE FUNCTION public.refuse();",
                        "the event trigger keep fires on ddl_command_start");
}

TEST_F(RefusedTestRow, ANewTableThatSubscribersDoNotHaveWouldStopTheirReplication) {
  const auto cluster = newCluster({.settings = {{"wal_level", "logical"}}});
  sql(*cluster, "postgres", std::string(usersTable) + "CREATE PUBLICATION everything FOR ALL TABLES;");
  const Participants all{participant("Backend", *cluster, "postgres")};
  auto made = plan(all);
  EXPECT_TRUE(made.refusals.empty()) << joined(made.refusals); // nobody subscribes
  EXPECT_TRUE(holds(joined(made.warnings), "The publication everything publishes the row")) << joined(made.warnings);
  sql(*cluster, "postgres", "SELECT pg_create_logical_replication_slot('subscriber', 'pgoutput')");
  expectRefused(all, true, "their replication would stop");
  made = usersPlan(all);
  EXPECT_TRUE(made.refusals.empty()) << joined(made.refusals);
  EXPECT_TRUE(holds(joined(made.warnings), "everything replicates the row and its deletion")) << joined(made.warnings);
}

TEST_F(RefusedTestRow, ATableOfSomebodyElseStaysUntouched) {
  const std::string database = newDatabase("CREATE TABLE public.whichbase_canary (token text); "
                                           "INSERT INTO public.whichbase_canary VALUES ('mine');");
  const Participants all{participant("Backend", database)};
  expectRefused(all, true, "belongs to postgres and is not Whichbase's");
  EXPECT_TRUE(clean(all).empty());
  EXPECT_EQ(sql(database, "SELECT token FROM public.whichbase_canary"), "mine\n");
}

TEST_F(RefusedTestRow, ASessionThatOnlyReadsIsRefused) {
  const std::string role = newRole();
  const std::string database = newDatabase(usersTable);
  sql("postgres", fmt::format("ALTER ROLE {} SET default_transaction_read_only = on", role));
  EXPECT_TRUE(holds(whyNoPlan({participant("Backend", database, role)}), "no server's connection can write"));
  verify::TestRowWish wish;
  wish.writer = "Backend";
  const auto made = plan({participant("Backend", database, role)}, wish);
  EXPECT_TRUE(holds(joined(made.refusals), "read-only")) << joined(made.refusals);
}

TEST_F(RefusedTestRow, ARoleThatMayCreateNowhereIsToldSo) {
  const std::string role = newRole();
  const std::string database = newDatabase();
  expectRefused({participant("Backend", database, role)}, true, "create a table in no schema");
}

TEST_F(RefusedTestRow, ARoleThatCannotUseTheSchemaCouldNotSeeTheTable) {
  const std::string writer = newRole();
  const std::string reader = newRole();
  const std::string database = newDatabase(fmt::format("CREATE SCHEMA shop AUTHORIZATION {};", writer));
  expectRefused({participant("Backend", database, writer), participant("Dashboard", database, reader)}, true,
                reader + " may not use the schema shop");
}

TEST_F(RefusedTestRow, WhatHasChangedSinceThePlanWasShownIsNotDone) {
  const std::string database = newDatabase(usersTable);
  const Participants all{participant("Backend", database)};
  const auto made = usersPlan(all);
  EXPECT_TRUE(made.refusals.empty()) << joined(made.refusals);
  sql(database, "CREATE FUNCTION public.mail() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;"
                "CREATE TRIGGER welcome AFTER INSERT ON public.users FOR EACH ROW EXECUTE FUNCTION public.mail();");
  const auto result = write(made, all);
  EXPECT_TRUE(result.refused && !result.inserted);
  EXPECT_TRUE(holds(joined(result.problems), "has changed since this was planned")) << joined(result.problems);
  expectNothingLeft(database);
}

TEST_F(RefusedTestRow, TriggersOnInsertAreListed) {
  const std::string database = newDatabase(
      std::string(usersTable) +
      "CREATE FUNCTION public.mail() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;"
      "CREATE TRIGGER welcome AFTER INSERT ON public.users FOR EACH ROW EXECUTE FUNCTION public.mail();"
      "CREATE TRIGGER applied AFTER INSERT ON public.users FOR EACH ROW EXECUTE FUNCTION public.mail();"
      "ALTER TABLE public.users ENABLE REPLICA TRIGGER applied;"
      "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON public.users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE "
      "FUNCTION public.mail();");
  const Participants all{participant("Backend", database)};
  const auto made = usersPlan(all);
  const std::string warnings = joined(made.warnings);
  EXPECT_TRUE(holds(warnings, "The trigger welcome on public.users fires on the INSERT: it may send a mail"))
      << warnings;
  EXPECT_TRUE(holds(warnings, "The trigger applied on public.users fires on INSERT where replication")) << warnings;
  EXPECT_TRUE(holds(warnings, "constraint trigger late")) << warnings;
  EXPECT_TRUE(holds(verify::toText(made), "welcome"));
  EXPECT_TRUE(write(made, all).verification.everyoneSees);
  expectNothingLeft(database);
}

} // namespace
} // namespace whichbase::test
