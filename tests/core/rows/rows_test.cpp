#include "rows_fixture.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace whichbase {
namespace {

using namespace test;
using compare::RowsRequest;

RowsRequest named(const std::string& relation, std::size_t keys = 0) {
  RowsRequest request;
  request.relation = relation;
  request.keys = keys;
  return request;
}

std::string users(int from, int to) {
  return fmt::format(
      "INSERT INTO public.\"User\" SELECT i, 'user' || i || '@example.org' FROM generate_series({}, {}) i;", from, to);
}

constexpr const char* usersTable = "CREATE TABLE public.\"User\" (id bigint PRIMARY KEY, email text);";

TEST(Rows, OfTheReferenceIncidentAreCounted) {
  const auto a = newDatabase(usersTable + users(1, 22));
  const auto b = newDatabase(usersTable + users(1, 1));
  const auto result = compared(a, b, named("", 5));
  EXPECT_EQ(counts(result), "22 and 1 rows: 21 only in A, 0 only in B, 0 different, 1 equal");
  EXPECT_EQ(result.relation, "public.\"User\"");
  EXPECT_EQ(result.keyColumns, std::vector<std::string>{"id"});
  EXPECT_EQ(result.comparedColumns, (std::vector<std::string>{"id", "email"}));
  EXPECT_EQ(result.method,
            "hashes of rows by key, both sides PostgreSQL " + sql("postgres", "SHOW server_version").substr(0, 2));
  EXPECT_TRUE(result.settled);
  EXPECT_FALSE(result.same());
  EXPECT_EQ(result.namedOnlyInFrom.size(), 5U);
  EXPECT_TRUE(compared(a, a).same());
  EXPECT_EQ(counts(compared(b, a)), "1 and 22 rows: 0 only in A, 21 only in B, 0 different, 1 equal");
}

TEST(Rows, ShowOnlyTheValuesThatWereAskedFor) {
  const auto a =
      newDatabase("CREATE TABLE t (id int PRIMARY KEY, name text, secret text, old int); INSERT INTO t VALUES "
                  "(10, 'ten', 'x', 1), (2, 'two', 'y', 1), (3, 'three', 'z', 1), (4, 'four', 'u', 1)");
  const auto b =
      newDatabase("CREATE TABLE t (id int PRIMARY KEY, name text, secret text, fresh int); INSERT INTO t VALUES "
                  "(10, 'TEN', 'x', 1), (2, 'two', 'Y', 1), (3, 'three', 'z', 2), (5, NULL, 'u', 1)");
  auto request = named("t", 10);
  request.shown = {"name", "old"};
  const auto result = compared(a, b, request);
  EXPECT_EQ(counts(result), "4 and 4 rows: 1 only in A, 1 only in B, 2 different, 1 equal");
  EXPECT_EQ(result.fromOnlyColumns, std::vector<std::string>{"old"});
  EXPECT_EQ(result.toOnlyColumns, std::vector<std::string>{"fresh"});
  using compare::NamedRow;
  EXPECT_EQ(result.namedOnlyInFrom, (std::vector<NamedRow>{{{"4"}, {}, {"four", "1"}, {}}}));
  EXPECT_EQ(result.namedOnlyInTo, (std::vector<NamedRow>{{{"5"}, {}, {}, {std::nullopt, std::nullopt}}}));
  EXPECT_EQ(result.namedDifferent, (std::vector<NamedRow>{{{"2"}, {"secret"}, {"two", "1"}, {"two", std::nullopt}},
                                                          {{"10"}, {"name"}, {"ten", "1"}, {"TEN", std::nullopt}}}))
      << "in the order of numbers";
  request.columns = {"name"};
  EXPECT_EQ(counts(compared(a, b, request)), "4 and 4 rows: 1 only in A, 1 only in B, 1 different, 2 equal");
  request.columns = {"fresh"};
  EXPECT_EQ(problemOf(compared(endpointOf(shared(), a, "A"), endpointOf(shared(), b, "B"), request)),
            "public.t has no column fresh in A");
}

TEST(Rows, SettingsOfServerRoleAndDatabaseChangeNothing) {
  const std::string table =
      "CREATE TABLE t (id timestamptz PRIMARY KEY, a float8, b bytea, c interval, d date, e money, "
      "f float8[], g float4, h numeric, i regclass); INSERT INTO t SELECT '2026-01-01'::timestamptz "
      "+ i * interval '7 hours', i / 3.0, decode(md5(i::text), 'hex'), i * interval '1 minute', "
      "'2026-01-01'::date + i, i::numeric::money, ARRAY[i / 7.0, 'NaN'], i / 3.0, i / 8.0, "
      "'pg_class' FROM generate_series(1, 300) i;";
  const auto a = newDatabase(table);
  const auto b = newDatabase(table);
  for (const char* setting : {"DateStyle = 'SQL, DMY'", "TimeZone = 'Asia/Tokyo'", "bytea_output = 'escape'",
                              "extra_float_digits = -15", "search_path = nowhere", "intervalstyle = 'iso_8601'",
                              "standard_conforming_strings = off", "quote_all_identifiers = on"})
    sql(b, fmt::format("ALTER DATABASE {} SET {}", b, setting));
  EXPECT_TRUE(compared(a, b, named("t")).same());
  sql(b, "UPDATE public.t SET a = a * (1 + 1e-15) WHERE d = '2026-02-01'");
  const auto result = compared(a, b, named("t", 3));
  EXPECT_EQ(result.different, 1);
  ASSERT_EQ(result.namedDifferent.size(), 1U);
  EXPECT_EQ(result.namedDifferent[0].differsIn, std::vector<std::string>{"a"});
  EXPECT_EQ(result.namedDifferent[0].key, std::vector<std::string>{"2026-01-10 01:00:00+00"});
}

TEST(Rows, NumbersAreEqualByValueAndNothingElse) {
  const auto a = newDatabase("CREATE TABLE t (id int PRIMARY KEY, n numeric, f float8, b bigint); INSERT INTO t VALUES "
                             "(1, 1.0, 0, 1), (2, 5, 'NaN', 1), (3, 'NaN', 1, 1), (4, 0, 1, 1), (5, 100, 0.1, 7)");
  const auto b =
      newDatabase("CREATE TABLE t (id bigint PRIMARY KEY, n numeric(9, 3), f float8, b numeric); INSERT INTO t "
                  "VALUES (1, 1.000, '-0', 1.0), (2, -5, 'NaN', 1), (3, 'NaN', 1, 4294967296), (4, 0, 1, "
                  "1.5), (5, 100, 0.1, 7)");
  const auto result = compared(a, b, named("t", 9));
  EXPECT_EQ(keysOf(result.namedDifferent), (std::vector<std::string>{"2", "3", "4"}));
}

TEST(Rows, ACollationThatSortsOtherwiseChangesNothing) {
  const std::string rows = "INSERT INTO t SELECT chr(65 + i % 26 + 32 * (i / 26 % 2)) || '-' || i, i FROM "
                           "generate_series(1, 9000) i;";
  const auto a = newDatabase("CREATE TABLE t (id text PRIMARY KEY, n int);" + rows,
                             "TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'");
  const auto b = newDatabase("CREATE TABLE t (id text COLLATE \"en-US-x-icu\" PRIMARY KEY, n int);" + rows +
                             "UPDATE t SET n = 0 WHERE n = 77; DELETE FROM t WHERE n IN (78, 79);");
  const auto result = compared(a, b, named("t", 9));
  EXPECT_EQ(counts(result), "9000 and 8998 rows: 2 only in A, 0 only in B, 1 different, 8997 equal");
  EXPECT_EQ(keysOf(result.namedOnlyInFrom), (std::vector<std::string>{"a-78", "b-79"}));
}

TEST(Rows, TextIsComparedAcrossEncodings) {
  const std::string rows = "INSERT INTO t SELECT 'Stra' || chr(223) || 'e ' || i, 'f' || chr(252) || 'r' FROM "
                           "generate_series(1, 3000) i;";
  const auto a = newDatabase("CREATE TABLE t (id text PRIMARY KEY, n text);" + rows,
                             "TEMPLATE template0 LOCALE 'C' ENCODING 'LATIN1'");
  const auto b = newDatabase("CREATE TABLE t (id text PRIMARY KEY, n text);" + rows +
                                 "UPDATE t SET n = 'fuer' WHERE id = 'Stra' || chr(223) || 'e 7'",
                             "TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'");
  const auto result = compared(a, b, named("t", 9));
  EXPECT_EQ(counts(result), "3000 and 3000 rows: 0 only in A, 0 only in B, 1 different, 2999 equal");
  EXPECT_EQ(keysOf(result.namedDifferent), std::vector<std::string>{"Straße 7"});
}

TEST(Rows, WithoutAKeyAreComparedAsAWhole) {
  const std::string table = "CREATE TABLE t (a text, b int);";
  const auto a = newDatabase(table + "INSERT INTO t VALUES ('x', 1), ('x', 1), ('y', NULL)");
  const auto b = newDatabase(table + "INSERT INTO t VALUES ('y', NULL), ('x', 1), ('x', 1)");
  const auto same = compared(a, b, named("t"));
  EXPECT_TRUE(same.keyColumns.empty());
  EXPECT_EQ(same.sameChecksum, true);
  EXPECT_TRUE(same.same());
  EXPECT_EQ(same.fromRows, 3);
  sql(b, "UPDATE t SET a = 'z' WHERE a = 'x'"); // twice the same row is no nothing
  EXPECT_EQ(compared(a, b, named("t")).sameChecksum, false);
  sql(b, "DELETE FROM t");
  const auto empty = compared(a, b, named("t"));
  EXPECT_EQ(empty.toRows, 0);
  EXPECT_FALSE(empty.same());
}

TEST(Rows, AUniqueIndexThatAllowsNullIsNoKey) {
  const auto a =
      newDatabase("CREATE TABLE t (a int UNIQUE, b int NOT NULL, c int NOT NULL); CREATE UNIQUE INDEX ON t (c, b)");
  const auto b = newDatabase("CREATE TABLE t (b int, c int, a int UNIQUE, PRIMARY KEY (b, c))");
  EXPECT_EQ(compared(a, a, named("t")).keyColumns, (std::vector<std::string>{"c", "b"}));
  EXPECT_EQ(compared(b, a, named("t")).keyColumns, (std::vector<std::string>{"b", "c"}));
}

TEST(Rows, OfAPartitionedTableAreThoseOfItsPartitions) {
  const auto a = newDatabase("CREATE TABLE t (id int PRIMARY KEY, n text) PARTITION BY HASH (id);"
                             "CREATE TABLE t0 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 0);"
                             "CREATE TABLE t1 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 1);"
                             "INSERT INTO t SELECT i, repeat('n', 400) || i FROM generate_series(1, 9000) i");
  const auto b = newDatabase("CREATE TABLE t (id int PRIMARY KEY, n text);"
                             "INSERT INTO t SELECT i, repeat('n', 400) || i FROM generate_series(3, 9001) i");
  auto request = named("t", 9);
  request.statement = std::chrono::milliseconds(40); // many pieces
  const auto result = compared(a, b, request);
  EXPECT_EQ(counts(result), "9000 and 8999 rows: 2 only in A, 1 only in B, 0 different, 8998 equal");
  EXPECT_EQ(keysOf(result.namedOnlyInFrom), (std::vector<std::string>{"1", "2"}));
}

TEST(Rows, ThatAllDifferOrAreOnOneSideAloneAreCounted) {
  const std::string table = "CREATE TABLE t (id int PRIMARY KEY, n text);";
  const auto a = newDatabase(table + "INSERT INTO t SELECT i, 'a' || i FROM generate_series(1, 60000) i");
  const auto b = newDatabase(table + "INSERT INTO t SELECT i, 'b' || i FROM generate_series(1, 60000) i");
  EXPECT_EQ(counts(compared(a, b, named("t"))),
            "60000 and 60000 rows: 0 only in A, 0 only in B, 60000 different, 0 equal");
  sql(b, "TRUNCATE t");
  const auto alone = compared(a, b, named("t", 4));
  EXPECT_EQ(counts(alone), "60000 and 0 rows: 60000 only in A, 0 only in B, 0 different, 0 equal");
  EXPECT_EQ(alone.namedOnlyInFrom.size(), 4U);
  EXPECT_EQ(counts(compared(b, a, named("t"))), "0 and 60000 rows: 0 only in A, 60000 only in B, 0 different, 0 equal");
}

TEST(Rows, OddNamesAreQuoted) {
  const std::string make =
      "CREATE SCHEMA \"S \"\"q\"; CREATE TABLE \"S \"\"q\".\"T.x\" (\"Id's\" int PRIMARY KEY, u int, s int, "
      "k int, r int, \"ctid x\" int); INSERT INTO \"S \"\"q\".\"T.x\" SELECT i, i, i, i, i, i FROM "
      "generate_series(1, 5) i;";
  const auto a = newDatabase(make);
  const auto b = newDatabase(make + "DELETE FROM \"S \"\"q\".\"T.x\" WHERE u = 4");
  const auto result = compared(a, b, named("\"S \"\"q\".\"T.x\"", 2));
  EXPECT_EQ(result.onlyInFrom, 1);
  EXPECT_EQ(keysOf(result.namedOnlyInFrom), std::vector<std::string>{"4"});
}

} // namespace
} // namespace whichbase
