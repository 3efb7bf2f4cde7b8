#include "model/user_counts.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

namespace whichbase::ui {

TEST(UserCounts, StandInGroupsBeforeAndAfterWithoutGhosts) {
  const auto bars = userBars(makeView(std::make_shared<const topology::Snapshot>(samples::incidentBefore()),
                                      std::make_shared<const topology::Snapshot>(samples::incidentAfter())));
  ASSERT_EQ(bars.size(), 2U);
  EXPECT_EQ(bars[0].title, QStringLiteral("Before"));
  ASSERT_EQ(bars[0].bars.size(), 2U);
  EXPECT_EQ(bars[0].bars[0].count, 22);
  EXPECT_EQ(bars[0].bars[1].count, 1);
  ASSERT_EQ(bars[1].bars.size(), 1U) << "A is a ghost after: its bar stands before";
  EXPECT_EQ(bars[1].bars[0].databaseId, "B");
  EXPECT_EQ(describe(bars), QStringLiteral("Before: A Local container 22, B External 1. After: B External 22."));
}

TEST(UserCounts, AnUnknownCountIsNotZero) {
  auto snapshot = samples::oneServer();
  snapshot.databases.front().users = topology::Known<topology::UsersFact>::unknown("no privilege on users");
  const auto bars = userBars(makeView(nullptr, std::make_shared<const topology::Snapshot>(snapshot)));
  ASSERT_EQ(bars.size(), 1U);
  EXPECT_FALSE(bars[0].bars[0].count.has_value());
  EXPECT_EQ(bars[0].bars[0].text, QStringLiteral("?"));
  EXPECT_EQ(bars[0].bars[0].reason, QStringLiteral("no privilege on users"));
  EXPECT_TRUE(describe(bars).contains(QStringLiteral("unknown")));
}

TEST(UserCounts, AnEstimateSaysSo) {
  const auto bars = userBars(makeView(nullptr, std::make_shared<const topology::Snapshot>(samples::sixtyServers())));
  ASSERT_EQ(bars.size(), 1U);
  bool estimate = false;
  for (const auto& bar : bars[0].bars)
    estimate = estimate || bar.text.startsWith(QLatin1Char('~'));
  EXPECT_TRUE(estimate);
}

} // namespace whichbase::ui
