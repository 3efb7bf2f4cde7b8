// What changes a pulse's fingerprint of the catalog, and what does not.
#include "asked.h"

namespace whichbase::test {
namespace {

// Before and after `text` ran in the incident's database.
struct Change {
  std::string before, after;
};

std::string catalog() {
  return pulseOf(*sessionOf(pulseCluster()), usersQuestion(false)).catalog;
}

Change changeBy(const std::string& text) {
  Change change{catalog(), {}};
  sql(pulseCluster(), text);
  change.after = catalog();
  return change;
}

void expectChanged(const std::string& text) {
  const auto change = changeBy(text);
  EXPECT_NE(change.before, change.after) << text;
}

void expectUnchanged(const std::string& text) {
  const auto change = changeBy(text);
  EXPECT_EQ(change.before, change.after) << text;
}

TEST(Catalog, ChangesWithTables) {
  expectChanged("CREATE TABLE extra (id int)");
  expectChanged("ALTER TABLE extra RENAME TO spare");
  expectChanged("CREATE SCHEMA attic; ALTER TABLE spare SET SCHEMA attic");
  expectChanged("ALTER SCHEMA attic RENAME TO cellar");
  expectChanged("DROP SCHEMA cellar CASCADE");
  expectChanged("DROP TABLE games; CREATE TABLE games (id bigint PRIMARY KEY); "
                "CREATE TRIGGER keep_games BEFORE TRUNCATE ON games EXECUTE FUNCTION forbid()");
}

TEST(Catalog, ChangesWithTriggers) {
  expectChanged("CREATE TRIGGER keep_users BEFORE DELETE ON public.\"User\" FOR EACH ROW EXECUTE FUNCTION forbid()");
  expectChanged("ALTER TABLE public.\"User\" DISABLE TRIGGER keep_users");
  expectChanged("ALTER TABLE public.\"User\" ENABLE TRIGGER keep_users");
  expectChanged("ALTER TRIGGER keep_users ON public.\"User\" RENAME TO keep_all_users");
  expectChanged("DROP TRIGGER keep_all_users ON public.\"User\"");
}

TEST(Catalog, ChangesWithEventTriggers) {
  sql(pulseCluster(), "CREATE FUNCTION watch_drops() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$");
  expectChanged("CREATE EVENT TRIGGER drops ON sql_drop EXECUTE FUNCTION watch_drops()");
  expectChanged("ALTER EVENT TRIGGER drops DISABLE");
  expectChanged("DROP EVENT TRIGGER drops");
}

TEST(Catalog, ChangesWithTheUsersRelation) {
  expectChanged("ALTER TABLE public.\"User\" ADD COLUMN note text");
  expectChanged("ALTER TABLE public.\"User\" DROP COLUMN note");
  expectChanged("GRANT DELETE ON public.\"User\" TO reader");
  expectChanged("REVOKE DELETE ON public.\"User\" FROM reader");
  expectChanged("ALTER TABLE public.\"User\" ENABLE ROW LEVEL SECURITY");
  expectChanged("ALTER TABLE public.\"User\" DISABLE ROW LEVEL SECURITY");
  expectChanged("CREATE TABLE kept AS SELECT * FROM public.\"User\"; TRUNCATE public.\"User\"; "
                "INSERT INTO public.\"User\" SELECT * FROM kept; DROP TABLE kept");
}

TEST(Catalog, StandsStillUnderOrdinaryWork) {
  expectUnchanged(
      "INSERT INTO games SELECT generate_series(1000, 2000); UPDATE games SET id = id + 5000; DELETE FROM games");
  expectUnchanged("ANALYZE");
  expectUnchanged("VACUUM");
  expectUnchanged("UPDATE public.\"User\" SET email = email; ANALYZE public.\"User\"");
  expectUnchanged("CREATE TEMP TABLE scratch (id int); SELECT count(*) FROM scratch");
  expectUnchanged("CREATE INDEX ON games (id); DROP INDEX games_id_idx");
}

TEST(Catalog, DoesNotSeeTemporaryTablesThatStay) {
  const auto application = sessionOf(pulseCluster());
  const std::string before = catalog();
  pg::Rows rows;
  pg::SqlError error;
  ASSERT_TRUE(application->query("CREATE TEMP TABLE scratch (id int); CREATE TRIGGER t BEFORE TRUNCATE ON scratch "
                                 "EXECUTE FUNCTION forbid()",
                                 soon(), rows, error))
      << error.text;
  EXPECT_EQ(catalog(), before);
}

TEST(Catalog, IsTheSameForEveryRole) {
  EXPECT_EQ(pulseOf(*sessionOf(pulseCluster().port(), "TovPlay", "reader", "pw"), usersQuestion(false)).catalog,
            catalog());
}

} // namespace
} // namespace whichbase::test
