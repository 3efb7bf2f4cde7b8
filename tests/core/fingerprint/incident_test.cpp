#include "fingerprint_fixture.h"

#include <fmt/format.h>

namespace whichbase {
namespace {

using namespace test;
using history::Presence;

// 22 users of A, under keys that no sequence gives.
std::string usersOfA(int from, int to) {
  return fmt::format("INSERT INTO public.\"User\" SELECT md5('user' || i)::uuid, 'user' || i || '@example.org' "
                     "FROM generate_series({}, {}) i;",
                     from, to);
}

constexpr const char* emptyTable = "CREATE TABLE public.\"User\" (id uuid PRIMARY KEY, email text NOT NULL);";
constexpr const char* staleUser = "INSERT INTO public.\"User\" VALUES (md5('stale')::uuid, 'old@example.org');";

history::Fingerprint of(const std::string& database, const std::string& letter) {
  return fingerprintOf(targetOf(shared(), database), letter);
}

TEST(Incident, AllUsersOfADeletedDatabaseAreProvenToBeInTheOther) {
  auto local = newCluster();
  sql(*local, "postgres", emptyTable + usersOfA(1, 22));
  const auto external = newDatabase(std::string(emptyTable) + staleUser);
  const auto kept = fingerprintOf(targetOf(*local, "postgres"), "A");
  EXPECT_EQ(kept.hashes.size(), 22U);
  EXPECT_EQ(kept.relation, "public.\"User\"");
  const std::string time = topology::toShortClock(kept.at, kept.at);
  EXPECT_EQ(told(kept, of(external, "B")), "None of A's 22 users (as of " + time + ") is in B.");
  sql(shared(), external, usersOfA(1, 22));
  local.reset(); // stopped and removed
  const auto now = of(external, "B");
  EXPECT_EQ(told(kept, now), "All 22 users of A (as of " + time + ") are in B, by id.");
  EXPECT_EQ(history::overlap(kept, now), (history::Overlap{0, 1, 22}));
}

TEST(Incident, ALostUserIsTold) {
  const auto kept = of(newDatabase(emptyTable + usersOfA(1, 22)), "A");
  const auto answer = history::usersOfIn(kept, of(newDatabase(emptyTable + usersOfA(2, 22)), "B"), kept.at);
  EXPECT_EQ(answer.presence, Presence::missing);
  EXPECT_EQ(answer.text.find("1 of A's 22 users (as of "), 0U) << answer.text;
  EXPECT_NE(answer.text.find(") is not in B."), std::string::npos) << answer.text;
  EXPECT_EQ(answer.note, "");
}

TEST(Incident, FingerprintsUnderTwoKeysAreNotCompared) {
  const auto database = newDatabase(emptyTable + usersOfA(1, 22));
  const auto kept = of(database, "A");
  const auto other = fingerprintOf(targetOf(shared(), database), "B", history::SecretKey({9}));
  const auto answer = history::usersOfIn(kept, other, kept.at);
  EXPECT_EQ(answer.presence, Presence::unknown);
  EXPECT_NE(answer.text.find("another key"), std::string::npos) << answer.text;
}

TEST(Incident, TheSettingsOfServerAndRoleChangeNothing) {
  const auto kept = of(newDatabase(emptyTable + usersOfA(1, 22)), "A");
  const auto odd = newDatabase(emptyTable + usersOfA(1, 22));
  for (const char* setting : {"DateStyle = 'SQL, DMY'", "TimeZone = 'Asia/Tokyo'", "bytea_output = 'escape'",
                              "extra_float_digits = -15", "search_path = nowhere"})
    sql(shared(), "postgres", fmt::format("ALTER DATABASE {} SET {}", odd, setting));
  EXPECT_EQ(history::usersOfIn(kept, of(odd, "B"), kept.at).presence, Presence::all);
}

} // namespace
} // namespace whichbase
