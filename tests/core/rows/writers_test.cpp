// Somebody writes, locks, or waits for the pool meanwhile.
#include "rows_fixture.h"
#include "support/pgbouncer.h"
#include "support/targets.h"

#include <fmt/format.h>

#include <atomic>
#include <thread>

namespace whichbase {
namespace {

using namespace test;
using compare::RowsRequest;
using namespace std::chrono_literals;

RowsRequest ofT(std::size_t keys = 0) {
  RowsRequest request;
  request.relation = "t";
  request.keys = keys;
  return request;
}

// Statements again and again until it goes, in a thread of its own.
class Writer {
public:
  Writer(std::string database, std::string statement)
      : m_thread([database = std::move(database), statement = std::move(statement), this](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            sql(database, statement);
            ++m_rounds;
          }
        }) {
    while (m_rounds < 2)
      std::this_thread::sleep_for(5ms);
  }

private:
  std::atomic<int> m_rounds{0};
  std::jthread m_thread;
};

std::string table(int rows) {
  return fmt::format(
      "CREATE TABLE t (id int PRIMARY KEY, n int, pad text); INSERT INTO t SELECT i, 0, repeat('p', 200) "
      "FROM generate_series(1, {}) i;",
      rows);
}

TEST(Writing, IsSaidAndWhatStandsStillIsCountedExactly) {
  const auto a = newDatabase(table(20'000) + "UPDATE t SET n = 7 WHERE id IN (5, 15000); DELETE FROM t WHERE id = 9;");
  const auto b = newDatabase(table(20'000) + "DELETE FROM t WHERE id = 8");
  // Rows that move through the table's pieces on one side, and come back to what they were.
  const Writer writer(b, "UPDATE t SET n = 1 - n WHERE id BETWEEN 100 AND 130; UPDATE t SET n = 1 - n WHERE id BETWEEN "
                         "100 AND 130");
  auto request = ofT(100);
  request.statement = 60ms;
  for (int round = 0; round < 3; ++round) {
    const auto result = compared(a, b, request);
    EXPECT_FALSE(result.settled);
    EXPECT_EQ(result.writing, std::vector<std::string>{"B"});
    EXPECT_EQ(result.onlyInFrom, 1);
    EXPECT_EQ(result.onlyInTo, 1);
    EXPECT_GE(result.different, 2);
    EXPECT_LE(result.different, 2 + result.unsettled + 31) << "rows 100 to 130 change all the time";
    EXPECT_EQ(result.fromRows, 19'999);
    EXPECT_EQ(keysOf(result.namedOnlyInFrom), std::vector<std::string>{"8"});
    EXPECT_EQ(keysOf(result.namedOnlyInTo), std::vector<std::string>{"9"});
  }
}

TEST(Writing, OnBothSidesAlikeIsNoDifference) {
  const auto a = newDatabase(table(5'000));
  const auto b = newDatabase(table(5'000));
  // As an application that writes to both, one after the other.
  std::atomic<int> rounds{0};
  const std::jthread writer([&](const std::stop_token& stop) {
    for (int next = 10'000; !stop.stop_requested(); ++next, ++rounds)
      for (const auto& database : {a, b})
        sql(database, fmt::format("INSERT INTO t VALUES ({}, 1, ''); UPDATE t SET n = {} WHERE id = {}; DELETE FROM t "
                                  "WHERE id = {}",
                                  next, next, next % 4'000, next - 10'000 + 4'100));
  });
  while (rounds < 2)
    std::this_thread::sleep_for(5ms);
  int met =
      0; // comparisons that the writer was in the middle of; on a busy computer some fall between its transactions
  for (int round = 0; round < 40 && met < 3; ++round) {
    const auto result = compared(a, b, ofT());
    met += result.settled ? 0 : 1;
    // What was in the middle of being written at the very last look is told as that. Where all stood still one side may
    // be one transaction ahead, which is true of it then.
    const auto ahead = result.settled ? 3U : result.unsettled + 1;
    EXPECT_LE(result.onlyInFrom + result.onlyInTo + result.different, ahead);
  }
  EXPECT_EQ(met, 3);
}

TEST(Writing, ElsewhereInTheClusterChangesNothing) {
  const auto a = newDatabase(table(5'000));
  const auto b = newDatabase(table(5'000) + "UPDATE t SET n = 1 WHERE id = 3; CREATE TABLE other (n int)");
  const Writer writer(b, "INSERT INTO other VALUES (1)");
  const auto result = compared(a, b, ofT(3));
  EXPECT_TRUE(result.settled);
  EXPECT_EQ(counts(result), "5000 and 5000 rows: 0 only in A, 0 only in B, 1 different, 4999 equal");
}

TEST(Writing, AWriterIsNeverHeldUpByAComparison) {
  const auto a = newDatabase(table(60'000));
  const auto b = newDatabase(table(60'000) + "UPDATE t SET n = 1");
  const std::jthread alterer([&](const std::stop_token& stop) {
    while (!stop.stop_requested())
      sql(b, "SET lock_timeout = '5s'; ALTER TABLE t SET (fillfactor = 90)");
  });
  const auto result = compared(a, b, ofT());
  EXPECT_EQ(result.different, 60'000);
}

TEST(Writing, APieceThatTakesTooLongIsReadInSmallerOnes) {
  const auto a = newDatabase(table(60'000));
  const auto b = newDatabase(table(60'000) + "DELETE FROM t WHERE id % 20000 = 0");
  auto request = ofT(9);
  request.statement = 12ms;
  const auto result = compared(a, b, request);
  EXPECT_EQ(counts(result), "60000 and 59997 rows: 3 only in A, 0 only in B, 0 different, 59997 equal");
}

TEST(Writing, ALockThatDoesNotGoIsSaid) {
  const auto a = newDatabase(table(100));
  // Ended below, which psql calls an error.
  const std::jthread holder([&] { (void)shared().sql(a, "BEGIN; LOCK TABLE t; SELECT pg_sleep(60)"); });
  const std::string held = "FROM pg_locks l WHERE l.mode = 'AccessExclusiveLock' AND l.relation = 't'::regclass";
  while (sql(a, "SELECT count(*) " + held).starts_with("0"))
    std::this_thread::sleep_for(20ms);
  const auto result = compared(endpointOf(shared(), a, "A"), endpointOf(shared(), a, "B"), ofT());
  EXPECT_TRUE(problemOf(result).starts_with("public.t is locked by another session in ")) << problemOf(result);
  sql(a, "SELECT pg_terminate_backend(l.pid) " + held);
}

TEST(Writing, ThroughAPoolOfOneTheApplicationIsNotDisturbed) {
  std::string problem;
  const auto pool = PgBouncer::start(shared(), "transaction", 1, problem);
  ASSERT_TRUE(pool) << problem;
  const auto a = newDatabase(table(30'000));
  const auto b = newDatabase(table(30'000) + "DELETE FROM t WHERE id = 4");
  const auto through = [&](const std::string& database, const std::string& name) {
    auto endpoint = endpointOf(shared(), database, name);
    endpoint.targets[0] = changed(endpoint.targets[0], "port", std::to_string(pool->port()));
    return endpoint;
  };
  const auto result = compared(through(a, "A"), through(b, "B"), ofT(2));
  ASSERT_TRUE(result) << problemOf(result);
  EXPECT_EQ(result->onlyInFrom, 1);
  // The application gets the very backend that was asked.
  probe::Connector connector({});
  auto session = connector.connect(through(b, "B").targets[0], pg::Clock::now() + 20s);
  ASSERT_TRUE(session);
  pg::Rows rows;
  pg::SqlError error;
  ASSERT_TRUE((*session)->query("INSERT INTO t VALUES (4, 1, ''); SELECT concat_ws(' ', "
                                "current_setting('statement_timeout'), current_setting('transaction_read_only'), "
                                "current_setting('search_path'), current_setting('row_security'), "
                                "current_setting('enable_hashjoin'))",
                                pg::Clock::now() + 20s, rows, error))
      << error.text;
  EXPECT_EQ(rows.values.at(0).at(0), "0 off \"$user\", public on on");
}

} // namespace
} // namespace whichbase
