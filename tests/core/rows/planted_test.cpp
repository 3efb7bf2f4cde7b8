// Differences planted at random, by a seed, and found exactly.
#include "rows_fixture.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

namespace whichbase {
namespace {

using namespace test;
using compare::RowsRequest;

// A kind of key, and its values for the row of number i.
struct Shape {
  const char* name;
  const char* columns;
  const char* key;
  const char* values;
};

constexpr Shape shapes[] = {
    {"bigint", "id bigint", "id", "i * 3000000000"},
    {"integer", "id int", "id", "i"},
    {"composite", "tenant int, name text", "tenant, name", "i % 7, 'name ' || i"},
    {"uuid", "id uuid", "id", "md5(i::text)::uuid"},
    {"text", "id text", "id", "CASE WHEN i % 2 = 0 THEN 'Größe ' ELSE 'größe-' END || i"},
    {"timestamp", "at timestamptz", "at", "'2026-01-01'::timestamptz + i * interval '1.000001 seconds'"},
    {"numeric", "id numeric", "id", "i::numeric / 8 - 100"},
    {"bytes", "id bytea", "id", "decode(md5(i::text), 'hex')"},
};

// Changes of a row, after which it is different: small ones, and those that weaker hashes lose.
constexpr const char* changes[] = {
    "a = a + 4294967295",                  // what a bigint folded to 32 bits keeps
    "b = coalesce(b, '') || 'x'",          // NULL becomes a text
    "b = CASE WHEN b IS NULL THEN '' END", // NULL is not ''
    "c = c + 1e-9",
    "d = d + interval '1 microsecond'",
    "e = CASE WHEN e THEN NULL WHEN e IS NULL THEN false ELSE true END",
    "f = -f", // a sign
    "g = g || '{\"n\": -1}'",
    "h = ARRAY[NULL, h[1]]",
};

class Planted : public testing::TestWithParam<Shape> {
protected:
  std::string tableOf(const std::string& numbers) const {
    return fmt::format(
        "CREATE TABLE t ({}, a bigint, b text, c float8, d timestamptz, e boolean, f numeric, g jsonb, h "
        "text[], PRIMARY KEY ({})); INSERT INTO t SELECT {}, i * 5000000000, CASE WHEN i % 3 > 0 THEN 'b' "
        "|| i END, i / 7.0, '2026-01-01'::timestamptz + i * interval '1 hour', CASE i % 3 WHEN 0 THEN true "
        "WHEN 1 THEN false END, i / 100.0, jsonb_build_object('i', i), ARRAY[i::text, NULL] FROM {} i;",
        GetParam().columns, GetParam().key, GetParam().values, numbers);
  }
  std::string row(int number) const {
    return fmt::format("({}) = (SELECT {} FROM generate_series({}, {}) i)", GetParam().key, GetParam().values, number,
                       number);
  }
  // Of these numbers, as the result names them.
  std::multiset<std::string> keysOfNumbers(const std::string& database, const std::vector<int>& numbers) const {
    const std::string text = sql(database, fmt::format("SELECT concat_ws('|', {}) FROM unnest('{{{}}}'::int[]) i",
                                                       GetParam().values, fmt::join(numbers, ",")));
    std::multiset<std::string> keys;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
      keys.insert(line);
    return keys;
  }
};

std::multiset<std::string> found(const std::vector<compare::NamedRow>& rows) {
  const auto keys = keysOf(rows);
  return {keys.begin(), keys.end()};
}

TEST_P(Planted, DifferencesAreReportedExactly) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(fmt::format("seed {}", seed));
  std::mt19937 random(seed);
  const int count = 6'000 + static_cast<int>(random() % 6'000);
  const auto a = newDatabase(tableOf(fmt::format("generate_series(1, {})", count)));
  const auto b = newDatabase(tableOf(fmt::format("generate_series({}, 1, -1)", count))); // in another order
  std::vector<int> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), 1);
  std::ranges::shuffle(numbers, random);
  std::vector<int> onlyInA, onlyInB, different;
  std::string inA = "BEGIN;", inB = "BEGIN;";
  for (std::size_t left = 1 + random() % 60; left > 0; --left) {
    const int number = numbers.back();
    numbers.pop_back();
    const auto kind = random() % 3;
    (kind == 0 ? onlyInA : kind == 1 ? onlyInB : different).push_back(number);
    (kind == 1 ? inA : inB) +=
        kind < 2 ? fmt::format("DELETE FROM t WHERE {};", row(number))
                 : fmt::format("UPDATE t SET {} WHERE {};", changes[random() % std::size(changes)], row(number));
  }
  // Two rows that swap a value: the sum over all rows of each column's hash stays what it was.
  const int first = numbers[0], second = numbers[1];
  inB +=
      fmt::format("UPDATE t SET a = x.both - t.a FROM (SELECT sum(a) AS both FROM t WHERE {0} OR {1}) x WHERE {0} OR "
                  "{1};",
                  row(first), row(second));
  different.insert(different.end(), {first, second});
  sql(a, inA + "COMMIT; VACUUM ANALYZE");
  sql(b, inB + "COMMIT");
  RowsRequest request;
  request.relation = "t";
  request.keys = 1'000;
  const auto result = compared(a, b, request);
  EXPECT_EQ(found(result.namedOnlyInFrom), keysOfNumbers(a, onlyInA));
  EXPECT_EQ(found(result.namedOnlyInTo), keysOfNumbers(a, onlyInB));
  EXPECT_EQ(found(result.namedDifferent), keysOfNumbers(a, different));
  EXPECT_EQ(counts(result),
            fmt::format("{} and {} rows: {} only in A, {} only in B, {} different, {} equal",
                        count - std::ssize(onlyInB), count - std::ssize(onlyInA), onlyInA.size(), onlyInB.size(),
                        different.size(), count - std::ssize(onlyInA) - std::ssize(onlyInB) - std::ssize(different)));
  EXPECT_TRUE(result.settled) << fmt::format("{}", fmt::join(result.writing, ", "));
  for (const auto& row : result.namedDifferent)
    EXPECT_EQ(row.differsIn.size(), 1U) << fmt::format("{}", fmt::join(row.differsIn, ", "));
}

INSTANTIATE_TEST_SUITE_P(Keys, Planted, testing::ValuesIn(shapes),
                         [](const auto& shape) { return std::string(shape.param.name); });

} // namespace
} // namespace whichbase
