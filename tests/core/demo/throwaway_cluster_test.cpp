#include "demo/throwaway_cluster.h"
#include "process/child_process.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

namespace {

using namespace whichbase::demo;
namespace fs = std::filesystem;

std::unique_ptr<ThrowawayCluster> made(const ClusterOptions& options) {
  auto cluster = ThrowawayCluster::create(options);
  EXPECT_TRUE(cluster) << (cluster ? "" : cluster.error().text);
  return cluster ? std::move(*cluster) : nullptr;
}

std::string value(ThrowawayCluster& cluster, const std::string& query) {
  const auto result = cluster.sql("postgres", query);
  return result ? *result : "failed: " + result.error().text;
}

TEST(ThrowawayCluster, AnswersOverLoopbackAndLeavesNothingBehind) {
  fs::path folder;
  {
    const auto cluster = made({.settings = {{"max_connections", "33"}}});
    ASSERT_TRUE(cluster);
    folder = cluster->dataFolder().parent_path();
    EXPECT_TRUE(fs::exists(folder));
    EXPECT_EQ(value(*cluster, "SELECT host(inet_server_addr()), current_setting('max_connections'), "
                              "current_setting('unix_socket_directories');"),
              "127.0.0.1|33|\n");
    const auto refused = cluster->sql("postgres", "SELECT nonsense;");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().text.find("\"nonsense\" does not exist"), std::string::npos) << refused.error().text;
  }
  EXPECT_FALSE(fs::exists(folder));
}

TEST(ThrowawayCluster, StopsAndStartsOnTheSamePort) {
  const auto cluster = made({});
  ASSERT_TRUE(cluster);
  const int port = cluster->port();
  ASSERT_TRUE(cluster->stop());
  EXPECT_FALSE(cluster->sql("postgres", "SELECT 1;"));
  ASSERT_TRUE(cluster->start());
  EXPECT_EQ(cluster->port(), port);
  EXPECT_EQ(value(*cluster, "SELECT 1;"), "1\n");
  cluster->signalAll(SIGKILL);
  ASSERT_TRUE(cluster->start());
  EXPECT_EQ(value(*cluster, "SELECT 1;"), "1\n");
}

TEST(ThrowawayCluster, CloneSharesTheSystemIdentifierAndNotTheRows) {
  const auto original = made({});
  ASSERT_TRUE(original);
  auto clone = ThrowawayCluster::cloneOf(*original, {});
  ASSERT_TRUE(clone) << clone.error().text;
  const std::string identifier = "SELECT system_identifier FROM pg_control_system();";
  EXPECT_EQ(value(*original, identifier), value(**clone, identifier));
  EXPECT_EQ(value(*original, "CREATE TABLE only_here (); SELECT to_regclass('only_here');"), "only_here\n");
  EXPECT_EQ(value(**clone, "SELECT to_regclass('only_here') IS NULL, pg_is_in_recovery();"), "t|f\n");
}

TEST(ThrowawayCluster, StandbyFollowsItsPrimary) {
  const auto primary = made({});
  ASSERT_TRUE(primary);
  auto standby = ThrowawayCluster::standbyOf(*primary, {});
  ASSERT_TRUE(standby) << standby.error().text;
  EXPECT_EQ(value(**standby, "SELECT pg_is_in_recovery();"), "t\n");
  EXPECT_EQ(value(*primary, "CREATE TABLE follows ();"), "");
  std::string seen;
  for (int i = 0; i < 100 && seen != "t\n"; ++i)
    seen = value(**standby, "SELECT pg_sleep(0.05)::text = '' AND to_regclass('follows') IS NOT NULL;");
  EXPECT_EQ(seen, "t\n");
}

TEST(ThrowawayCluster, UrlIsPercentEncoded) {
  const auto cluster = made({});
  ASSERT_TRUE(cluster);
  EXPECT_EQ(cluster->url("a b", "ops@example.org", "p/w"),
            "postgresql://ops%40example.org:p%2Fw@127.0.0.1:" + std::to_string(cluster->port()) + "/a%20b");
}

} // namespace
