// A database that was dumped and restored elsewhere is the same: the check after a fix.
#include "compare_fixture.h"
#include "everything.h"

#include <algorithm>

namespace whichbase::test {

using namespace compare;

TEST(Restore, ADatabaseThatWasDumpedAndRestoredIsEqual) {
  const std::string database = newDatabase(everything);
  const std::string copy = restored(database, another());
  EXPECT_EQ(told(compareSchemas(schemaOf(database), schemaOf(copy, another()), "A", "B")), "");
}

// Nothing but that the versions differ.
void expectEqual(const Schema& from, const Schema& to) {
  const std::string text = told(compareSchemas(from, to, "A", "B"));
  EXPECT_TRUE(text.starts_with("note: The server's version is ") && std::ranges::count(text, '\n') == 1) << text;
}

// Each major version tells its catalog in its own words.
TEST(Restore, IntoAnotherMajorVersionIsEqual) {
  const auto programs = demo::findOtherPostgresPrograms();
  if (programs.empty())
    GTEST_SKIP() << "only one major version of PostgreSQL is installed; WHICHBASE_OTHER_POSTGRES may name the folder "
                    "of another one's programs";
  auto other = demo::ThrowawayCluster::create({.programs = programs});
  ASSERT_TRUE(other) << other.error().text;
  const std::string database = newDatabase(everything);
  const std::string moved = restored(database, **other);
  expectEqual(schemaOf(database), schemaOf(moved, **other));
  const std::string made = newDatabase(everything, **other);
  expectEqual(schemaOf(made, **other), schemaOf(database));
  sql(moved, "CREATE TABLE public.only_here ()", **other);
  EXPECT_TRUE(told(compareSchemas(schemaOf(database), schemaOf(moved, **other), "A", "B"))
                  .starts_with("extra table public.only_here"));
}

} // namespace whichbase::test
