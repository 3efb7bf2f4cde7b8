#include "fingerprint_fixture.h"
#include "support/pgbouncer.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <sys/resource.h>

#include <fstream>
#include <set>

namespace whichbase {
namespace {

using namespace test;

// Peak memory of this process so far, in bytes.
std::size_t peakMemory() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

std::expected<probe::KeyReading, probe::KeyProblem>
readAll(const std::string& database, const probe::KeyRequest& request, const probe::OnUserKey& onUserKey) {
  return probe::readUserKeys(
      targetOf(shared(), database), request, {}, [](const auto&) { return std::nullopt; }, onUserKey);
}

TEST(Reading, InPiecesMissesNothingAndRepeatsNothing) {
  const auto database = newDatabase("CREATE TABLE users (a text, b int, PRIMARY KEY (a, b)); "
                                    "INSERT INTO users SELECT 'x' || i % 7, i FROM generate_series(1, 3000) i");
  probe::KeyRequest request;
  request.piece = 100;
  std::multiset<std::vector<std::string>> seen;
  const auto reading = readAll(database, request, [&](const auto& values) { seen.insert(values); });
  ASSERT_TRUE(reading) << reading.error().text;
  EXPECT_EQ(reading->rows, 3000U);
  EXPECT_TRUE(reading->settled);
  EXPECT_EQ(seen.size(), 3000U);
  EXPECT_EQ(std::set<std::vector<std::string>>(seen.begin(), seen.end()).size(), 3000U);
}

TEST(Reading, SaysThatUsersChangedMeanwhile) {
  const auto database = newDatabase("CREATE TABLE users (id int PRIMARY KEY); "
                                    "INSERT INTO users SELECT generate_series(1, 3000)");
  probe::KeyRequest request;
  request.piece = 500;
  int rows = 0;
  // One goes and one comes: the number stays.
  const auto reading = readAll(database, request, [&](const auto&) {
    if (++rows == 600)
      sql(shared(), database, "DELETE FROM users WHERE id = 2900; INSERT INTO users VALUES (1000000)");
  });
  ASSERT_TRUE(reading) << reading.error().text;
  EXPECT_EQ(reading->rows, 3000U);
  EXPECT_FALSE(reading->settled);
  // Now nobody changes anything.
  const auto again = readAll(database, request, [](const auto&) {});
  EXPECT_TRUE(again && again->settled);
}

TEST(Reading, OfMoreThanTheMostIsRefusedBeforeItBegins) {
  const auto database = newDatabase("CREATE TABLE users (id int PRIMARY KEY); "
                                    "INSERT INTO users SELECT generate_series(1, 3000)");
  probe::KeyRequest request;
  request.most = 2999;
  int rows = 0;
  const auto reading = readAll(database, request, [&](const auto&) { ++rows; });
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().text, "public.users has 3,000 rows, and a fingerprint is made of at most 2,999");
  EXPECT_EQ(rows, 0);
}

TEST(Reading, StopsWhenItIsToldTo) {
  const auto database = newDatabase("CREATE TABLE users (id int PRIMARY KEY); "
                                    "INSERT INTO users SELECT generate_series(1, 3000)");
  probe::KeyRequest request;
  request.piece = 500;
  std::stop_source stop;
  const auto reading = probe::readUserKeys(
      targetOf(shared(), database), request, stop.get_token(), [](const auto&) { return std::nullopt; },
      [&](const auto&) { stop.request_stop(); });
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().text, "cancelled");
}

TEST(Reading, LeavesNoTransactionAndNoLockBehind) {
  const auto database = newDatabase("CREATE TABLE users (id int PRIMARY KEY); "
                                    "INSERT INTO users SELECT generate_series(1, 1200)");
  probe::KeyRequest request;
  request.piece = 500;
  int rows = 0;
  std::string locks, states;
  const auto reading = readAll(database, request, [&](const auto&) {
    if (++rows != 700)
      return;
    locks = sql(shared(), database, "SELECT count(*) FROM pg_locks WHERE relation = 'users'::regclass");
    states = sql(shared(), database, "SELECT state FROM pg_stat_activity WHERE application_name = 'whichbase'");
  });
  ASSERT_TRUE(reading) << reading.error().text;
  EXPECT_EQ(locks, "0\n");
  EXPECT_EQ(states, "idle\n");
}

// What one session through a pool of one answers; the next client gets the same server's session.
std::string askedThrough(const PgBouncer& bouncer, const std::string& database, const std::string& statement) {
  const auto parameters = fmt::format("host=127.0.0.1 port={} dbname={} user=postgres password={}", bouncer.port(),
                                      database, shared().password());
  PGconn* const connection = PQconnectdb(parameters.c_str());
  PGresult* const result = PQexec(connection, statement.c_str());
  std::string answer = PQerrorMessage(connection);
  for (int row = 0; row < PQntuples(result); ++row)
    answer += PQgetvalue(result, row, 0);
  PQclear(result);
  PQfinish(connection);
  return answer;
}

TEST(Reading, ThroughAPoolerChangesNothingForTheApplication) {
  const auto database =
      newDatabase("CREATE TABLE users (at timestamptz, part bytea, PRIMARY KEY (at, part)); INSERT "
                  "INTO users SELECT now() + i * interval '1 s', 'x' FROM generate_series(1, 2000) i");
  std::string problem;
  const auto bouncer = PgBouncer::start(shared(), "transaction", 1, problem);
  ASSERT_TRUE(bouncer) << problem;
  constexpr auto settings = "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings WHERE name "
                            "IN ('TimeZone', 'DateStyle', 'bytea_output', 'statement_timeout', 'lock_timeout', "
                            "'search_path', 'transaction_read_only')";
  for (const char* setting : {"TimeZone = 'Asia/Tokyo'", "DateStyle = 'German'", "bytea_output = 'escape'"})
    sql(shared(), "postgres", fmt::format("ALTER DATABASE {} SET {}", database, setting));
  const std::string before = askedThrough(*bouncer, database, settings);
  EXPECT_NE(before.find("TimeZone=Asia/Tokyo"), std::string::npos) << before;
  probe::Target target = targetOf(shared(), database);
  target.parameters[1].second = std::to_string(bouncer->port());
  EXPECT_EQ(fingerprintOf(target).hashes, fingerprintOf(database).hashes);
  EXPECT_EQ(askedThrough(*bouncer, database, settings), before);
  EXPECT_EQ(askedThrough(*bouncer, database, "INSERT INTO users VALUES (now(), 'y') RETURNING 'written'"), "written");
}

TEST(Reading, OfManyUsersHoldsFewOfThemAtATime) {
  constexpr std::size_t users = 200'000;
  const auto database = newDatabase(fmt::format("CREATE TABLE users (email text PRIMARY KEY); INSERT INTO users "
                                                "SELECT repeat('x', 200) || i FROM generate_series(1, {}) i",
                                                users));
  const std::size_t before = peakMemory();
  const auto fingerprint = fingerprintOf(database);
  EXPECT_EQ(fingerprint.hashes.size(), users);
  EXPECT_TRUE(fingerprint.settled);
  // All keys at once would be more than 40 MB, twice that with what holds them.
  EXPECT_LT(peakMemory() - before, 64'000'000U);
}

} // namespace
} // namespace whichbase
