#include "probe_fixture.h"
#include "process/child_process.h"
#include "support/pgbouncer.h"

#include <algorithm>

namespace whichbase {
namespace {

using namespace test;
using topology::VerdictKind;

std::string databaseOf(const topology::Snapshot& snapshot, std::size_t server) {
  return snapshot.servers.at(server).database;
}

bool hasFinding(const topology::Snapshot& snapshot, const std::string& code) {
  return std::ranges::find(snapshot.findings, code, &topology::Finding::code) != snapshot.findings.end();
}

TEST(Identity, TwoClustersWithOneDatabaseNameAreTwoDatabases) {
  const auto snapshot = snapshotOf({targetOf(local()), targetOf(external())});
  EXPECT_EQ(databaseOf(snapshot, 0), "A");
  EXPECT_EQ(databaseOf(snapshot, 1), "B");
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::split) << snapshot.verdict.text;
  EXPECT_TRUE(hasFinding(snapshot, "same-name-different-database"));
}

TEST(Identity, OneDatabaseByTwoAddressesIsOne) {
  const auto snapshot = snapshotOf({targetOf(local()), changed(targetOf(local()), "host", "localhost")});
  EXPECT_EQ(databaseOf(snapshot, 0), "A");
  EXPECT_EQ(databaseOf(snapshot, 1), "A");
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::singleSource) << snapshot.verdict.text;
  EXPECT_EQ(snapshot.databases.at(0).users->count.value, 22);
}

TEST(Identity, ManyServersOfOneDatabaseAreProvenByFlags) {
  sql(local(), "TovPlay",
      "DO $$ BEGIN FOR i IN 1..40 LOOP EXECUTE format('CREATE ROLE many%s LOGIN PASSWORD ''pw''', i); "
      "END LOOP; END $$");
  std::vector<probe::Target> targets;
  for (int i = 1; i <= 40; ++i)
    targets.push_back(targetOf(local(), "TovPlay", "many" + std::to_string(i), "pw"));
  const auto snapshot = snapshotOf(targets);
  EXPECT_EQ(snapshot.databases.size(), 1u);
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::singleSource) << snapshot.verdict.text;
}

TEST(Identity, TwoDatabasesOfOneInstanceAreSiblings) {
  const auto snapshot = snapshotOf(
      {targetOf(local()), targetOf(local(), "postgres"), targetOf(local(), "postgres", "postgres", "wrong")});
  EXPECT_NE(databaseOf(snapshot, 0), databaseOf(snapshot, 1));
  EXPECT_EQ(snapshot.database(databaseOf(snapshot, 0))->instance, snapshot.database(databaseOf(snapshot, 1))->instance);
  EXPECT_TRUE(hasFinding(snapshot, "sibling-database"));
}

TEST(Identity, AByteCloneIsAnotherDatabase) {
  auto clone = demo::ThrowawayCluster::cloneOf(local(), {});
  ASSERT_TRUE(clone) << clone.error().text;
  const auto snapshot =
      snapshotOf({targetOf(local()), changed(targetOf(local()), "port", std::to_string((*clone)->port()))});
  EXPECT_TRUE(snapshot.servers[1].reached());
  EXPECT_NE(databaseOf(snapshot, 0), databaseOf(snapshot, 1));
  EXPECT_TRUE(snapshot.databases.at(1).identityProven) << snapshot.databases.at(1).identityReason;
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::split) << snapshot.verdict.text;
  EXPECT_TRUE(hasFinding(snapshot, "clone"));
}

TEST(Identity, AStandbyThatFollowsIsTheSameSource) {
  auto standby = demo::ThrowawayCluster::standbyOf(external(), {});
  ASSERT_TRUE(standby) << standby.error().text;
  const auto other = changed(targetOf(external()), "port", std::to_string((*standby)->port()));
  const auto snapshot = snapshotOf({targetOf(external()), other});
  ASSERT_TRUE(snapshot.servers[1].reached()) << snapshot.servers[1].failure->text;
  const auto* database = snapshot.database(databaseOf(snapshot, 1));
  ASSERT_NE(database, nullptr);
  EXPECT_TRUE(database->inRecovery);
  EXPECT_EQ(database->replicaOf, databaseOf(snapshot, 0)) << database->replicaReason;
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::singleSource) << snapshot.verdict.text;
  EXPECT_TRUE(hasFinding(snapshot, "reads-replica"));
}

TEST(Identity, AStandbyWhosePrimaryMayNotBeReadIsUndeterminedNeverSplit) {
  sql(external(), "TovPlay", "CREATE ROLE unprivileged LOGIN PASSWORD 'pw'");
  auto standby = demo::ThrowawayCluster::standbyOf(external(), {});
  ASSERT_TRUE(standby) << standby.error().text;
  const auto first = targetOf(external(), "TovPlay", "unprivileged", "pw");
  const auto snapshot = snapshotOf({first, changed(first, "port", std::to_string((*standby)->port()))});
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::undetermined) << snapshot.verdict.text;
}

TEST(Identity, APoolerInTransactionModeLeadsToTheSameDatabase) {
  std::string problem;
  const auto bouncer = PgBouncer::start(local(), "transaction", 3, problem);
  ASSERT_TRUE(bouncer) << problem;
  const auto pooled = changed(targetOf(local()), "port", std::to_string(bouncer->port()));
  const auto snapshot = snapshotOf({pooled, targetOf(local())});
  EXPECT_EQ(snapshot.databases.size(), 1u);
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::singleSource) << snapshot.verdict.text;
}

TEST(Identity, TwoTargetsThroughAPoolOfOneAreOneDatabase) {
  std::string problem;
  const auto bouncer = PgBouncer::start(local(), "transaction", 1, problem);
  ASSERT_TRUE(bouncer) << problem;
  const auto pooled = changed(targetOf(local()), "port", std::to_string(bouncer->port()));
  const auto snapshot = snapshotOf({pooled, changed(pooled, "host", "localhost")});
  EXPECT_EQ(snapshot.databases.size(), 1u);
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::singleSource) << snapshot.verdict.text;
}

TEST(Identity, APoolerInStatementModeIsNeverTakenForAnotherDatabase) {
  std::string problem;
  const auto bouncer = PgBouncer::start(local(), "statement", 2, problem);
  ASSERT_TRUE(bouncer) << problem;
  const auto pooled = changed(targetOf(local()), "port", std::to_string(bouncer->port()));
  for (const auto& targets : {std::vector{pooled, targetOf(local())}, std::vector{targetOf(local()), pooled}}) {
    const auto snapshot = snapshotOf(targets);
    EXPECT_TRUE(snapshot.servers[0].reached());
    EXPECT_TRUE(snapshot.servers[1].reached());
    EXPECT_NE(snapshot.verdict.kind, VerdictKind::split) << snapshot.verdict.text;
  }
}

TEST(Manners, AfterAProbeThroughAPoolOfOneTheApplicationGoesOnAsBefore) {
  std::string problem;
  const auto bouncer = PgBouncer::start(external(), "transaction", 1, problem);
  ASSERT_TRUE(bouncer) << problem;
  sql(external(), "postgres", "CREATE DATABASE pooled");
  sql(external(), "pooled", "CREATE TABLE users (id int)");
  const auto pooled = changed(targetOf(external(), "pooled"), "port", std::to_string(bouncer->port()));
  const std::string url =
      "postgresql://postgres:" + external().password() + "@127.0.0.1:" + std::to_string(bouncer->port()) + "/pooled";
  const auto application = [&](const std::string& text) {
    const auto result = process::run({demo::findPostgresPrograms() / "psql", {"-XAtq", url, "-c", text}, {}, {}});
    return result ? result->output + result->errors : result.error();
  };
  const std::string settings =
      "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN "
      "('search_path', 'statement_timeout', 'lock_timeout', 'transaction_read_only', "
      "'default_transaction_read_only', 'idle_in_transaction_session_timeout')";
  const std::string before = application(settings);
  const std::string backend = application("SELECT pg_backend_pid()");
  const auto snapshot = snapshotOf({pooled, changed(pooled, "host", "localhost")});
  EXPECT_EQ(snapshot.databases.size(), 1u);
  EXPECT_EQ(application("INSERT INTO users VALUES (1) RETURNING id"), "1\n");
  EXPECT_EQ(application(settings), before);
  EXPECT_EQ(application("SELECT pg_backend_pid()"), backend) << "the pooler's connection was lost";
}

} // namespace
} // namespace whichbase
