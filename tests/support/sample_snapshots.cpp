#include "support/sample_parts.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::samples {

namespace {

using namespace topology;
using namespace std::chrono_literals;

std::vector<std::string> tablesAt(std::initializer_list<std::size_t> indexes) {
  std::vector<std::string> tables;
  for (const std::size_t index : indexes)
    tables.push_back(incidentTables[index]);
  return tables;
}

Trigger protection(const std::string& table) {
  return {table, "protect_" + table.substr(8, table.size() - 9), "BEFORE", {"DELETE"}, true, true};
}

std::vector<Trigger> protections() {
  return {protection("public.\"Game\""), protection("public.\"Session\""), protection("public.\"User\"")};
}

Sighting shopSighting() {
  Sighting shop;
  shop.title = "Shop";
  shop.startedAt = at("2025-11-22T09:30:00Z");
  shop.finishedAt = shop.startedAt + 412ms;
  shop.labels = {{"10.3.0.7:5432", "restore-test", ""},
                 {"db.shop.example:5432", "shop-primary", ""},
                 {"203.0.113.77:6432", "legacy-proxy", ""}};
  return shop;
}

std::vector<std::string> manyTables(std::size_t count) {
  std::vector<std::string> tables;
  for (std::size_t i = 0; i < count; ++i)
    tables.push_back(fmt::format("public.table_{:02}", i));
  return tables;
}

Facts shopFacts(std::int64_t users, UtcTime started) {
  Facts shop = facts(7301234567890123456, "shop", started);
  shop.users = Known<UsersFact>::of({"public.users", Known<std::int64_t>::of(users), CountKind::exact, {}, {}});
  shop.tables = Known<std::vector<std::string>>::of(manyTables(64));
  shop.triggers = Known<std::vector<Trigger>>::of({{"public.table_01", "touch_1", "AFTER", {"UPDATE"}, true, false},
                                                   {"public.table_02", "touch_2", "AFTER", {"UPDATE"}, true, false}});
  return shop;
}

// Two sessions of each server there.
void connectServers(Sighting& shop, std::size_t observation) {
  auto& groups = shop.observations[observation].facts->clients.value->groups;
  for (const ServerSpec& server : shop.servers)
    if (server.observation == observation)
      groups.push_back({server.address, "shop", "shop", 2});
}

// Observations 0, 1 and 2: the clone, the primary, and the pooler that tells nothing.
void addShopObservations(Sighting& shop) {
  Facts clone = shopFacts(48'112, at("2025-11-16T06:00:00Z"));
  clone.clients =
      Known<Clients>::of(sessions({{"203.0.113.31", "billing", "shop", 2}, {"203.0.113.70", "search", "shop", 2}}));
  Facts primary = shopFacts(51'904, at("2025-08-01T06:00:00Z"));
  Facts proxy = shopFacts(51'900, at("2025-08-01T06:00:00Z"));
  proxy.systemIdentifier =
      Known<std::uint64_t>::unknown("no privilege on pg_control_system(), and the pooler refused a second session");
  proxy.startedAt = Known<UtcTime>::unknown("no privilege");
  proxy.users.value->kind = CountKind::estimate;
  proxy.users.value->estimatedAt = at("2025-11-22T03:10:00Z");
  proxy.clients = Known<Clients>::unknown("no privilege");
  for (const Facts& each : {clone, primary, proxy})
    shop.observations.push_back(reached(each, shop.startedAt));
  shop.meetings.push_back({0, 1, "flags", Says::apart, {}});
  shop.meetings.push_back(
      {1, 2, "flags", Says::unclear, "no privilege on pg_control_system(), and the pooler refused a second session"});
}

void addShopGroup(Sighting& shop, const std::string& name, std::size_t count, int firstAddress,
                  const std::string& environment, Role role) {
  const MaskedConnection primary = connection("shop", "db.shop.example", 5432, "shop");
  for (std::size_t i = 0; i < count; ++i)
    shop.servers.push_back(server(fmt::format("{} {}", name, i + 1),
                                  fmt::format("203.0.113.{}", firstAddress + static_cast<int>(i)), environment, role,
                                  primary, 1));
}

} // namespace

Sighting incidentBeforeSighting() {
  Sighting incident = sighting(Side::before, at("2025-12-03T14:02:11Z"));
  Facts local = facts(localIdentifier, "TovPlay", at("2025-09-30T08:00:00Z"));
  local.role = "tovplay";
  local.users = Known<UsersFact>::of(usersOf(22, at("2025-12-03T13:41:00Z")));
  local.tables = Known<std::vector<std::string>>::of(incidentTables);
  local.triggers = Known<std::vector<Trigger>>::of(protections());
  local.clients = Known<Clients>::of(sessions({{"203.0.113.20", "backend", "tovplay", 5}}));
  Facts external = facts(externalIdentifier, "TovPlay", at("2025-12-01T08:00:00Z"));
  external.role = "ops@example.org";
  external.users = Known<UsersFact>::of(usersOf(1, at("2025-11-14T10:00:00Z")));
  external.tables = Known<std::vector<std::string>>::of(tablesAt({0, 1, 2, 3, 4, 5, 6, 8, 9}));
  external.clients = Known<Clients>::of(sessions(
      {{"203.0.113.40", "dashboard", "ops@example.org", 2}, {"203.0.113.59", "backend", "ops@example.org", 3}}));
  incident.observations = {reached(local, incident.startedAt), reached(external, incident.startedAt)};
  incident.servers = {server("Production Backend", "203.0.113.20", "production", Role::writes,
                             connection("tovplay", "postgres", 5432, "TovPlay"), 0),
                      server("Dashboard", ":7777", "", Role::reads, externalConnection(), 1),
                      server("Staging Backend", "203.0.113.59", "staging", Role::reads, externalConnection(), 1)};
  incident.servers[1].client = {"app:dashboard"};
  return incident;
}

Sighting incidentAfterSighting() {
  Sighting incident = sighting(Side::after, at("2025-12-03T14:31:30Z"));
  Facts external = facts(externalIdentifier, "TovPlay", at("2025-12-01T08:00:00Z"));
  external.role = "ops@example.org";
  external.users = Known<UsersFact>::of(usersOf(22, at("2025-12-03T13:41:00Z")));
  external.tables = Known<std::vector<std::string>>::of(firstTables(13));
  external.clients = Known<Clients>::of(sessions({{"203.0.113.20", "backend", "ops@example.org", 5},
                                                  {"203.0.113.40", "dashboard", "ops@example.org", 2},
                                                  {"203.0.113.59", "backend", "ops@example.org", 3}}));
  incident.observations = {
      reached(external, incident.startedAt),
      failed(Stage::connect, "connection refused", "Start PostgreSQL there, or correct the port.", incident.startedAt)};
  incident.servers = {server("Production Backend", "203.0.113.20", "production", Role::writes, externalConnection(), 0),
                      server("Dashboard", ":7777", "", Role::reads, externalConnection(), 0),
                      server("Staging Backend", "203.0.113.59", "staging", Role::reads, externalConnection(), 0)};
  incident.servers[1].client = {"app:dashboard"};
  Database remembered = *incidentBefore().database("A");
  remembered.lastReachedAt = at("2025-12-03T14:20:00Z");
  incident.ghosts = {{1, remembered}};
  return incident;
}

Snapshot incidentBefore() {
  return assemble(incidentBeforeSighting());
}

Snapshot incidentAfter() {
  return assemble(incidentAfterSighting());
}

Comparison incident() {
  return compare(incidentBefore(), incidentAfter());
}

Sighting sixtyServersSighting() {
  Sighting shop = shopSighting();
  addShopObservations(shop);
  const MaskedConnection clone = connection("shop", "10.3.0.7", 5432, "shop");
  shop.servers.push_back(server("Billing Worker", "203.0.113.31", "production", Role::writes, clone, 0));
  shop.servers.push_back(server("Invoice Cron", "203.0.113.32", "production", Role::reads, clone, 0));
  addShopGroup(shop, "Storefront", 24, 40, "production", Role::writes);
  addShopGroup(shop, "Search", 16, 70, "production", Role::reads);
  addShopGroup(shop, "Staging", 14, 102, "staging", Role::reads);
  connectServers(shop, 1);
  shop.servers.push_back(server("Partner Export", "203.0.113.90", "production", Role::reads,
                                connection("partner", "203.0.113.77", 6432, "shop"), 2));
  const auto unreached = [&](const std::string& name, const std::string& address, Stage stage, const std::string& why) {
    shop.servers.push_back(server(name, address, "production", Role::reads,
                                  connection("shop", "db.shop.example", 5432, "shop"), shop.observations.size()));
    shop.observations.push_back(failed(stage, why, {}, shop.startedAt));
  };
  unreached("Reports EU", "203.0.113.131", Stage::resolve, "no such host");
  unreached("Mailer", "203.0.113.132", Stage::connect, "connection refused");
  unreached("Admin Panel with a rather long and telling name", "203.0.113.133", Stage::authenticate, "wrong password");
  return shop;
}

Snapshot sixtyServers() {
  return assemble(sixtyServersSighting());
}

Snapshot oneServer() {
  Sighting one = incidentAfterSighting();
  one.ghosts.clear();
  one.servers = {one.servers[1]};
  return assemble(one);
}

Snapshot twoServers() {
  Sighting two = incidentBeforeSighting();
  two.side = Side::after;
  two.servers.pop_back();
  return assemble(two);
}

Snapshot twelveServers() {
  Sighting shop = shopSighting();
  addShopObservations(shop);
  shop.meetings = {{1, 2, "flags", Says::sameDatabase, {}}};
  addShopGroup(shop, "Storefront", 7, 40, "production", Role::writes);
  addShopGroup(shop, "Search", 3, 70, "production", Role::reads);
  for (int i = 0; i < 2; ++i)
    shop.servers.push_back(server(fmt::format("Report {}", i + 1), fmt::format("203.0.113.{}", 90 + i), "staging",
                                  Role::reads, connection("shop", "203.0.113.77", 6432, "shop"), 2));
  connectServers(shop, 1);
  shop.observations[2] = shop.observations[1];
  shop.observations[2].facts->clients.value->groups.clear();
  connectServers(shop, 2);
  for (const ClientGroup& group : shop.observations[2].facts->clients->groups)
    shop.observations[1].facts->clients.value->groups.push_back(group);
  return assemble(shop);
}

Snapshot allUnreachable() {
  Sighting none = incidentAfterSighting();
  none.ghosts.clear();
  none.observations = {
      failed(Stage::resolve, "no such host", "Correct the host name.", none.startedAt),
      failed(Stage::connect, "connection refused", "Start PostgreSQL there, or correct the port.", none.startedAt),
      failed(Stage::deadline, "no answer within 10 s", "Look whether a firewall drops the packets.", none.startedAt)};
  for (std::size_t i = 0; i < none.servers.size(); ++i)
    none.servers[i].observation = i;
  return assemble(none);
}

Snapshot unknownIdentity() {
  Sighting unknown = incidentAfterSighting();
  unknown.ghosts.clear();
  Facts proxy = *unknown.observations[0].facts;
  proxy.systemIdentifier = Known<std::uint64_t>::unknown("no privilege on pg_control_system()");
  unknown.observations[1] = reached(proxy, unknown.startedAt);
  unknown.meetings = {{0, 1, "flags", Says::unclear, "the pooler refused a second session"}};
  unknown.servers[2].observation = 1;
  unknown.servers[2].connection = connection("ops", "203.0.113.77", 6432, "TovPlay");
  return assemble(unknown);
}

Snapshot longNames() {
  Sighting named = incidentBeforeSighting();
  named.side = Side::after;
  named.servers.push_back(named.servers[0]);
  const std::string ends[] = {"Europe West 1", "Europe West 2", "North America 1", "Asia Pacific 1"};
  for (std::size_t i = 0; i < named.servers.size(); ++i) {
    named.servers[i].name = "Customer Relations Synchronisation Worker of ";
    named.servers[i].name += ends[i];
    named.servers[i].name.resize(60, '.');
  }
  named.servers[3].address = "203.0.113.60";
  named.labels[0].label = "The local container inside the production server in Frankfurt";
  named.labels[1].label = "The external managed PostgreSQL of the second data centre";
  return assemble(named);
}

Snapshot replica() {
  Sighting pair = incidentAfterSighting();
  pair.ghosts.clear();
  pair.servers.pop_back();
  Facts primary = *pair.observations[0].facts;
  primary.serverAddress = "203.0.113.196";
  primary.senders = Known<std::vector<WalSender>>::of(
      {{"walreceiver", "203.0.113.197", "streaming", "standby1", primary.walLsn, primary.walLsn}});
  Facts standby = primary;
  standby.serverAddress = "203.0.113.197";
  standby.inRecovery = true;
  standby.senders = Known<std::vector<WalSender>>::unknown("a standby");
  standby.receiver = Known<WalReceiver>::of({"streaming", "203.0.113.196", 5432, "standby1", primary.walLsn});
  standby.replayLag = Known<std::chrono::microseconds>::of(2s);
  standby.canInsertUsers = Known<bool>::of(false);
  pair.observations = {reached(primary, pair.startedAt), reached(standby, pair.startedAt)};
  pair.meetings = {{0, 1, "flags", Says::apart, {}}};
  pair.servers[1].observation = 1;
  pair.servers[1].connection = connection("ops", "203.0.113.197", 5432, "TovPlay");
  return assemble(pair);
}

Sighting routesSighting() {
  Sighting routed = sighting(Side::after, at("2025-12-03T14:31:30Z"));
  routed.symptom.clear();
  routed.labels = {{fmt::format("{}", localIdentifier), "Production", ""},
                   {fmt::format("{}", externalIdentifier), "Staging", ""}};
  Facts production = facts(localIdentifier, "app", at("2025-09-30T08:00:00Z"));
  production.users = Known<UsersFact>::of(usersOf(22, at("2025-12-03T13:41:00Z")));
  production.clients =
      Known<Clients>::of(sessions({{"172.18.0.3", "backend", "app", 5}, {"203.0.113.99", "psql", "ops", 1}}));
  Facts staging = facts(externalIdentifier, "app", at("2025-12-01T08:00:00Z"));
  staging.users = Known<UsersFact>::of(usersOf(1, at("2025-11-14T10:00:00Z")));
  staging.clients =
      Known<Clients>::of(sessions({{"127.0.0.1", "staging", "app", 3}, {"203.0.113.21", "worker", "app", 2}}));
  routed.observations = {reached(production, routed.startedAt), reached(staging, routed.startedAt),
                         failed(Stage::route, "ssh mail: Permission denied (publickey,keyboard-interactive)",
                                "Log in on a terminal, then probe again.", routed.startedAt)};
  routed.observations[2].failure->loginCommand = "ssh -o ControlMaster=yes mail";
  const MaskedConnection local = connection("app", "localhost", 5432, "app");
  MaskedConnection docker = connection("app", "postgres", 5432, "app");
  docker.origin = "DATABASE_URL in worker/.env";
  docker.passwordFrom = "~/.pgpass";
  const auto add = [&](const std::string& name, const std::string& address, const MaskedConnection& string,
                       const std::string& route, std::size_t observation, const std::vector<std::string>& client) {
    routed.servers.push_back(server(name, address, "", Role::unstated, string, observation));
    routed.servers.back().route = route;
    routed.servers.back().client = client;
  };
  add("Production Backend", "203.0.113.20", local, "ssh prod", 0, {"app:backend"});
  add("Staging Backend", "203.0.113.59", local, "ssh staging", 1, {"app:staging"});
  add("Report Worker", "203.0.113.21", docker, "command docker exec -i worker nc %h %p", 0, {"203.0.113.21"});
  add("Nightly Export", "203.0.113.22", local, "ssh prod", 0, {"203.0.113.22"});
  add("Mailer", "203.0.113.25", local, "ssh mail", 2, {});
  return routed;
}

Snapshot routes() {
  return assemble(routesSighting());
}

Comparison oneSideEmpty() {
  Sighting none = incidentBeforeSighting();
  none.servers.clear();
  none.observations.clear();
  return compare(assemble(none), incidentAfter());
}

Snapshot manyServers(std::size_t servers, std::size_t databases) {
  Sighting many = shopSighting();
  many.labels.clear();
  for (std::size_t i = 0; i < databases; ++i) {
    Facts each = shopFacts(50'000, at("2025-08-01T06:00:00Z"));
    each.systemIdentifier = Known<std::uint64_t>::of(7301234567890123456 + (static_cast<std::uint64_t>(i) << 40));
    each.databaseName = fmt::format("shop_{}", i + 1);
    many.observations.push_back(reached(each, many.startedAt));
  }
  for (std::size_t i = 0; i < servers; ++i) {
    const std::size_t on = i % databases;
    many.servers.push_back(
        server(fmt::format("Server {}", i + 1), fmt::format("10.{}.{}.{}", i >> 16, i >> 8 & 255, i & 255),
               i % 3 == 0 ? "staging" : "production", i % 2 == 0 ? Role::writes : Role::reads,
               connection("shop", fmt::format("db{}.example.org", on + 1), 5432, fmt::format("shop_{}", on + 1)), on));
  }
  return assemble(many);
}

} // namespace whichbase::samples
