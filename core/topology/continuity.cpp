#include "topology/continuity.h"

#include "topology/assemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <tuple>

namespace whichbase::topology {

namespace {

std::pair<std::string, std::string> ordered(const std::string& a, const std::string& b) {
  return {std::min(a, b), std::max(a, b)};
}

bool isLive(const Database& database) {
  return database.answered && database.identityProven;
}

// What a server has configured, without what was found out about it.
bool isSameConfiguration(const MaskedConnection& a, const MaskedConnection& b) {
  const auto parts = [](const MaskedConnection& each) {
    return std::tie(each.text, each.host, each.port, each.dbname, each.user);
  };
  return parts(a) == parts(b);
}

// Who showed a database that has no identity: its first server, else where the ghost was visited.
std::string showerOf(const Snapshot& snapshot, const Database& database) {
  const auto servers = snapshot.serversOn(database.id);
  return servers.empty() ? fmt::format("at {}/{}", database.address, database.name) : "server " + servers.front()->name;
}

// The last number of users stays known while the same relation cannot be counted, with its age.
void keepLastCount(Database& now, const Database& was) {
  if (!now.users || now.users->count || !was.users || !was.users->count || now.users->relation != was.users->relation)
    return;
  now.users = was.users;
  if (!now.users->countedAt)
    now.users.value->countedAt = was.lastReachedAt;
}

} // namespace

Continuity::Continuity(const Snapshot* seed) {
  if (!seed)
    return;
  m_lastAt = seed->finishedAt;
  for (Database database : seed->databases) {
    if (!database.lastReachedAt && database.answered)
      database.lastReachedAt = seed->finishedAt;
    m_records.push_back(database);
    if (database.identityProven)
      m_known.push_back(database);
    else
      m_unknownIds.emplace("before " + database.id, database.id);
  }
  learnApart(*seed);
}

void Continuity::recall(const Snapshot& earlier) {
  const auto keeps = [&](const Database& each) {
    const Database* other = known(each.id);
    return !other || (keyOf(*other) && keyOf(*other) == keyOf(each));
  };
  Snapshot kept = earlier;
  std::erase_if(kept.databases, [&](const Database& each) { return each.identityProven && !keeps(each); });
  for (Server& server : kept.servers)
    if (!kept.database(server.database))
      server.database.clear();
  std::erase_if(kept.endpointMoves,
                [&](const EndpointMove& move) { return !kept.database(move.from) || !kept.database(move.to); });
  learn(kept);
  for (const Database& each : kept.databases)
    if (!each.answered && each.identityProven && !known(each.id))
      m_known.push_back(each);
  m_moves = kept.endpointMoves;
  for (const Server& server : kept.servers) {
    const Database* database = kept.database(server.database);
    if (const std::string& last = database ? server.database : server.lastDatabase; kept.database(last))
      m_lastDatabases[server.name] = last;
    if (!database || !isLive(*database))
      continue;
    const auto move = std::ranges::find(m_moves, server.name, &EndpointMove::server);
    m_places[server.name] = {server.connection, server.route, move == m_moves.end() ? database->id : move->from,
                             database->id};
  }
}

Snapshot Continuity::follow(Snapshot next) {
  takeRecords(next);
  Snapshot earlier;
  earlier.finishedAt = m_lastAt.value_or(next.startedAt);
  earlier.databases = m_known;
  for (Database& each : earlier.databases)
    each.answered = true; // what is not reached for a while is a candidate all the same
  for (const auto& [shower, id] : m_unknownIds) {
    Database reserved;
    reserved.id = id;
    earlier.databases.push_back(reserved);
  }
  Rematch rematch = matchAcrossTime(earlier, next, settledIn(next));
  for (const std::string& id : rematch.running)
    rematch.matched.erase(id);
  relabel(next, rematch);
  for (Database& each : next.databases)
    if (const Database* was = known(each.id); was && isLive(each)) {
      keepLastCount(each, *was);
      if (each.letterBasis.empty())
        each.letterBasis = was->letterBasis;
    }
  learn(next);
  learnGone(next);
  addGhosts(next);
  relabel(next, {}); // sorts the ghosts in
  followEndpoints(next);
  rememberPlaces(next);
  next.endpointMoves = m_moves;
  std::erase_if(next.endpointMoves, [&](const EndpointMove& move) {
    const Server* server = next.server(move.server);
    return !server || server->database != move.to; // where it is now is not known
  });
  diagnose(next);
  return next;
}

Database* Continuity::known(const std::string& id) {
  const auto found = std::ranges::find(m_known, id, &Database::id);
  return found == m_known.end() ? nullptr : &*found;
}

const Database* Continuity::recordOf(const Database& ghost) const {
  const auto fits = [&](const Database& each) { return isRecordOf(ghost, each); };
  if (const auto found = std::ranges::find_if(m_records, fits); found != m_records.end())
    return &*found;
  if (const auto found = std::ranges::find_if(m_known, fits); found != m_known.end())
    return &*found;
  const auto key = keyOf(ghost);
  const auto isAlike = [&](const Database& each) {
    return key && keyOf(each) == key && each.inRecovery == ghost.inRecovery;
  };
  return std::ranges::count_if(m_known, isAlike) == 1 ? &*std::ranges::find_if(m_known, isAlike) : nullptr;
}

// Remembered ghosts are copies of what is known here, and better: it may have been reached since.
void Continuity::takeRecords(Snapshot& next) {
  std::erase_if(next.databases, [&](const Database& ghost) {
    const Database* record = ghost.answered ? nullptr : recordOf(ghost);
    if (!record)
      return false;
    if (Database* database = known(record->id))
      database->gone = database->gone || ghost.gone;
    return true;
  });
}

// Where no system identifier can be read: the same server's unchanged configuration, and an equal start time and oid.
std::string Continuity::unidentifiedId(const Snapshot& next, const Database& database) const {
  const auto isIt = [&](const Database& each) {
    return !each.systemIdentifier && each.oid == database.oid && each.name == database.name &&
           isSameStart(each, database);
  };
  for (const Server* server : next.serversOn(database.id)) {
    const auto place = m_places.find(server->name);
    if (place == m_places.end() || place->second.route != server->route ||
        !isSameConfiguration(place->second.connection, server->connection))
      continue;
    const auto was = std::ranges::find(m_known, place->second.database, &Database::id);
    if (was != m_known.end() && isIt(*was))
      return was->id;
  }
  if (!database.ghost)
    return {};
  const auto was = std::ranges::find_if(
      m_known, [&](const Database& each) { return isIt(each) && each.address == database.address; });
  return was == m_known.end() ? std::string() : was->id;
}

std::map<std::string, std::string> Continuity::settledIn(const Snapshot& next) const {
  std::map<std::string, std::string> settled;
  std::set<std::string> taken;
  for (const Database& each : next.databases) {
    std::string id;
    if (each.answered && each.identityProven && !each.systemIdentifier)
      id = unidentifiedId(next, each);
    else if (!each.identityProven)
      if (const auto was = m_unknownIds.find(showerOf(next, each)); was != m_unknownIds.end())
        id = was->second;
    if (!id.empty() && taken.insert(id).second)
      settled.emplace(each.id, id);
  }
  return settled;
}

void Continuity::learn(const Snapshot& next) {
  m_lastAt = next.finishedAt;
  for (const Database& each : next.databases) {
    if (!each.identityProven) {
      m_unknownIds.insert_or_assign(showerOf(next, each), each.id);
      continue;
    }
    if (!each.replicaOf.empty())
      m_followed.insert_or_assign(each.id, each.replicaOf);
    if (Database* was = known(each.id); !was)
      m_known.push_back(each);
    else if (each.answered)
      *was = each;
  }
  learnApart(next);
}

// Whatever stands side by side in one snapshot was proven to be two there.
void Continuity::learnApart(const Snapshot& next) {
  std::vector<std::string> live;
  std::map<std::uint32_t, std::vector<const Database*>> byOid;
  for (const Database& each : next.databases)
    if (isLive(each)) {
      live.push_back(each.id);
      byOid[each.oid].push_back(&each);
    }
  if (live == m_lastLive)
    return;
  m_lastLive = live;
  for (const auto& [oid, databases] : byOid)
    for (const Database* a : databases)
      for (const Database* b : databases)
        if (a->id < b->id && !areTwo(*a, *b))
          m_apart.insert(ordered(a->id, b->id));
}

bool Continuity::areTwo(const Database& a, const Database& b) const {
  if (a.id == b.id)
    return false;
  if (a.systemIdentifier && b.systemIdentifier && a.systemIdentifier != b.systemIdentifier)
    return true;
  if (a.oid != 0 && b.oid != 0 && a.oid != b.oid)
    return true;
  return m_apart.contains(ordered(a.id, b.id));
}

// The instance that had it says that it has none of that name, asked by the server that was on it.
void Continuity::learnGone(const Snapshot& next) {
  for (const Server& server : next.servers) {
    if (!server.failure || !server.failure->databaseMissing || !server.failure->instance)
      continue;
    const auto place = m_places.find(server.name);
    if (place == m_places.end() || !isSameConfiguration(place->second.connection, server.connection) ||
        place->second.route != server.route)
      continue;
    Database* was = known(place->second.database);
    if (was && was->systemIdentifier == server.failure->instance && !next.database(was->id))
      was->gone = true;
  }
}

void Continuity::addGhosts(Snapshot& next) const {
  std::vector<Database> ghosts;
  for (const Database& each : m_known) {
    const bool mayBeSeen = std::ranges::any_of(
        next.databases, [&](const Database& other) { return isLive(other) && !areTwo(each, other); });
    if (mayBeSeen || next.database(each.id))
      continue;
    Database ghost = each;
    ghost.ghost = true;
    ghost.answered = false;
    ghost.instance.clear();
    ghost.replicaOf.clear();
    ghosts.push_back(std::move(ghost));
  }
  next.databases.insert(next.databases.end(), ghosts.begin(), ghosts.end());
}

void Continuity::forgetMove(const std::string& server) {
  std::erase_if(m_moves, [&](const EndpointMove& move) { return move.server == server; });
}

void Continuity::followEndpoint(const Snapshot& next, const Server& server) {
  const auto at = m_places.find(server.name);
  const bool isChanged = at != m_places.end() && (at->second.route != server.route ||
                                                  !isSameConfiguration(at->second.connection, server.connection));
  if (isChanged)
    forgetMove(server.name);
  const Database* leadsTo = server.reached() ? next.database(server.database) : nullptr;
  if (!leadsTo || !isLive(*leadsTo)) {
    if (isChanged)
      m_places.erase(at);
    return;
  }
  if (at == m_places.end() || isChanged) {
    m_places[server.name] = {server.connection, server.route, leadsTo->id, leadsTo->id};
    return;
  }
  Place& place = at->second;
  if (place.database == leadsTo->id)
    return;
  forgetMove(server.name);
  const Database* from = known(place.database);
  if (!from || !areTwo(*from, *leadsTo)) {
    place.home = leadsTo->id; // it may be the same one: nothing is claimed
  } else if (leadsTo->id != place.home) {
    const auto followed = m_followed.find(leadsTo->id);
    m_moves.push_back({server.name, place.database, leadsTo->id, next.finishedAt,
                       followed != m_followed.end() && followed->second == place.database});
  }
  place.database = leadsTo->id;
}

void Continuity::followEndpoints(const Snapshot& next) {
  std::set<std::string_view> servers;
  for (const Server& server : next.servers) {
    servers.insert(server.name);
    followEndpoint(next, server);
  }
  std::erase_if(m_places, [&](const auto& place) { return !servers.contains(place.first); });
  std::erase_if(m_moves, [&](const EndpointMove& move) { return !servers.contains(move.server); });
}

void Continuity::rememberPlaces(Snapshot& next) {
  for (Server& server : next.servers) {
    const Database* database = next.database(server.database);
    if (database && isLive(*database)) {
      server.lastDatabase.clear();
      m_lastDatabases[server.name] = database->id;
    } else if (const auto last = m_lastDatabases.find(server.name); last != m_lastDatabases.end()) {
      server.lastDatabase = last->second;
    }
  }
}

} // namespace whichbase::topology
