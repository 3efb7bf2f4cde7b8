// Scenarios in which something leads elsewhere: strings, endpoints, a failover, a network that is cut.
#include "forwarder.h"
#include "process/child_process.h"
#include "support/network_namespace.h"
#include "support/pgbouncer.h"
#include "support/temporary_folder.h"
#include "watched.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <libpq-fe.h>

#include <fstream>

namespace whichbase::test {
namespace {

using namespace std::chrono_literals;
using live::Update;

std::string urlAt(demo::ThrowawayCluster& cluster, int port) {
  return fmt::format("postgresql://postgres:{}@127.0.0.1:{}/shop", cluster.password(), port);
}

TEST(Watch, AServerWhoseFileIsEditedMoves) {
  const auto first = newShop(22);
  const auto second = newShop(1);
  const TemporaryFolder folder;
  const auto write = [&](const std::string& url) {
    std::ofstream(folder.path() / "new.env") << "DATABASE_URL=" << url << '\n';
    std::filesystem::rename(folder.path() / "new.env", folder.path() / ".env");
  };
  write(first->url("shop"));
  project::Server backend = serverAt("Backend", "");
  backend.present->from = "env-file .env";
  live::Request request = requestFor({backend, serverAt("Dashboard", second->url("shop"))});
  request.sources.folder = folder.path();
  request.options.configurationEvery = 200ms;
  Watched watched(std::move(request));
  const Update before = watched.waitUntilConnected();
  EXPECT_EQ(letterOf(before, "Backend"), "A");
  EXPECT_EQ(before.after->verdict.kind, topology::VerdictKind::split);
  write(second->url("shop"));
  const Update after = watched.waitFor("one source", [](const Update& update) {
    return update.after->verdict.kind == topology::VerdictKind::singleSource;
  });
  EXPECT_EQ(letterOf(after, "Backend"), "B");
  EXPECT_FALSE(hasFinding(after, "endpoint-moved"));
}

TEST(Watch, AnEndpointThatLeadsElsewhereIsAFinding) {
  const auto first = newShop(22);
  const auto second = newShop(1);
  sql(*first, "postgres", "ALTER ROLE postgres PASSWORD 'equal'");
  sql(*second, "postgres", "ALTER ROLE postgres PASSWORD 'equal'");
  Forwarder endpoint(first->port());
  const auto url = [](int port) { return fmt::format("postgresql://postgres:equal@127.0.0.1:{}/shop", port); };
  live::Request request = requestFor({serverAt("Backend", url(endpoint.port()))});
  request.options.sessionAge = 500ms; // the kept session itself still leads to the first
  Watched watched(std::move(request));
  const Update before = watched.waitUntilConnected();
  EXPECT_EQ(letterOf(before, "Backend"), "A");
  endpoint.leadTo(second->port());
  const Update after =
      watched.waitFor("the move", [](const Update& update) { return hasFinding(update, "endpoint-moved"); });
  EXPECT_EQ(letterOf(after, "Backend"), "B");
  EXPECT_EQ(usersOf(after, "Backend"), 1);
}

TEST(Watch, AFailoverIsShown) {
  const auto primary = newShop(5);
  auto made = demo::ThrowawayCluster::standbyOf(*primary, {});
  ASSERT_TRUE(made) << made.error().text;
  const auto standby = std::move(*made);
  Watched watched(requestFor({serverAt("Backend", primary->url("shop")), serverAt("Reports", standby->url("shop"))}));
  const Update before = watched.waitUntilConnected();
  ASSERT_TRUE(databaseOf(before, "Reports"));
  EXPECT_TRUE(databaseOf(before, "Reports")->inRecovery);
  ASSERT_TRUE(primary->stop(true));
  watched.waitFor("the primary's end",
                  [](const Update& update) { return !update.after->server("Backend")->reached(); });
  sql(*standby, "postgres", "SELECT pg_promote(false)");
  const Update after = watched.waitFor("a new primary", [](const Update& update) {
    const auto* database = databaseOf(update, "Reports");
    return database != nullptr && !database->inRecovery;
  });
  EXPECT_EQ(letterOf(after, "Reports"), letterOf(before, "Reports"));
}

TEST(Watch, ACutNetworkIsADeadlineAndHeals) {
  std::string problem;
  const auto network = NetworkNamespace::create(problem);
  if (!network)
    GTEST_SKIP() << problem;
  const auto shop = newShop(4);
  const auto inside = network->serve(*shop, problem);
  ASSERT_TRUE(inside) << problem;
  project::Server backend = serverAt("Backend", urlAt(*shop, 5432));
  backend.present->via = fmt::format("command {} nc %h %p", fmt::join(network->inside(), " "));
  const auto link = [&](const std::string& state) {
    auto words = network->inside();
    words.insert(words.end(), {"ip", "link", "set", "lo", state});
    const auto ran = process::run({words.front(), {words.begin() + 1, words.end()}});
    EXPECT_TRUE(ran && ran->exitCode == 0);
  };
  Watched watched(requestFor({backend}));
  watched.waitUntilConnected();
  link("down");
  watched.waitFor("a failure", [](const Update& update) { return !update.after->server("Backend")->reached(); });
  link("up");
  const Update after =
      watched.waitFor("it again", [](const Update& update) { return usersOf(update, "Backend") == 4; });
  EXPECT_EQ(letterOf(after, "Backend"), "A");
}

TEST(Watch, APoolOfOneStillServesItsApplication) {
  const auto shop = newShop(2);
  std::string problem;
  const auto bouncer = PgBouncer::start(*shop, "transaction", 1, problem);
  ASSERT_TRUE(bouncer) << problem;
  live::Request request = requestFor({serverAt("Backend", urlAt(*shop, bouncer->port()))});
  Watched watched(std::move(request));
  watched.waitUntilConnected();
  PGconn* application = PQconnectdb(urlAt(*shop, bouncer->port()).c_str());
  ASSERT_EQ(PQstatus(application), CONNECTION_OK) << PQerrorMessage(application);
  for (int row = 0; row < 50; ++row) {
    PGresult* inserted = PQexec(application, "INSERT INTO public.users DEFAULT VALUES");
    EXPECT_EQ(PQresultStatus(inserted), PGRES_COMMAND_OK) << PQerrorMessage(application);
    PQclear(inserted);
  }
  watched.waitFor("its rows", [](const Update& update) { return usersOf(update, "Backend") == 52; });
  for (const char* setting : {"statement_timeout", "lock_timeout", "transaction_read_only"}) {
    PGresult* shown = PQexec(application, fmt::format("SHOW {}", setting).c_str());
    EXPECT_TRUE(PQgetvalue(shown, 0, 0) == std::string("0") || PQgetvalue(shown, 0, 0) == std::string("off"))
        << setting;
    PQclear(shown);
  }
  PQfinish(application);
}

} // namespace
} // namespace whichbase::test
