// localhost:5432 means something else on every server: networks of their own, a PostgreSQL and an ssh server in each.
#include "probe/plan.h"
#include "support/network_namespace.h"
#include "topology/matrix.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <thread>

namespace whichbase {
namespace {

using topology::Snapshot;
using topology::VerdictKind;

// One place with a PostgreSQL on its own 127.0.0.1:5432 that holds so many users, and an ssh server.
struct Place {
  std::unique_ptr<test::NetworkNamespace> network;
  std::unique_ptr<demo::ThrowawayCluster> cluster;
  std::unique_ptr<process::ChildProcess> postgres;
  std::unique_ptr<test::Sshd> ssh;
  std::string problem;
};

void encrypt(demo::ThrowawayCluster& cluster) {
  for (const char* statement :
       {"COPY (SELECT 1) TO PROGRAM 'openssl req -new -x509 -days 2 -nodes -subj /CN=localhost -out server.crt "
        "-keyout server.key 2>&1 && chmod 600 server.key'",
        "ALTER SYSTEM SET ssl = on"})
    EXPECT_TRUE(cluster.sql("postgres", statement));
}

Place placeWith(int users) {
  Place place;
  place.network = test::NetworkNamespace::create(place.problem);
  if (!place.network)
    return place;
  auto cluster = demo::ThrowawayCluster::create({});
  if (!cluster) {
    ADD_FAILURE() << cluster.error().text;
    return place;
  }
  place.cluster = std::move(*cluster);
  EXPECT_TRUE(place.cluster->sql("postgres", "CREATE ROLE app LOGIN PASSWORD 'pw' IN ROLE pg_monitor"));
  EXPECT_TRUE(place.cluster->sql("postgres", "CREATE DATABASE shop OWNER app"));
  EXPECT_TRUE(place.cluster->sql(
      "shop",
      fmt::format("CREATE TABLE users AS SELECT generate_series(1, {}) AS id; ALTER TABLE users OWNER TO app", users)));
  encrypt(*place.cluster);
  place.postgres = place.network->serve(*place.cluster, place.problem);
  EXPECT_TRUE(place.postgres) << place.problem;
  place.ssh = place.network->startSshd({}, place.problem);
  EXPECT_TRUE(place.ssh) << place.problem;
  return place;
}

Place& first() {
  static Place place = placeWith(22);
  return place;
}

Place& second() {
  static Place place = placeWith(1);
  return place;
}

class Standpoints : public testing::Test {
protected:
  void SetUp() override {
    if (!first().network)
      GTEST_SKIP() << first().problem;
    ASSERT_TRUE(first().ssh && second().ssh);
  }
};

project::Server serverOf(const std::string& name, const std::string& url, const std::string& via) {
  project::Server server;
  server.name = name;
  server.present = project::ConnectionSpec{url, via};
  return server;
}

Snapshot probed(const std::vector<project::Server>& servers) {
  project::Project project;
  project.title = "Shop";
  project.servers = servers;
  probe::SweepOptions options;
  options.probeDeadline = std::chrono::seconds(20);
  const auto none = [](const std::string&) { return std::optional<std::string>(); };
  return probe::probeSide(project, topology::Side::after, {none}, nullptr, options, {});
}

void expectReached(const Snapshot& snapshot) {
  for (const auto& server : snapshot.servers)
    EXPECT_TRUE(server.reached()) << server.name << ": " << (server.failure ? server.failure->text : "");
}

const std::string here = "postgresql://app:pw@localhost:5432/shop";

std::string nsenterVia(const Place& place) {
  return fmt::format("command {} nc %h %p", fmt::join(place.network->inside(), " "));
}

TEST_F(Standpoints, TheIdenticalStringOnTwoServersIsProvenToBeTwoDatabases) {
  const auto snapshot =
      probed({serverOf("Production", here, first().ssh->via()), serverOf("Staging", here, second().ssh->via())});
  expectReached(snapshot);
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::split) << snapshot.verdict.text;
  ASSERT_EQ(snapshot.databases.size(), 2U);
  EXPECT_EQ(snapshot.databases[0].users->count.value, 22);
  EXPECT_EQ(snapshot.databases[1].users->count.value, 1);
  const bool told = std::ranges::any_of(snapshot.findings,
                                        [](const auto& finding) { return finding.code == "route-changes-the-answer"; });
  EXPECT_TRUE(told);
}

TEST_F(Standpoints, OneDatabaseThroughTwoNamesAndTwoRoutesIsOne) {
  const auto snapshot = probed({serverOf("Production", here, first().ssh->via()),
                                serverOf("Dashboard", "postgresql://app:pw@127.0.0.1:5432/shop", nsenterVia(first()))});
  expectReached(snapshot);
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::singleSource) << snapshot.verdict.text;
  ASSERT_EQ(snapshot.databases.size(), 1U);
  EXPECT_EQ(snapshot.databases[0].users->count.value, 22);
}

// The configuration was moved, the program was not restarted: its own session is still where it was.
TEST_F(Standpoints, ASessionThatStayedBehindIsSeenWhereItReallyIs) {
  std::vector<std::string> command = first().network->inside();
  command.insert(command.end(), {(demo::findPostgresPrograms() / "psql").string(), "-Xq",
                                 "postgresql://app:pw@127.0.0.1:5432/shop?application_name=backend"});
  const auto log = first().ssh->folder() / "session";
  const auto session = process::ChildProcess::start({command.front(), {command.begin() + 1, command.end()}},
                                                    {.log = log, .keepInputOpen = true});
  ASSERT_TRUE(session);
  (*session)->write("\\echo connected\n");
  for (int attempt = 0; attempt < 500 && std::filesystem::file_size(log) == 0; ++attempt)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));

  auto backend = serverOf("Backend", here, second().ssh->via());
  backend.client = {"app:backend"};
  const auto snapshot = probed({backend, serverOf("Dashboard", here, first().ssh->via())});
  expectReached(snapshot);
  const auto stayed = std::ranges::find(snapshot.findings, "connected-elsewhere", &topology::Finding::code);
  ASSERT_NE(stayed, snapshot.findings.end());
  EXPECT_NE(std::ranges::find(stayed->subjects, "Backend"), stayed->subjects.end());
  const auto matrix = topology::matrixOf(snapshot);
  const auto dashboards =
      std::ranges::find(matrix.columns, snapshot.servers[1].database, &topology::MatrixColumn::database);
  ASSERT_NE(dashboards, matrix.columns.end());
  const auto behind = topology::cellAt(matrix, 0, static_cast<std::size_t>(dashboards - matrix.columns.begin()));
  EXPECT_FALSE(behind.reached);
  EXPECT_TRUE(behind.elsewhere);
  EXPECT_EQ(behind.connected.value, 1);
}

TEST_F(Standpoints, WithoutARouteLocalhostIsNotVisited) {
  const auto snapshot = probed({serverOf("Production", here, ""), serverOf("Staging", here, first().ssh->via())});
  ASSERT_TRUE(snapshot.servers[0].failure);
  EXPECT_EQ(snapshot.servers[0].failure->stage, topology::Stage::route);
  EXPECT_TRUE(snapshot.servers[1].reached());
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::undetermined);
}

TEST_F(Standpoints, ManyServersBehindOneHostCostOneLogin) {
  const int before = first().ssh->logins();
  std::vector<project::Server> servers;
  for (int i = 0; i < 12; ++i)
    servers.push_back(
        serverOf(fmt::format("Worker {}", i), here + fmt::format("?connect_timeout={}", i + 2), first().ssh->via()));
  const auto snapshot = probed(servers);
  expectReached(snapshot);
  EXPECT_EQ(snapshot.verdict.kind, VerdictKind::singleSource);
  EXPECT_EQ(first().ssh->logins(), before + 1);
}

TEST_F(Standpoints, VerifyFullChecksTheNameInTheStringThroughARoute) {
  const auto authority = std::filesystem::temp_directory_path() / fmt::format("whichbase-route-ca-{}.crt", ::getpid());
  std::filesystem::copy_file(first().cluster->dataFolder() / "server.crt", authority,
                             std::filesystem::copy_options::overwrite_existing);
  const std::string tls = "?sslmode=verify-full&sslrootcert=" + authority.string();
  const auto right = probed({serverOf("Production", here + tls, first().ssh->via())});
  expectReached(right);
  EXPECT_TRUE(right.servers[0].encrypted);
  const auto wrong =
      probed({serverOf("Production", "postgresql://app:pw@127.0.0.1:5432/shop" + tls, first().ssh->via())});
  ASSERT_TRUE(wrong.servers[0].failure);
  EXPECT_EQ(wrong.servers[0].failure->stage, topology::Stage::connect);
  EXPECT_NE(wrong.servers[0].failure->text.find("does not match"), std::string::npos) << wrong.servers[0].failure->text;
  std::filesystem::remove(authority);
}

} // namespace
} // namespace whichbase
