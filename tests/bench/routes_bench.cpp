// A sweep of 40 targets behind one ssh host, beside the same 40 targets visited directly and one ssh login, in one run.
// Prints figures; judges nothing.
#include "demo/throwaway_cluster.h"
#include "probe/sweep.h"
#include "process/child_process.h"
#include "role_targets.h"
#include "support/sshd.h"
#include "timing.h"

#include <fmt/format.h>

#include <algorithm>

namespace {

using namespace whichbase;

constexpr int targetCount = 40;
constexpr int runs = 5;

double sweepMilliseconds(const std::vector<probe::Target>& targets) {
  probe::SweepOptions options;
  options.deadline = std::chrono::seconds(60);
  options.perEndpoint = options.concurrency;
  probe::SweepResult result;
  const double spent = bench::millisecondsOf([&] { result = probe::sweep(targets, options, {}); });
  for (const auto& observation : result.observations)
    if (observation.failure)
      fmt::print(stderr, "not reached: {}\n", observation.failure->text);
  return spent;
}

} // namespace

int main() {
  auto cluster = demo::ThrowawayCluster::create({.settings = {{"max_connections", "200"}}});
  std::string problem;
  const auto ssh = test::Sshd::start({}, problem);
  const auto filled =
      cluster ? (*cluster)->sql("postgres",
                                fmt::format("CREATE TABLE users AS SELECT generate_series(1, 1000) AS id; GRANT SELECT "
                                            "ON users TO PUBLIC; DO $$ BEGIN FOR i IN 1..{} LOOP EXECUTE format("
                                            "'CREATE ROLE bench%s LOGIN PASSWORD ''pw''', i); END LOOP; END $$",
                                            targetCount))
              : std::unexpected(cluster.error());
  if (!filled || !ssh) {
    fmt::print(stderr, "{}{}\n", problem, filled ? "" : filled.error().text);
    return 1;
  }
  const auto direct = bench::roleTargets((*cluster)->port(), targetCount);
  const auto behind = bench::roleTargets((*cluster)->port(), targetCount, *route::parseVia(ssh->via()));
  const std::string login = fmt::format("ssh -o BatchMode=yes {} true", ssh->words());
  std::vector<double> directs, behinds, logins;
  for (int run = 0; run < runs; ++run) {
    directs.push_back(sweepMilliseconds(direct));
    logins.push_back(bench::millisecondsOf([&] { (void)process::run({"/bin/sh", {"-c", login}}); }));
    behinds.push_back(sweepMilliseconds(behind));
    fmt::print("run {}: {:.0f} ms behind ssh, {:.0f} ms directly, one login {:.0f} ms\n", run + 1, behinds.back(),
               directs.back(), logins.back());
  }
  const double yardstick = bench::median(directs) + bench::median(logins);
  fmt::print("{} targets behind one ssh host: {:.0f} ms; directly and one login: {:.0f} ms; ratio {:.2f}\n",
             targetCount, bench::median(behinds), yardstick, bench::median(behinds) / yardstick);
  return 0;
}
