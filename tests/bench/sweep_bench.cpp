// Sweeps of 400 targets on one loopback PostgreSQL, beside a bare non-blocking libpq loop and xargs psql that send the
// same statements, and a sweep in which 50 of 400 targets hang. Prints figures; judges nothing.
#include "bare_libpq.h"
#include "demo/throwaway_cluster.h"
#include "probe/statements.h"
#include "probe/sweep.h"
#include "process/child_process.h"
#include "role_targets.h"
#include "support/odd_ports.h"
#include "timing.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace {

using namespace whichbase;
using bench::median;
using Clock = std::chrono::steady_clock;

constexpr int targetCount = 400;
constexpr int inFlight = 32;
constexpr int runs = 5;

std::unique_ptr<demo::ThrowawayCluster> makeCluster() {
  auto cluster = demo::ThrowawayCluster::create({.settings = {{"max_connections", "200"}}});
  const auto filled =
      cluster
          ? (*cluster)->sql("postgres", fmt::format("CREATE TABLE users AS SELECT generate_series(1, 1000) AS id; "
                                                    "GRANT SELECT ON users TO PUBLIC; DO $$ BEGIN FOR i IN 1..{} LOOP "
                                                    "EXECUTE format('CREATE ROLE bench%s LOGIN PASSWORD ''pw'' IN ROLE "
                                                    "pg_read_all_stats', i); END LOOP; END $$",
                                                    targetCount))
          : std::unexpected(cluster.error());
  if (!filled) {
    fmt::print(stderr, "{}\n", filled.error().text);
    std::exit(1);
  }
  return std::move(*cluster);
}

// What a sweep sends for each target of a database that is read already.
std::vector<std::string> statements() {
  const probe::Limits limits;
  return {probe::identityStatement(limits, true, {}), probe::visitFlagsStatement(limits, 4711, {4712})};
}

void xargsPsql(int port, int count) {
  std::string users;
  for (int i = 1; i <= count; ++i)
    users += fmt::format("bench{}\n", i);
  const std::string psql = (demo::findPostgresPrograms() / "psql").string();
  const auto result =
      process::run({"/usr/bin/xargs",
                    {"-P", std::to_string(inFlight), "-I{}", psql, "-XAtq", "-h", "127.0.0.1", "-p",
                     std::to_string(port), "-U", "{}", "-d", "postgres", "-c", statements()[0], "-c", statements()[1]},
                    {{"PGPASSWORD", "pw"}},
                    {}},
                   users);
  if (!result || result->exitCode != 0)
    fmt::print(stderr, "psql: {}\n", result ? result->errors.substr(0, 400) : result.error());
}

// Seconds of a sweep; `lastGood` gets when the last reached target was done.
double sweepSeconds(const std::vector<probe::Target>& targets, std::chrono::milliseconds deadline, double& lastGood,
                    int& reached) {
  probe::SweepOptions options;
  options.deadline = deadline;
  options.concurrency = inFlight;
  options.perEndpoint = inFlight;
  const auto start = Clock::now();
  reached = 0;
  return bench::millisecondsOf([&] {
           probe::sweep(targets, options, {}, [&](const probe::Progress&, const topology::Observation& observation) {
             if (observation.facts) {
               ++reached;
               lastGood = std::chrono::duration<double>(Clock::now() - start).count();
             } else if (observation.failure->stage != topology::Stage::deadline) {
               fmt::print(stderr, "sweep: {}\n", observation.failure->text);
             }
           });
         }) /
         1000;
}

void compareWithYardsticks(int port) {
  const auto targets = bench::roleTargets(port, targetCount);
  double lastGood = 0;
  int reached = 0;
  std::vector<double> ours, bare, psql;
  for (int run = 0; run < runs; ++run) {
    bare.push_back(bench::millisecondsOf([&] { bench::bareLoop(port, targetCount, inFlight, statements()); }) / 1000);
    ours.push_back(sweepSeconds(targets, std::chrono::seconds(60), lastGood, reached));
    if (run < 2)
      psql.push_back(bench::millisecondsOf([&] { xargsPsql(port, targetCount); }) / 1000);
    fmt::print("run {}: sweep {:.2f} s ({} reached), bare libpq {:.2f} s\n", run + 1, ours.back(), reached,
               bare.back());
  }
  fmt::print(
      "sweep of {} targets, {} in flight: {:.2f} s; bare libpq loop {:.2f} s: ratio {:.2f}; xargs psql {:.2f} s: "
      "ratio {:.2f}\n",
      targetCount, inFlight, median(ours), median(bare), median(ours) / median(bare), median(psql),
      median(ours) / median(psql));
}

void compareWithHanging(int port) {
  const test::OddPort silent;
  auto targets = bench::roleTargets(silent.port(), 50);
  const auto good = bench::roleTargets(port, targetCount - 50);
  double alone = 0, among = 0;
  int reached = 0;
  sweepSeconds(good, std::chrono::seconds(60), alone, reached);
  targets.insert(targets.end(), good.begin(), good.end());
  const double whole = sweepSeconds(targets, std::chrono::seconds(10), among, reached);
  fmt::print(
      "50 of {} hang, deadline 10 s: ended after {:.2f} s; {} others complete after {:.2f} s, alone {:.2f} s: ratio "
      "{:.2f}\n",
      targetCount, whole, reached, among, alone, among / alone);
}

} // namespace

int main() {
  const auto cluster = makeCluster();
  compareWithYardsticks(cluster->port());
  compareWithHanging(cluster->port());
}
