// Time: a computer that sleeps, a clock that is set, and a working day of ticks.
#include "watched.h"

#include <malloc.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace whichbase::test {
namespace {

using namespace std::chrono_literals;
using live::Update;

struct Shift {
  std::atomic<std::int64_t> sleptSeconds{0}, setSeconds{0};
  live::Clocks clocks() {
    return [this] {
      live::ClockReading reading = live::readClocks();
      reading.sinceBoot += std::chrono::seconds(sleptSeconds);
      reading.utc += std::chrono::seconds(sleptSeconds + setSeconds);
      return reading;
    };
  }
};

TEST(Watch, AComputerThatSleptIsFollowedByOneSweepAndNoTicksAreCaughtUp) {
  const auto shop = newShop(2);
  Shift shift;
  live::Request request = requestFor({serverAt("Backend", shop->url("shop"))});
  request.clocks = shift.clocks();
  Watched watched(std::move(request));
  watched.waitUntilConnected();
  watched.waitForTick();
  const auto number = watched.updates();
  const auto start = std::chrono::steady_clock::now();
  shift.sleptSeconds = 8 * 3600;
  const Update swept = watched.waitForSweepAfter(number);
  EXPECT_GT(swept.after->finishedAt, topology::now() + 7h);
  const auto passed = std::chrono::steady_clock::now() - start;
  EXPECT_LE(watched.updates() - number, static_cast<std::size_t>(passed / 100ms) + 5);
  watched.waitForTick();
}

TEST(Watch, AClockThatIsSetBackKeepsTheOrderOfUpdates) {
  const auto shop = newShop(2);
  Shift shift;
  live::Request request = requestFor({serverAt("Backend", shop->url("shop"))});
  request.clocks = shift.clocks();
  Watched watched(std::move(request)); // which looks at the order
  const Update before = watched.waitUntilConnected();
  shift.setSeconds = -3600;
  for (int times = 0; times < 3; ++times) {
    const auto number = watched.updates();
    watched.waitFor("more", [&](const Update& update) {
      return !update.swept && update.after->finishedAt > before.after->finishedAt;
    });
    EXPECT_GE(watched.updates(), number);
  }
  const Update after = watched.waitForTick();
  EXPECT_GE(after.after->finishedAt, *databaseOf(after, "Backend")->lastReachedAt);
}

struct Use {
  long residentKb = 0;
  std::ptrdiff_t descriptors = 0, threads = 0;
};

Use useNow() {
  malloc_trim(0); // what is free is no growth
  Use use;
  long pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> use.residentKb;
  use.residentKb *= 4;
  const auto count = [](const char* folder) {
    return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
  };
  use.descriptors = count("/proc/self/fd");
  use.threads = count("/proc/self/task");
  return use;
}

// As many ticks as eight hours at 5 s have, with as many sweeps, looks at the configuration and new sessions.
TEST(Watch, AWorkingDayLeaksNothing) {
  constexpr std::size_t day = 8 * 3600 / 5;
  const auto shop = newShop(22);
  const auto other = newShop(1);
  const Use before = useNow();
  live::Request request =
      requestFor({serverAt("Backend", shop->url("shop")), serverAt("Dashboard", other->url("shop"))});
  request.options.interval = 1ms;
  request.options.inventoryEvery = 500ms;
  request.options.configurationEvery = 100ms;
  request.options.sessionAge = 200ms;
  Watched watched(std::move(request));
  std::atomic<bool> isDone{false};
  std::jthread writer([&] {
    while (!isDone) {
      sql(*shop, "shop", "INSERT INTO users DEFAULT VALUES");
      std::this_thread::sleep_for(200ms);
    }
  });
  const auto waitForUpdates = [&](std::size_t number) {
    const auto end = std::chrono::steady_clock::now() + 8min;
    while (watched.updates() < number && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(20ms);
    ASSERT_GE(watched.updates(), number);
  };
  waitForUpdates(day / 10);
  const Use early = useNow();
  waitForUpdates(day);
  const Use late = useNow();
  isDone = true;
  writer.join();
  watched.waitFor("both", [](const Update& update) {
    return update.after->server("Backend")->reached() && update.after->server("Dashboard")->reached();
  });
  watched.stop();
  const Use after = useNow();
  std::cout << "resident: " << early.residentKb << " kB after a tenth, " << late.residentKb
            << " kB at the end; threads " << before.threads << " → " << after.threads << ", descriptors "
            << before.descriptors << " → " << after.descriptors << '\n';
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // these keep what was freed, and shadows of it
  EXPECT_LT(late.residentKb, early.residentKb + 4'096);
#endif
  EXPECT_EQ(after.threads, before.threads);
  EXPECT_EQ(after.descriptors, before.descriptors);
}

} // namespace
} // namespace whichbase::test
