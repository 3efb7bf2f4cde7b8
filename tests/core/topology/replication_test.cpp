// Which primary a standby follows, and when that is not proven.
#include "built_sighting.h"

#include <gtest/gtest.h>

namespace whichbase::topology {
namespace {

struct Pair {
  BuiltSighting sight;
  Facts primary = withSender(plainFacts(1), streamingSender());
  Facts standby = standbyOf(plainFacts(1));

  Snapshot assembled() {
    const auto a = sight.target(primary);
    const auto b = sight.target(standby);
    sight.server("Writer", a, Role::writes);
    sight.server("Reader", b, Role::reads);
    sight.meet(a, b, Says::apart);
    return sight.assembled();
  }
};

// Never a split, never a single source: what could not be read decides nothing.
void expectUnproven(const Snapshot& snapshot, const std::string& reason) {
  EXPECT_TRUE(snapshot.database("B")->replicaOf.empty());
  EXPECT_NE(snapshot.database("B")->replicaReason.find(reason), std::string::npos)
      << snapshot.database("B")->replicaReason;
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::undetermined);
  EXPECT_TRUE(hasFinding(snapshot, "identity-unknown"));
  EXPECT_FALSE(hasFinding(snapshot, "split"));
}

TEST(Replication, AStandbySeenFromBothSidesIsTheSameSource) {
  const Snapshot snapshot = Pair{}.assembled();
  EXPECT_EQ(snapshot.database("B")->replicaOf, "A");
  EXPECT_EQ(snapshot.instances[1].replicaOf, "1");
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::singleSource);
  EXPECT_EQ(snapshot.verdict.text, "Both configurations lead to A and its standby B");
  const auto replica = findingIn(snapshot.findings, "reads-replica");
  ASSERT_TRUE(replica);
  EXPECT_EQ(replica->title, "Reader reads a standby of A");
  EXPECT_NE(replica->text.find("2 seconds behind it"), std::string::npos);
  EXPECT_EQ(replica->severity, Severity::info);
}

TEST(Replication, AStandbyFarBehindIsAWarning) {
  Pair pair;
  pair.standby.replayLag = Known<std::chrono::microseconds>::of(std::chrono::minutes(5));
  EXPECT_EQ(findingIn(pair.assembled().findings, "reads-replica")->severity, Severity::warning);
}

TEST(Replication, AStoppedReceiverProvesNothing) {
  Pair pair;
  pair.standby.receiver.value->status = "waiting";
  expectUnproven(pair.assembled(), "does not stream");
}

TEST(Replication, AnUnreadableReceiverProvesNothing) {
  Pair pair;
  pair.standby.receiver = Known<WalReceiver>::unknown("no privilege on pg_stat_wal_receiver");
  expectUnproven(pair.assembled(), "no privilege on pg_stat_wal_receiver");
}

TEST(Replication, APrimaryWhoseStandbysAreHiddenProvesNothing) {
  Pair pair;
  pair.primary.senders = Known<std::vector<WalSender>>::unknown("no privilege");
  expectUnproven(pair.assembled(), "pg_read_all_stats");
}

TEST(Replication, ASenderWithHiddenColumnsProvesNothing) {
  Pair pair;
  pair.primary.senders.value->front() = WalSender{};
  expectUnproven(pair.assembled(), "pg_read_all_stats");
}

TEST(Replication, APrimaryOnAnotherPortIsNotItsPrimary) {
  Pair pair;
  pair.standby.receiver.value->senderPort = 6543;
  expectUnproven(pair.assembled(), "no primary that was reached");
}

TEST(Replication, ASenderForAnotherSlotIsNotThisStandby) {
  Pair pair;
  pair.primary.senders.value->front().slotName = "slot2";
  expectUnproven(pair.assembled(), "no primary that was reached");
}

TEST(Replication, ASenderToAnotherAddressIsNotThisStandby) {
  Pair pair;
  pair.primary.senders.value->front().clientAddress = "203.0.113.99";
  expectUnproven(pair.assembled(), "no primary that was reached");
}

TEST(Replication, AStandbyAheadOfThePrimaryDoesNotFollowIt) {
  Pair pair;
  pair.standby.receiver.value->receivedLsn = pair.primary.walLsn + (1ULL << 40);
  expectUnproven(pair.assembled(), "no primary that was reached");
}

TEST(Replication, AStandbyReadLaterMayBeAheadOfWhatThePrimaryHadWritten) {
  Pair pair;
  pair.standby.receiver.value->receivedLsn = pair.primary.walLsn + 4096;
  EXPECT_EQ(pair.assembled().database("B")->replicaOf, "A");
}

TEST(Replication, ARunningCloneWithoutStandbysDoesNotDisturb) {
  Pair pair;
  const auto clone = pair.sight.target(plainFacts(1));
  pair.sight.meet(clone, 1, Says::apart);
  pair.sight.meet(clone, 2, Says::apart);
  pair.sight.server("Copy", clone);
  const Snapshot snapshot = pair.assembled();
  EXPECT_EQ(snapshot.database("C")->replicaOf, "B");
  EXPECT_TRUE(hasFinding(snapshot, "clone"));
}

TEST(Replication, TwoPrimariesThatShowSuchAStandbyLeaveItUnknown) {
  Pair pair;
  const auto clone = pair.sight.target(pair.primary);
  pair.sight.meet(clone, 1, Says::apart);
  pair.sight.meet(clone, 2, Says::apart);
  pair.sight.server("Copy", clone);
  const Snapshot snapshot = pair.assembled();
  EXPECT_TRUE(snapshot.database("C")->replicaOf.empty());
  EXPECT_NE(snapshot.database("C")->replicaReason.find("more than one primary"), std::string::npos);
}

TEST(Replication, AStandbyOfAnotherIdentifierIsAnotherSource) {
  Pair pair;
  pair.standby.systemIdentifier = Known<std::uint64_t>::of(2);
  const Snapshot snapshot = pair.assembled();
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::split);
}

TEST(Replication, AllOnOneStandbyAreOnOneSource) {
  BuiltSighting sight;
  const auto target = sight.target(standbyOf(plainFacts(1)));
  sight.server("One", target);
  sight.server("Two", target);
  EXPECT_EQ(sight.assembled().verdict.kind, VerdictKind::singleSource);
}

TEST(Replication, AReplicaOfAnotherDatabaseIsAnotherSource) {
  Pair pair;
  pair.standby.databaseOid = 99;
  const Snapshot snapshot = pair.assembled();
  EXPECT_TRUE(snapshot.database("B")->replicaOf.empty());
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::split);
}

} // namespace
} // namespace whichbase::topology
