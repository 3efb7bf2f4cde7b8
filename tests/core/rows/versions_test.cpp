// Two major versions of PostgreSQL, where this computer has them.
#include "rows_fixture.h"

#include <fmt/format.h>

namespace whichbase {
namespace {

using namespace test;

TEST(Versions, OfTwoMajorsGiveTheSameHashes) {
  const auto programs = demo::findOtherPostgresPrograms();
  if (programs.empty())
    GTEST_SKIP()
        << "only one major version of PostgreSQL is installed; WHICHBASE_OTHER_POSTGRES may name the folder of "
           "another one's programs";
  demo::ClusterOptions options;
  options.programs = programs;
  const auto other = newCluster(options);
  const std::string table =
      "CREATE TABLE t (id uuid PRIMARY KEY, a bigint, b text, c double precision, d timestamptz, e boolean, f numeric, "
      "g "
      "jsonb, h float4[], i interval, j bytea, k date, l inet, m time, n money);"
      "INSERT INTO t SELECT md5(i::text)::uuid, i * 5000000000, 'Größe ' || i, i / 7.0, '2026-01-01'::timestamptz + i "
      "* "
      "interval '1 hour', i % 2 = 0, i / 100.0, jsonb_build_object('i', i / 3.0, 'n', null), ARRAY[i / 7.0, 'NaN'], i "
      "* "
      "interval '1 minute', decode(md5(i::text), 'hex'), '2026-01-01'::date + i, '203.0.113.0'::inet + i % 200, "
      "'10:00'::time + i * interval '1 second', (i / 8.0)::numeric::money FROM generate_series(1, 20000) i;";
  const auto a = newDatabase(table);
  sql(*other, "postgres", table + "UPDATE t SET f = -f WHERE a = 35000000000; DELETE FROM t WHERE a = 40000000000");
  compare::RowsRequest request;
  request.relation = "t";
  request.keys = 3;
  const auto result = compared(endpointOf(shared(), a, "A"), endpointOf(*other, "postgres", "B"), request);
  ASSERT_TRUE(result) << problemOf(result);
  EXPECT_EQ(counts(*result), "20000 and 19999 rows: 1 only in A, 0 only in B, 1 different, 19998 equal");
  EXPECT_TRUE(result->method.starts_with("hashes of key ranges, PostgreSQL ")) << result->method;
  ASSERT_EQ(result->namedDifferent.size(), 1U);
  EXPECT_EQ(result->namedDifferent[0].differsIn, std::vector<std::string>{"f"});
}

} // namespace
} // namespace whichbase
