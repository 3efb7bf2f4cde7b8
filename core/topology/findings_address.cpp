#include "topology/findings.h"
#include "topology/standpoint.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace whichbase::topology {

namespace {

constexpr std::size_t shown = 4;

using Servers = std::vector<const Server*>;

std::vector<std::string> subjectsOf(const Servers& servers, const std::set<std::string>& databases) {
  std::vector<std::string> subjects = View::names(servers);
  subjects.insert(subjects.end(), databases.begin(), databases.end());
  return subjects;
}

struct Addressed {
  std::string address;
  Servers servers;
};

std::vector<Addressed> byAddress(const Servers& servers) {
  std::vector<Addressed> addresses;
  std::map<std::string, std::size_t> known;
  for (const Server* server : servers) {
    if (server->connection.host.empty())
      continue;
    const std::string address = endpointText(server->connection);
    const auto [at, isNew] = known.emplace(address, addresses.size());
    if (isNew)
      addresses.push_back({address, {}});
    addresses[at->second].servers.push_back(server);
  }
  return addresses;
}

// Reached, by an address that was looked at from where the server stands.
bool isPlaced(const View& view, const Server& server) {
  const Database* database = view.databaseOf(server);
  return database && database->identityProven && !standpointOf(server).empty();
}

// Servers of one string that stand at one point, on one database.
struct Led {
  std::string standpoint;
  const Database* database = nullptr;
  Servers servers;
};

std::vector<Led> ledOf(const View& view, const Servers& servers) {
  std::vector<Led> all;
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  for (const Server* server : servers) {
    const auto [at, isNew] = known.emplace(std::pair(standpointOf(*server), server->database), all.size());
    if (isNew)
      all.push_back({standpointOf(*server), view.databaseOf(*server), {}});
    all[at->second].servers.push_back(server);
  }
  return all;
}

// From two points to two databases. From one point to two it is not the route that changes the answer.
bool isChangedByRoute(const View& view, const Led& a, const Led& b) {
  return a.standpoint != b.standpoint && view.isDifferent(*a.database, *b.database);
}

// Those that the first one differs from by its route, and the first one.
std::vector<Led> changedByRoute(const View& view, const std::vector<Led>& all) {
  for (const Led& first : all) {
    std::vector<Led> changed{first};
    for (const Led& other : all)
      if (isChangedByRoute(view, first, other))
        changed.push_back(other);
    if (changed.size() > 1)
      return changed;
  }
  return {};
}

Finding routeFinding(const std::vector<Led>& changed) {
  Servers servers;
  std::set<std::string> databases, texts;
  std::vector<std::string> parts;
  for (const Led& each : changed) {
    databases.insert(each.database->id);
    for (const Server* server : each.servers) {
      servers.push_back(server);
      texts.insert(server->connection.text);
    }
    parts.push_back(fmt::format("{} ({}) to {}", someOf(View::names(each.servers), 2),
                                overRoute(each.servers.front()->route), View::named(*each.database)));
  }
  const MaskedConnection& connection = servers.front()->connection;
  const std::string address = endpointText(connection);
  return {
      "route-changes-the-answer",
      Severity::warning,
      subjectsOf(servers, databases),
      fmt::format("{} leads to {}, by where the server stands", address,
                  someOf({databases.begin(), databases.end()}, shown)),
      fmt::format("The same string, {}, leads {}. The address is looked up where each server stands, and is not the "
                  "same machine there.",
                  texts.size() == 1 ? connection.text : address + "/" + connection.dbname, someOf(parts, shown)),
      "Nothing is wrong where each is meant to have a database of its own. Otherwise configure an address that "
      "means the same on every server."};
}

// The addresses that were told.
std::set<std::string> addRouteChanges(Findings& findings, const View& view) {
  using StringKey = std::tuple<std::string, int, std::string, std::string>;
  std::vector<Servers> strings;
  std::map<StringKey, std::size_t> known;
  for (const Server& server : view.snapshot().servers) {
    const MaskedConnection& of = server.connection;
    if (of.host.empty() || !isPlaced(view, server))
      continue;
    const auto [at, isNew] = known.emplace(StringKey(of.host, of.port, of.dbname, of.user), strings.size());
    if (isNew)
      strings.emplace_back();
    strings[at->second].push_back(&server);
  }
  std::set<std::string> told;
  for (const Servers& servers : strings) {
    const std::vector<Led> changed = changedByRoute(view, ledOf(view, servers));
    if (changed.empty())
      continue;
    findings.push_back(routeFinding(changed));
    told.insert(endpointText(servers.front()->connection));
  }
  return told;
}

// Two databases of one instance by two names are no surprise; one name, or two instances behind one address, are.
bool isSurprising(const View& view, const Server& a, const Server& b) {
  const Database* first = view.databaseOf(a);
  const Database* second = view.databaseOf(b);
  return first && second && view.isDifferent(*first, *second) &&
         (first->instance != second->instance || a.connection.dbname == b.connection.dbname);
}

// ", looked at over ssh prod", where the two were not looked at alike.
std::string lookedAt(const Server& server, const Server& other) {
  return standpointOf(server) == standpointOf(other) ? std::string() : ", looked at " + overRoute(server.route);
}

void addSameAddress(Findings& findings, const View& view, const std::set<std::string>& told) {
  Servers fromThere, fromHere; // what was looked up from here says nothing beside what was not
  for (const Server& each : view.snapshot().servers)
    (each.lookedFromHere ? fromHere : fromThere).push_back(&each);
  std::vector<Addressed> addresses = byAddress(fromThere);
  for (Addressed& each : byAddress(fromHere))
    addresses.push_back(std::move(each));
  for (const Addressed& each : addresses) {
    const auto first = std::ranges::find_if(each.servers, [&](const Server* server) {
      const Database* database = view.databaseOf(*server);
      return database && database->identityProven;
    });
    if (first == each.servers.end() || told.contains(each.address))
      continue;
    const auto other = std::find_if(first, each.servers.end(),
                                    [&](const Server* server) { return isSurprising(view, **first, *server); });
    if (other == each.servers.end())
      continue;
    const Server& a = **first;
    const Server& b = **other;
    findings.push_back(
        {"same-address-different-database", Severity::warning, subjectsOf(each.servers, {a.database, b.database}),
         fmt::format("{} leads to different databases", each.address),
         fmt::format("{} has {} configured and is led to {}{}; {} has the same and is led to {}{}.", a.name,
                     each.address, a.database, lookedAt(a, b), b.name, b.database, lookedAt(b, a)),
         "Configure an address that means the same on every server."});
  }
}

void addDifferentAddress(Findings& findings, const View& view) {
  for (const Database* each : view.used()) {
    if (!each->identityProven)
      continue;
    const auto addresses = byAddress(view.on(*each));
    if (addresses.size() < 2)
      continue;
    std::vector<std::string> parts;
    for (const Addressed& address : addresses)
      parts.push_back(fmt::format("{} ({})", address.address, someOf(View::names(address.servers), 2)));
    std::vector<std::string> subjects{each->id};
    const auto names = View::names(view.on(*each));
    subjects.insert(subjects.end(), names.begin(), names.end());
    findings.push_back({"different-address-same-database", Severity::info, subjects,
                        fmt::format("{} is reached by {} addresses", each->id, addresses.size()),
                        fmt::format("One database under several addresses: {}.", someOf(parts, shown)),
                        "Nothing is wrong. When the database moves, change every one of them."});
  }
}

} // namespace

void addAddressFindings(Findings& findings, const View& view) {
  const std::set<std::string> told = addRouteChanges(findings, view);
  addSameAddress(findings, view, told);
  addDifferentAddress(findings, view);
}

} // namespace whichbase::topology
