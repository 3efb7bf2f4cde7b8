#include "fingerprint_fixture.h"

#include <fmt/format.h>
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
