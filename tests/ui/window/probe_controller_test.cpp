#include "probe_controller.h"
#include "support/odd_ports.h"

#include <QElapsedTimer>
#include <QTest>

#include <gtest/gtest.h>

#include <atomic>

namespace whichbase {

namespace {

ui::ProbeController::Request requestFor(int port, int servers = 1) {
  ui::ProbeController::Request request;
  for (int i = 0; i < servers; ++i) {
    auto& server = request.project.servers.emplace_back();
    server.name = "Server " + std::to_string(i + 1);
    server.present = project::ConnectionSpec{
        "postgresql://u" + std::to_string(i) + ":p@127.0.0.1:" + std::to_string(port) + "/db", "direct"};
  }
  return request;
}

bool wait(const std::function<bool()>& condition, int ms = 5000) {
  return QTest::qWaitFor(condition, ms);
}

} // namespace

TEST(ProbeController, DeliversAResultWithAFailureOfEveryServerThatAnswersNonsense) {
  const test::OddPort http("HTTP/1.1 400 Bad Request\r\n\r\n");
  ui::ProbeController controller;
  std::optional<ui::ProbeController::Result> result;
  int progressed = 0;
  QObject::connect(&controller, &ui::ProbeController::finished, [&](const auto& r) { result = r; });
  QObject::connect(&controller, &ui::ProbeController::progressed, [&](int done, int) { progressed = done; });
  controller.start(requestFor(http.port(), 3));
  EXPECT_TRUE(controller.running());
  ASSERT_TRUE(wait([&] { return result.has_value(); }, 15000));
  EXPECT_FALSE(controller.running());
  ASSERT_EQ(result->after->servers.size(), 3U);
  for (const auto& server : result->after->servers)
    EXPECT_TRUE(server.failure.has_value());
  EXPECT_EQ(progressed, 3);
}

TEST(ProbeController, CancelDropsWhatComesLate) {
  const test::OddPort tarpit;
  ui::ProbeController controller;
  int results = 0;
  QObject::connect(&controller, &ui::ProbeController::finished, [&] { ++results; });
  controller.start(requestFor(tarpit.port()));
  ASSERT_TRUE(wait([&] { return tarpit.accepted() > 0; }));
  controller.cancel();
  EXPECT_FALSE(controller.running());
  ASSERT_TRUE(wait([] { return ui::ProbeController::threadsAlive() == 0; })) << "the sweep ends at once when stopped";
  QTest::qWait(50);
  EXPECT_EQ(results, 0);
}

TEST(ProbeController, ANewerProbeReplacesTheOneThatRuns) {
  const test::OddPort tarpit;
  const test::OddPort http("HTTP/1.1 400 Bad Request\r\n\r\n");
  ui::ProbeController controller;
  std::vector<ui::ProbeController::Result> results;
  QObject::connect(&controller, &ui::ProbeController::finished, [&](const auto& r) { results.push_back(r); });
  controller.start(requestFor(tarpit.port()));
  controller.start(requestFor(http.port(), 2));
  ASSERT_TRUE(wait([&] { return !results.empty(); }, 15000));
  ASSERT_TRUE(wait([] { return ui::ProbeController::threadsAlive() == 0; }));
  QTest::qWait(50);
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0].after->servers.size(), 2U);
}

TEST(ProbeController, EndsAtOnceWhileAProbeHangs) {
  const test::OddPort tarpit;
  auto controller = std::make_unique<ui::ProbeController>();
  controller->start(requestFor(tarpit.port(), 20));
  ASSERT_TRUE(wait([&] { return tarpit.accepted() > 0; }));
  QElapsedTimer clock;
  clock.start();
  controller.reset();
  EXPECT_LT(clock.elapsed(), 50);
  EXPECT_TRUE(wait([] { return ui::ProbeController::threadsAlive() == 0; }));
}

TEST(ProbeController, WorkThatOutlivesTheControllerIsDropped) {
  auto controller = std::make_unique<ui::ProbeController>();
  std::atomic<bool> stopSeen = false;
  bool delivered = false;
  controller->run(
      [&stopSeen](const std::stop_token& stop) {
        while (!stop.stop_requested())
          std::this_thread::sleep_for(std::chrono::milliseconds(1));
        stopSeen = true;
        return 1;
      },
      [&delivered](int) { delivered = true; });
  controller.reset();
  ASSERT_TRUE(wait([] { return ui::ProbeController::threadsAlive() == 0; }));
  QTest::qWait(20);
  EXPECT_TRUE(stopSeen);
  EXPECT_FALSE(delivered);
}

} // namespace whichbase
