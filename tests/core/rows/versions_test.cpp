// Two major versions of PostgreSQL, where this computer has them.
#include "compare/rows_comparison.h"
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
  EXPECT_TRUE(result->method.starts_with("hashes of rows by key, PostgreSQL ")) << result->method;
  ASSERT_EQ(result->namedDifferent.size(), 1U);
  EXPECT_EQ(result->namedDifferent[0].differsIn, std::vector<std::string>{"f"});
}

// Servers whose hash functions are not alike are asked for SHA-256 of texts.
TEST(Versions, WithoutHashesInCommonTheResultIsTheSame) {
  const std::string table = "CREATE TABLE t (id text PRIMARY KEY, a bigint, b float8, c numeric, d uuid, e boolean, f "
                            "timestamptz); INSERT INTO t SELECT 'Größe ' || i, i, i / 3.0, i / 100.0, "
                            "md5(i::text)::uuid, i % 2 = 0, '2026-01-01'::timestamptz + i * interval '1 hour' FROM "
                            "generate_series(1, 7000) i;";
  const auto a = newDatabase(table);
  const auto b = newDatabase(table + "UPDATE t SET c = -c WHERE a = 8; UPDATE t SET c = c + 0.000, b = b + 0 WHERE a > "
                                     "100; DELETE FROM t WHERE a IN (5, 6); UPDATE t SET e = NULL WHERE a = 2");
  compare::RowsRequest request;
  request.relation = "t";
  request.keys = 9;
  probe::Connector connector({});
  const auto deadline = pg::Clock::now() + std::chrono::minutes(2);
  auto from = compare::openRowsSide(endpointOf(shared(), a, "A"), request, connector, deadline);
  auto to = compare::openRowsSide(endpointOf(shared(), b, "B"), request, connector, deadline);
  ASSERT_TRUE(from && to);
  auto plan = compare::planRows(from->facts, to->facts, false, request, "A", "B");
  ASSERT_TRUE(plan);
  const compare::OnRowsProgress silent;
  compare::RowsComparison comparison(std::move(*from), std::move(*to), std::move(*plan), request, deadline, {}, silent);
  const auto result = compare::runComparison(comparison);
  ASSERT_TRUE(result) << problemOf(result);
  EXPECT_EQ(counts(*result), counts(compared(a, b, request)));
  EXPECT_EQ(counts(*result), "7000 and 6998 rows: 2 only in A, 0 only in B, 2 different, 6996 equal");
  EXPECT_TRUE(result->method.starts_with("SHA-256 sums of rows by key")) << result->method;
}

} // namespace
} // namespace whichbase
