// A database that was dumped and restored elsewhere is the same: the check after a fix.
#include "compare_fixture.h"
#include "everything.h"

namespace whichbase::test {

using namespace compare;

TEST(Restore, ADatabaseThatWasDumpedAndRestoredIsEqual) {
  const std::string database = newDatabase(everything);
  const std::string copy = restored(database, another());
  EXPECT_EQ(told(compareSchemas(schemaOf(database), schemaOf(copy, another()), "A", "B")), "");
}

} // namespace whichbase::test
