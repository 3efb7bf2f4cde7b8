#include "support/pgbouncer.h"
#include "watched.h"

#include <algorithm>

namespace whichbase::test {
namespace {

using namespace std::chrono_literals;
using live::LinkState;
using live::Update;

TEST(Watch, RowsInsertedAreSeenWithinSomeTicks) {
  const auto shop = newShop(22);
  Watched watched(requestFor({serverAt("Backend", shop->url("shop"))}));
  watched.waitFor("22 users", [](const Update& update) { return usersOf(update, "Backend") == 22; });
  const Update before = watched.waitUntilConnected();
  sql(*shop, "shop", "INSERT INTO users SELECT FROM generate_series(1, 3)");
  const Update after =
      watched.waitFor("25 users", [](const Update& update) { return usersOf(update, "Backend") == 25; });
  EXPECT_EQ(letterOf(after, "Backend"), letterOf(before, "Backend"));
  EXPECT_GT(after.after->finishedAt, before.after->finishedAt);
  watched.waitFor("an exact count", [](const Update& update) {
    return usersOf(update, "Backend") == 25 && databaseOf(update, "Backend")->users->kind == topology::CountKind::exact;
  });
}

TEST(Watch, ADroppedTableIsSeen) {
  const auto shop = newShop(2);
  Watched watched(requestFor({serverAt("Backend", shop->url("shop"))}));
  const Update before = watched.waitUntilConnected();
  EXPECT_EQ(databaseOf(before, "Backend")->tables->size(), 2u);
  sql(*shop, "shop", "DROP TABLE orders");
  watched.waitFor("one table", [](const Update& update) {
    const auto* database = databaseOf(update, "Backend");
    return database != nullptr && database->tables && database->tables->size() == 1;
  });
}

TEST(Watch, ADisabledTriggerIsSeen) {
  const auto shop = newShop(2);
  Watched watched(requestFor({serverAt("Backend", shop->url("shop"))}));
  watched.waitUntilConnected();
  sql(*shop, "shop", "ALTER TABLE orders DISABLE TRIGGER keep_orders");
  watched.waitFor("a disabled trigger", [](const Update& update) {
    const auto* database = databaseOf(update, "Backend");
    return database != nullptr && database->triggers && database->triggers->size() == 1 &&
           !database->triggers->front().enabled;
  });
}

TEST(Watch, ARestartedDatabaseKeepsItsLetter) {
  const auto shop = newShop(2);
  const auto other = newShop(3);
  Watched watched(requestFor({serverAt("Backend", shop->url("shop")), serverAt("Dashboard", other->url("shop"))}));
  const Update before = watched.waitUntilConnected();
  const auto startedAt = databaseOf(before, "Dashboard")->startedAt;
  EXPECT_EQ(letterOf(before, "Dashboard"), "B");
  ASSERT_TRUE(other->stop(true));
  const Update gone = watched.waitFor("a waiting session", [](const Update& update) {
    return std::ranges::any_of(update.links, [](const auto& link) { return link.kind == LinkState::Kind::waiting; });
  });
  const auto waiting =
      std::ranges::find_if(gone.links, [](const auto& link) { return link.kind == LinkState::Kind::waiting; });
  EXPECT_EQ(waiting->servers, std::vector<std::string>{"Dashboard"});
  EXPECT_NE(waiting->text.find("refused"), std::string::npos) << waiting->text;
  EXPECT_TRUE(waiting->retryAt);
  EXPECT_FALSE(gone.after->server("Dashboard")->reached());
  EXPECT_TRUE(gone.after->server("Backend")->reached());
  ASSERT_TRUE(other->start());
  const Update after =
      watched.waitFor("it again", [](const Update& update) { return !letterOf(update, "Dashboard").empty(); });
  EXPECT_EQ(letterOf(after, "Dashboard"), "B");
  EXPECT_GT(databaseOf(after, "Dashboard")->startedAt, startedAt);
}

TEST(Watch, AnEndedSessionIsMadeAgain) {
  const auto shop = newShop(2);
  Watched watched(requestFor({serverAt("Backend", shop->url("shop"))}));
  watched.waitUntilConnected();
  for (int times = 0; times < 3; ++times) {
    sql(*shop, "shop", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'whichbase'");
    sql(*shop, "shop", "INSERT INTO users DEFAULT VALUES");
    watched.waitFor("its rows", [&](const Update& update) { return usersOf(update, "Backend") == 3 + times; });
  }
}

TEST(Watch, AStoppedServerIsGoneAndAContinuedOneBack) {
  const auto shop = newShop(2);
  const auto other = newShop(3);
  Watched watched(requestFor({serverAt("Backend", shop->url("shop")), serverAt("Dashboard", other->url("shop"))}));
  watched.waitUntilConnected();
  other->signalAll(SIGSTOP);
  const Update gone = watched.waitFor("a failure", [](const Update& update) {
    return !update.after->server("Dashboard")->reached() && update.after->server("Backend")->reached();
  });
  EXPECT_EQ(gone.after->server("Dashboard")->failure->stage, topology::Stage::deadline);
  other->signalAll(SIGCONT);
  watched.waitFor("it again", [](const Update& update) { return letterOf(update, "Dashboard") == "B"; });
}

TEST(Watch, PausedItAsksNothingAndOneStepIsOneTick) {
  const auto shop = newShop(2);
  Watched watched(requestFor({serverAt("Backend", shop->url("shop"))}));
  watched.waitUntilConnected();
  watched.controls().pause(true);
  watched.waitFor("the pause", [](const Update& update) { return update.paused; });
  const auto number = watched.updates();
  sql(*shop, "shop", "INSERT INTO users DEFAULT VALUES");
  std::this_thread::sleep_for(500ms);
  EXPECT_EQ(watched.updates(), number);
  watched.controls().step();
  const Update stepped =
      watched.waitFor("the step", [](const Update& update) { return usersOf(update, "Backend") == 3; });
  EXPECT_TRUE(stepped.paused);
  EXPECT_FALSE(stepped.nextAt);
  EXPECT_EQ(watched.updates(), number + 1);
  watched.controls().sweep();
  watched.waitFor("the sweep", [](const Update& update) { return update.swept && update.paused; });
  watched.controls().pause(false);
  watched.waitFor("going on", [](const Update& update) { return !update.paused; });
}

TEST(Watch, EndsAtOnceInEveryPhase) {
  const auto shop = newShop(2);
  const auto hanging = newShop(2);
  const auto servers = std::vector{serverAt("Backend", shop->url("shop")), serverAt("Dashboard", hanging->url("shop"))};
  for (const auto pause : {0ms, 5ms, 20ms, 60ms, 150ms, 400ms}) {
    Watched watched(requestFor(servers));
    std::this_thread::sleep_for(pause);
    EXPECT_LT(watched.stop(), 1s) << pause.count();
  }
  Watched ticking(requestFor(servers));
  ticking.waitUntilConnected();
  hanging->signalAll(SIGSTOP);
  for (const auto pause : {0ms, 300ms, 2'000ms, 5'000ms}) { // sweeping, or waiting for an answer
    Watched watched(requestFor(servers));
    std::this_thread::sleep_for(pause);
    EXPECT_LT(watched.stop(), 1s) << pause.count();
  }
  EXPECT_LT(ticking.stop(), 1s);
  hanging->signalAll(SIGCONT);
}

} // namespace
} // namespace whichbase::test
