#include "model/carried_proofs.h"
#include "support/sample_snapshots.h"
#include "topology/across_time.h"

#include <gtest/gtest.h>

namespace whichbase::ui {

namespace {

topology::Proofs proofsOf(const topology::Snapshot& snapshot) {
  topology::Proofs proofs;
  topology::RowsFact rows;
  rows.a = "A";
  rows.b = "B";
  rows.ofUsers = true;
  rows.onlyInA = 21;
  proofs.rows = {rows};
  auto& verification = proofs.verification.emplace();
  for (const auto& server : snapshot.servers)
    verification.servers.push_back({server.name, server.database, true, true, 4.0, true, {}});
  return proofs;
}

topology::Snapshot exchanged(topology::Snapshot snapshot) {
  topology::Rematch rematch;
  rematch.ids = {{"A", "B"}, {"B", "A"}};
  topology::relabel(snapshot, rematch);
  return snapshot;
}

} // namespace

TEST(CarriedProofs, StayAsTheyAreWhereTheLettersDo) {
  const auto snapshot = samples::incidentBefore();
  const auto proofs = proofsOf(snapshot);
  EXPECT_EQ(carried(proofs, snapshot, snapshot), proofs);
}

TEST(CarriedProofs, FollowADatabaseToItsNewLetter) {
  const auto snapshot = samples::incidentBefore();
  const auto later = exchanged(snapshot);
  const auto proofs = carried(proofsOf(snapshot), snapshot, later);
  ASSERT_EQ(proofs.rows.size(), 1U);
  EXPECT_EQ(proofs.rows[0].a, "B");
  EXPECT_EQ(proofs.rows[0].b, "A");
  ASSERT_EQ(proofs.verification->servers.size(), later.servers.size());
  for (std::size_t i = 0; i < later.servers.size(); ++i)
    EXPECT_EQ(proofs.verification->servers[i].database, later.servers[i].database);
}

TEST(CarriedProofs, NeverSpeakOfAnotherDatabaseThatBearsTheirLetter) {
  const auto snapshot = samples::incidentBefore();
  auto later = snapshot;
  later.databases.front().systemIdentifier = 1;
  const auto proofs = carried(proofsOf(snapshot), snapshot, later);
  EXPECT_TRUE(proofs.rows.empty());
  for (const auto& check : proofs.verification->servers)
    EXPECT_NE(check.database, later.databases.front().id);
}

TEST(CarriedProofs, KeepTheLetterOfADatabaseThatIsNotThereNow) {
  const auto snapshot = samples::incidentBefore();
  auto later = snapshot;
  std::erase_if(later.databases, [](const topology::Database& each) { return each.id == "A"; });
  const auto proofs = carried(proofsOf(snapshot), snapshot, later);
  ASSERT_EQ(proofs.rows.size(), 1U);
  EXPECT_EQ(proofs.rows[0].a, "A");
}

TEST(CarriedProofs, ANewerAnswerTakesThePlaceOfTheOneBefore) {
  topology::RowsFact older;
  older.a = "A";
  older.b = "B";
  older.relation = "public.users";
  older.onlyInA = 21;
  auto newer = older;
  std::swap(newer.a, newer.b);
  newer.onlyInA = 0;
  auto other = older;
  other.relation = "public.games";
  const auto proofs = with(with(with({}, older), other), newer);
  ASSERT_EQ(proofs.rows.size(), 2U);
  EXPECT_EQ(proofs.rows[0], other);
  EXPECT_EQ(proofs.rows[1], newer);
}

} // namespace whichbase::ui
