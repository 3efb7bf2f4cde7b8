#include "route_fixture.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace whichbase::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* accessRules = "hostssl all tlsonly 127.0.0.1/32 scram-sha-256\n"
                                    "hostnossl all plainonly 127.0.0.1/32 scram-sha-256\n"
                                    "host all tlsonly,plainonly 127.0.0.1/32 reject\n"
                                    "host all all 127.0.0.1/32 scram-sha-256\n"
                                    "host all all ::1/128 scram-sha-256\n";

// The cluster is there before the first test, lest it bears a test's mark.
class ClusterFirst : public testing::Environment {
  void SetUp() override { cluster(); }
};
[[maybe_unused]] const auto* const environment = testing::AddGlobalTestEnvironment(new ClusterFirst);

} // namespace

demo::ThrowawayCluster& cluster() {
  static const auto made = [] {
    auto cluster = demo::ThrowawayCluster::create({.hba = accessRules});
    EXPECT_TRUE(cluster) << cluster.error().text;
    const auto sql = [&](const std::string& text) {
      const auto done = (*cluster)->sql("postgres", text);
      EXPECT_TRUE(done) << done.error().text;
      return done.value_or("");
    };
    for (const char* role : {"always", "tlsonly", "plainonly"})
      sql(fmt::format("CREATE ROLE {} LOGIN PASSWORD 'geheim'", role));
    sql("COPY (SELECT 1) TO PROGRAM 'openssl req -new -x509 -days 2 -nodes -subj /CN=db.test -out server.crt -keyout "
        "server.key 2>&1 && chmod 600 server.key'");
    sql("ALTER SYSTEM SET ssl = on");
    sql("SELECT pg_reload_conf()");
    for (int attempt = 0; attempt < 500 && sql("SHOW ssl") != "on\n"; ++attempt)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return std::move(*cluster);
  }();
  return *made;
}

std::string authorityFile() {
  const fs::path file = fs::temp_directory_path() / fmt::format("whichbase-route-ca-{}.crt", ::getpid());
  std::ofstream(file) << cluster().sql("postgres", "SELECT pg_read_file('server.crt')").value_or("");
  return file.string();
}

std::unique_ptr<Sshd> sshdWith(const Sshd::Options& options) {
  std::string problem;
  auto sshd = Sshd::start(options, problem);
  EXPECT_TRUE(sshd) << problem;
  return sshd;
}

probe::Target targetVia(const std::string& via, const std::string& host, int port) {
  probe::Target target;
  const auto read = route::parseVia(via);
  EXPECT_TRUE(read) << read.error();
  target.via = read.value_or(route::Via{});
  target.parameters = {{"host", host},
                       {"port", std::to_string(port == 0 ? cluster().port() : port)},
                       {"dbname", "postgres"},
                       {"user", "always"},
                       {"password", "geheim"}};
  return target;
}

probe::SweepResult sweepOf(const std::vector<probe::Target>& targets, double seconds,
                           std::shared_ptr<route::Routes> routes) {
  probe::SweepOptions options;
  options.deadline = std::chrono::milliseconds(static_cast<int>(seconds * 1000));
  options.probeDeadline = options.deadline;
  return probe::sweep(targets, options, {}, {}, std::move(routes));
}

topology::Observation visitOf(const probe::Target& target, double seconds, std::shared_ptr<route::Routes> routes) {
  return sweepOf({target}, seconds, std::move(routes)).observations.at(0);
}

topology::Failure failureOf(const probe::Target& target, double seconds, std::shared_ptr<route::Routes> routes) {
  const auto observation = visitOf(target, seconds, std::move(routes));
  EXPECT_TRUE(observation.failure) << "it was reached";
  const auto failure = observation.failure.value_or(topology::Failure{});
  EXPECT_FALSE(failure.text.empty());
  EXPECT_FALSE(failure.remedy.empty()) << failure.text;
  for (const auto& text : {failure.text, failure.remedy, failure.loginCommand})
    EXPECT_EQ(text.find("geheim"), std::string::npos) << text;
  return failure;
}

testing::AssertionResult reached(const topology::Observation& observation) {
  if (observation.facts)
    return testing::AssertionSuccess();
  return testing::AssertionFailure() << observation.failure->text << " | " << observation.failure->remedy;
}

} // namespace whichbase::test
