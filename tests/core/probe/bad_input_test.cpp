#include "probe_fixture.h"
#include "process/child_process.h"
#include "support/odd_ports.h"
#include "support/pgbouncer.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

namespace whichbase {
namespace {

using namespace test;
using topology::Failure;
using topology::Stage;

constexpr const char* password = "s3cret-Pa55";

// The failure of the one odd target; a good one beside it must be complete all the same.
Failure failureBeside(const probe::Target& odd, double seconds = 3) {
  const auto result = sweepOf({odd, targetOf(local())}, seconds);
  EXPECT_TRUE(result.observations[1].facts) << "the other target's result was lost";
  EXPECT_TRUE(result.observations[0].failure) << "it should have failed";
  Failure failure = result.observations[0].failure.value_or(Failure{});
  EXPECT_FALSE(failure.text.empty());
  EXPECT_EQ(failure.text.find(password), std::string::npos) << failure.text;
  EXPECT_FALSE(failure.remedy.empty()) << failure.text;
  return failure;
}

TEST(BadTarget, AHostThatDoesNotResolve) {
  const auto failure = failureBeside(targetOf("no-such-host.invalid", 5432, "db", "u", password));
  EXPECT_EQ(failure.stage, Stage::resolve);
}

TEST(BadTarget, ConnectionRefused) {
  const auto failure = failureBeside(targetOf("127.0.0.1", freePort(), "db", "u", password));
  EXPECT_EQ(failure.stage, Stage::connect);
  EXPECT_NE(failure.text.find("refused"), std::string::npos) << failure.text;
}

TEST(BadTarget, APortThatAcceptsAndSaysNothing) {
  const OddPort silent;
  const auto start = std::chrono::steady_clock::now();
  const auto failure = failureBeside(targetOf("127.0.0.1", silent.port(), "db", "u", password), 1.5);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(2'500));
  EXPECT_EQ(failure.stage, Stage::deadline);
  EXPECT_NE(failure.text.find("said nothing"), std::string::npos) << failure.text;
}

TEST(BadTarget, APortThatSpeaksHttp) {
  const OddPort web("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
  const auto failure = failureBeside(targetOf("127.0.0.1", web.port(), "db", "u", password));
  EXPECT_EQ(failure.stage, Stage::connect);
  EXPECT_NE(failure.text.find("does not speak PostgreSQL"), std::string::npos) << failure.text;
}

TEST(BadTarget, WrongPassword) {
  const auto failure = failureBeside(targetOf(local(), "TovPlay", "postgres", password));
  EXPECT_EQ(failure.stage, Stage::authenticate);
  EXPECT_NE(failure.text.find("password authentication failed"), std::string::npos) << failure.text;
}

TEST(BadTarget, NoPasswordWhereOneIsNeeded) {
  auto target = targetOf(local());
  std::erase_if(target.parameters, [](const auto& entry) { return entry.first == "password"; });
  const auto failure = failureBeside(target);
  EXPECT_EQ(failure.stage, Stage::authenticate);
}

TEST(BadTarget, UnknownDatabase) {
  const auto failure = failureBeside(targetOf(local(), "NoSuchDatabase"));
  EXPECT_EQ(failure.stage, Stage::authenticate);
  EXPECT_TRUE(failure.databaseMissing);
  EXPECT_NE(failure.text.find("NoSuchDatabase"), std::string::npos) << failure.text;
}

TEST(BadTarget, AGhostWhoseDatabaseIsGoneIsConfirmedByItsInstance) {
  auto ghost = targetOf(local(), "NoSuchDatabase");
  ghost.ghost = true;
  const auto observation = visitOf(ghost);
  ASSERT_TRUE(observation.failure);
  EXPECT_TRUE(observation.failure->databaseMissing);
  EXPECT_EQ(std::to_string(observation.failure->instance.value_or(0)) + "\n",
            sql(local(), "postgres", "SELECT system_identifier FROM pg_control_system()"));
}

TEST(BadTarget, ServersThatRequireTlsWhenTheStringDisablesIt) {
  const auto strict = newCluster({.hba = "hostssl all all 127.0.0.1/32 scram-sha-256\n"
                                         "host postgres postgres 127.0.0.1/32 scram-sha-256\n"});
  ASSERT_TRUE(strict);
  const auto failure = failureBeside(changed(targetOf(*strict, "template1"), "sslmode", "disable"));
  EXPECT_EQ(failure.stage, Stage::authenticate);
  EXPECT_NE(failure.text.find("no encryption"), std::string::npos) << failure.text;
  const auto required = failureBeside(changed(targetOf(*strict, "postgres"), "sslmode", "require"));
  EXPECT_EQ(required.stage, Stage::connect);
  EXPECT_NE(required.text.find("SSL"), std::string::npos) << required.text;
}

// A psql that is connected, and stays so while it lives; null where it was not let in.
std::unique_ptr<process::ChildProcess> connectedClient(const std::string& url, const std::filesystem::path& log) {
  auto client = process::ChildProcess::start({demo::findPostgresPrograms() / "psql", {"-Xq", url}, {}, {}},
                                             {.log = log, .keepInputOpen = true});
  if (!client || !(*client)->write("\\echo connected\n"))
    return nullptr;
  for (int attempt = 0; attempt < 500 && !(*client)->wait(std::chrono::milliseconds(20)); ++attempt) {
    std::ifstream said(log);
    if (std::string line; std::getline(said, line) && line == "connected")
      return std::move(*client);
  }
  return nullptr;
}

TEST(BadTarget, TooManyConnections) {
  const auto small = newCluster(
      {.settings = {{"max_connections", "4"}, {"superuser_reserved_connections", "0"}, {"max_wal_senders", "0"}}});
  ASSERT_TRUE(small);
  std::vector<std::unique_ptr<process::ChildProcess>> holders;
  for (int i = 0; i < 4; ++i) {
    holders.push_back(
        connectedClient(small->url("postgres"), small->dataFolder().parent_path() / ("client" + std::to_string(i))));
    ASSERT_TRUE(holders.back());
  }
  const auto failure = visitOf(targetOf(*small, "postgres")).failure.value_or(Failure{});
  EXPECT_EQ(failure.stage, Stage::connect);
  EXPECT_NE(failure.text.find("no free connection"), std::string::npos) << failure.text;
}

TEST(BadTarget, AStoppedServerProcessEndsAtTheDeadline) {
  const auto frozen = newCluster();
  ASSERT_TRUE(frozen);
  frozen->signalAll(SIGSTOP);
  const auto failure = failureBeside(targetOf(*frozen, "postgres"), 1.2);
  frozen->signalAll(SIGCONT);
  EXPECT_EQ(failure.stage, Stage::deadline) << failure.text;
}

TEST(BadTarget, AServerKilledInMidProbeLosesOnlyItsOwnResult) {
  local(); // filled before the clock runs
  const auto victim = newCluster();
  ASSERT_TRUE(victim);
  sql(*victim, "postgres", "CREATE VIEW users AS SELECT 1 AS id FROM pg_sleep(0.9)");
  std::jthread killer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    victim->signalAll(SIGKILL);
  });
  const auto result = sweepOf({targetOf(*victim, "postgres"), targetOf(local())}, 5);
  ASSERT_TRUE(result.observations[0].facts) << result.observations[0].failure->text;
  EXPECT_FALSE(result.observations[0].facts->users->count);
  EXPECT_TRUE(result.observations[0].facts->systemIdentifier);
  EXPECT_TRUE(result.observations[1].facts);
}

TEST(BadTarget, TheEngineersEnvironmentPlaysNoPart) {
  // The programs drop PG* first thing; a string's own parts must win even where somebody did not.
  setenv("PGHOSTADDR", "203.0.113.1", 1);
  setenv("PGOPTIONS", "-c search_path=nowhere", 1);
  setenv("PGUSER", "nobody", 1);
  setenv("PGSERVICE", "elsewhere", 1);
  connection::dropPgEnvironment();
  EXPECT_EQ(getenv("PGHOSTADDR"), nullptr);
  EXPECT_EQ(getenv("PGSERVICE"), nullptr);
  const auto observation = visitOf(targetOf(local()));
  EXPECT_TRUE(observation.facts) << observation.failure->text;
}

} // namespace
} // namespace whichbase
