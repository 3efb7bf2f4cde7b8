#include "probe_fixture.h"
#include "support/odd_ports.h"
#include "support/pgbouncer.h"

#include <algorithm>
#include <thread>

namespace whichbase {
namespace {

using namespace test;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

TEST(Sweep, ReportsEachTargetOnceAsItGoes) {
  std::vector<probe::Target> targets{targetOf(local()), targetOf(external()),
                                     targetOf("127.0.0.1", freePort(), "db", "u", "p")};
  std::vector<std::size_t> seen;
  std::size_t lastDone = 0;
  const auto result = probe::sweep(targets, {}, {}, [&](const probe::Progress& progress, const auto&) {
    seen.push_back(progress.target);
    EXPECT_EQ(progress.done, ++lastDone);
    EXPECT_EQ(progress.total, 3u);
  });
  std::ranges::sort(seen);
  EXPECT_EQ(seen, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_TRUE(result.complete);
}

TEST(Sweep, FiftyHangingTargetsHoldUpNoneOfTheOthers) {
  const OddPort silent;
  std::vector<probe::Target> targets;
  for (int i = 0; i < 50; ++i)
    targets.push_back(targetOf("127.0.0.1", silent.port(), "db" + std::to_string(i), "u", "p"));
  for (int i = 0; i < 20; ++i)
    targets.push_back(changed(targetOf(local()), "sslmode", i % 2 == 0 ? "prefer" : "disable"));
  probe::SweepOptions options;
  options.deadline = 4s;
  options.perEndpoint = 40;
  const auto start = Clock::now();
  Clock::duration lastGood{};
  const auto result = probe::sweep(targets, options, {}, [&](const probe::Progress& progress, const auto& observation) {
    if (progress.target >= 50) {
      EXPECT_TRUE(observation.facts);
      lastGood = Clock::now() - start;
    }
  });
  EXPECT_LT(Clock::now() - start, 4200ms);
  EXPECT_LT(lastGood, 3s);
  EXPECT_TRUE(std::all_of(result.observations.begin(), result.observations.begin() + 50,
                          [](const auto& o) { return o.failure && o.failure->stage == topology::Stage::deadline; }));
}

TEST(Sweep, NeverExceedsTheLimitOfOneEndpoint) {
  const OddPort silent;
  std::vector<probe::Target> targets;
  for (int i = 0; i < 30; ++i)
    targets.push_back(targetOf("127.0.0.1", silent.port(), "db" + std::to_string(i), "u", "p"));
  probe::SweepOptions options;
  options.deadline = 1500ms;
  options.perEndpoint = 3;
  const auto result = probe::sweep(targets, options, {});
  EXPECT_EQ(silent.accepted(), 3);
  EXPECT_NE(result.observations[29].failure->text.find("not tried"), std::string::npos);
}

TEST(Sweep, StopsAtOnceWhenAsked) {
  const OddPort silent;
  std::stop_source source;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(300ms);
    source.request_stop();
  });
  const auto start = Clock::now();
  const auto result =
      probe::sweep({targetOf("127.0.0.1", silent.port(), "db", "u", "p"), targetOf(local())}, {}, source.get_token());
  EXPECT_LT(Clock::now() - start, 600ms);
  EXPECT_FALSE(result.complete);
  EXPECT_TRUE(result.observations[0].failure);
}

TEST(Sweep, AStopBeforeTheStartVisitsNobody) {
  std::stop_source source;
  source.request_stop();
  const auto result = probe::sweep({targetOf(local())}, {}, source.get_token());
  ASSERT_TRUE(result.observations[0].failure);
  EXPECT_FALSE(result.complete);
}

TEST(Sweep, LeavesNoSessionBehind) {
  sweepOf({targetOf(local()), changed(targetOf(local()), "host", "localhost"), targetOf(local(), "postgres")});
  std::string left;
  for (int attempt = 0; attempt < 50; ++attempt) {
    left = sql(local(), "postgres", "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'whichbase'");
    if (left == "0\n")
      break;
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(left, "0\n");
}

TEST(Sweep, WritesNothing) {
  const std::string query = "SELECT pg_current_wal_insert_lsn(), txid_snapshot_xmax(txid_current_snapshot())";
  sql(local(), "postgres", "CHECKPOINT");
  const std::string before = sql(local(), "postgres", query);
  sweepOf({targetOf(local()), changed(targetOf(local()), "host", "localhost")});
  EXPECT_EQ(sql(local(), "postgres", query).substr(before.find('|')), before.substr(before.find('|')))
      << "a transaction id was used";
}

} // namespace
} // namespace whichbase
