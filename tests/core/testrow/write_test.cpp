#include "test_row_fixture.h"

#include <algorithm>

namespace whichbase::test {
namespace {

TEST_F(TestRow, EveryServerSeesTheRowOfATableOfItsOwnAndConfirmsItsDeletion) {
  const std::string database = newDatabase();
  const Participants all{participant("Backend", database), participant("Dashboard", database, newRole()),
                         participant("Staging", database)};
  const auto made = plan(all);
  EXPECT_EQ(made.relation, "public.whichbase_canary");
  EXPECT_EQ(made.writer, "Backend");
  EXPECT_TRUE(made.refusals.empty()) << joined(made.refusals);
  EXPECT_TRUE(holds(made.createSql, "GRANT SELECT ON public.whichbase_canary TO role")) << made.createSql;
  const auto result = write(made, all);
  EXPECT_TRUE(result.inserted && result.deleted) << joined(result.problems);
  EXPECT_TRUE(result.verification.everyoneSees) << verify::toText(result);
  EXPECT_EQ(result.problems, std::vector<std::string>{});
  ASSERT_EQ(result.verification.servers.size(), 3U);
  for (const auto& check : result.verification.servers) {
    EXPECT_TRUE(check.saw && check.confirmedDeletion) << check.server;
    EXPECT_GT(check.seenAfterMs.value_or(0), 0) << check.server;
  }
  EXPECT_EQ(entries(), 0U);
  expectNothingLeft(database);
}

TEST_F(TestRow, EveryServerSeesTheRowInTheUsersTable) {
  const std::string database = newDatabase(usersTable);
  const Participants all{participant("Backend", database), participant("Dashboard", database)};
  const auto made = usersPlan(all);
  EXPECT_TRUE(made.isComplete) << joined(made.toFill);
  EXPECT_TRUE(made.refusals.empty()) << joined(made.refusals);
  const auto result = write(made, all);
  EXPECT_TRUE(result.verification.everyoneSees) << verify::toText(result);
  EXPECT_EQ(result.problems, std::vector<std::string>{});
  EXPECT_EQ(entries(), 0U);
  expectNothingLeft(database);
}

TEST_F(TestRow, AServerWhoseRoleMayNotSeeTheRowIsNotCalledApart) {
  const std::string hidden = newRole();
  const std::string barred = newRole();
  const std::string database = newDatabase(
      std::string(usersTable) + "GRANT SELECT ON public.users TO " + hidden +
      "; ALTER TABLE public.users ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON public.users USING (email = 'me');");
  const Participants all{participant("Backend", database), participant("Dashboard", database, hidden),
                         participant("Report", database, barred)};
  const auto made = usersPlan(all);
  EXPECT_TRUE(made.refusals.empty()) << joined(made.refusals); // of a superuser
  EXPECT_TRUE(holds(joined(made.warnings), "Dashboard's role may not read")) << joined(made.warnings);
  m_options.seeWithin = std::chrono::seconds(1);
  const auto result = write(made, all);
  EXPECT_TRUE(result.inserted && result.deleted);
  EXPECT_FALSE(result.verification.everyoneSees || result.provenApart) << verify::toText(result);
  EXPECT_TRUE(holds(result.verification.servers[1].note, "row-level security")) << verify::toText(result);
  EXPECT_TRUE(holds(result.verification.servers[2].note, "may not read")) << verify::toText(result);
}

TEST_F(TestRow, AServerThatReadsAnotherDatabaseDoesNotSeeIt) {
  const std::string database = newDatabase(usersTable);
  const std::string other = newDatabase(usersTable);
  const Participants all{participant("Backend", database), participant("Dashboard", other)};
  for (const bool own : {true, false}) {
    const auto made = own ? plan(all) : usersPlan(all);
    EXPECT_TRUE(holds(joined(made.warnings), "Dashboard is in another database")) << joined(made.warnings);
    const auto result = write(made, all);
    EXPECT_FALSE(result.verification.everyoneSees);
    EXPECT_TRUE(result.provenApart && result.deleted);
    EXPECT_TRUE(result.verification.servers[0].saw);
    EXPECT_FALSE(result.verification.servers[1].saw);
    expectNothingLeft(database);
  }
}

} // namespace
} // namespace whichbase::test
