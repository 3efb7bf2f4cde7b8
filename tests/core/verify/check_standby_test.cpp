// Servers that read a standby: followed, lagging, or of an unknown primary.
#include "checked.h"

#include <thread>

namespace whichbase::test {
namespace {

using verify::Sight;

demo::ThrowawayCluster& standby() {
  static const auto cluster = demo::ThrowawayCluster::standbyOf(first(), {});
  EXPECT_TRUE(cluster) << cluster.error().text;
  return **cluster;
}

verify::Participant reader(const std::string& name) {
  auto reader = participant(name, targetOf(standby().port(), "shop", "postgres", first().password()), "B");
  reader.replicaOf = "A";
  return reader;
}

TEST(CheckStandby, ThatIsProvenToFollowIsNotCalledBroken) {
  const auto result =
      checked({participant("Writer", targetOf(first())), participant("Other", targetOf(first())), reader("Dashboard")});
  EXPECT_EQ(saw(result), "✓✓✗");
  EXPECT_TRUE(result.verification.everyoneSees);
  EXPECT_EQ(told(result).find("all 3 servers lead to one source; Dashboard: reads a standby of A"), 0U) << told(result);
  EXPECT_EQ(result.abilities[2].canWrite, false);
  EXPECT_EQ(result.abilities[2].whyNot.find("standby"), 0U);
  EXPECT_EQ(result.verification.servers[2].database, "B");
  EXPECT_EQ(result.notifyNotes[2], "standby: no NOTIFY there");
  EXPECT_TRUE(result.notifyMs[0][1]);
}

TEST(CheckStandby, WhosePrimaryIsNotProvenIsNoAllClear) {
  auto loose = reader("Dashboard");
  loose.replicaOf.clear();
  const auto result = checked({participant("Writer", targetOf(first())), loose});
  EXPECT_FALSE(result.verification.everyoneSees);
  EXPECT_NE(told(result).find("whose primary is not proven"), std::string::npos) << told(result);
}

TEST(CheckStandby, OfAnotherDatabaseIsNoAllClear) {
  auto other = reader("Dashboard");
  other.replicaOf = "C";
  EXPECT_FALSE(checked({participant("Writer", targetOf(first())), other}).verification.everyoneSees);
}

TEST(CheckStandby, TwoReadersOfOneStandbySeeEachOther) {
  const auto result = checked({reader("One"), reader("Two")});
  EXPECT_EQ(sight(result, 0, 1), Sight::sameDatabase) << result.reasons[0][1];
  EXPECT_EQ(saw(result), "✓✓");
  EXPECT_TRUE(result.verification.everyoneSees);
}

TEST(CheckStandby, ThatLagsSaysByHowMuch) {
  const auto ask = [](const std::string& text) { return sql(standby(), text, "postgres"); };
  sql(first(), "INSERT INTO users VALUES (100, 'late@example.org')");
  while (sql(standby(), "SELECT count(*) FROM users WHERE id = 100") != "1\n")
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  ask("SELECT pg_wal_replay_pause()");
  sql(first(), "INSERT INTO users VALUES (101, 'later@example.org')");
  while (ask("SELECT pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()") != "t\n")
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const auto result = checked({participant("Writer", targetOf(first())), reader("Dashboard")});
  ask("SELECT pg_wal_replay_resume()");
  EXPECT_TRUE(result.verification.everyoneSees);
  ASSERT_TRUE(result.abilities[1].lag);
  EXPECT_GT(result.abilities[1].lag->count(), 0);
  EXPECT_NE(result.verification.servers[1].note.find(" behind"), std::string::npos);
}

} // namespace
} // namespace whichbase::test
