#include "rows_fixture.h"

#include <fmt/format.h>

namespace whichbase {
namespace {

using namespace test;
using compare::RowsRequest;

constexpr const char* usersTable =
    "CREATE TABLE public.\"User\" (id bigint PRIMARY KEY, email text, seen timestamptz);";

TEST(Rows, OfTheReferenceIncidentAreCounted) {
  const auto users = [](int from, int to) {
    return fmt::format("INSERT INTO public.\"User\" SELECT i, 'user' || i || '@example.org', '2026-01-01'::timestamptz "
                       "FROM generate_series({}, {}) i;",
                       from, to);
  };
  const auto a = newDatabase(usersTable + users(1, 22));
  const auto b = newDatabase(usersTable + users(1, 1));
  RowsRequest request;
  request.keys = 5;
  const auto result = compared(a, b, request);
  EXPECT_EQ(counts(result), "22 and 1 rows: 21 only in A, 0 only in B, 0 different, 1 equal");
  EXPECT_EQ(result.relation, "public.\"User\"");
  EXPECT_EQ(result.keyColumns, std::vector<std::string>{"id"});
  EXPECT_TRUE(result.settled);
  EXPECT_FALSE(result.same());
  EXPECT_EQ(result.namedOnlyInFrom.size(), 5U);
  EXPECT_TRUE(compared(a, a).same());
}

} // namespace
} // namespace whichbase
