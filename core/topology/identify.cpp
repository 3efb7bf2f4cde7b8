#include "topology/assemble.h"
#include "topology/evidence.h"
#include "topology/ladder.h"
#include "topology/merging.h"
#include "topology/replication.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

namespace whichbase::topology {

namespace {

class Identification {
public:
  explicit Identification(const Sighting& sighting) : m_sighting(sighting), m_placed(climbLadder(sighting)) {}
  Snapshot take();

private:
  void addDatabases();
  void addInstances();
  void addReplicas();
  void addFollower(const Database& standby, const std::string& primary);
  void addUnproven(const Database& standby);
  void addRememberedGhosts();
  void addServers();
  void describe(Database& database, const std::vector<std::size_t>& observations) const;
  void label(Database& database, const std::vector<const ServerSpec*>& users) const;
  std::vector<const ServerSpec*> usersOf(const std::vector<std::size_t>& observations) const;
  bool isRememberedElsewhere(const Sighting::Ghost& ghost) const;
  std::string nextId(bool proven);

  const Sighting& m_sighting;
  std::vector<PlacedDatabase> m_placed;
  Snapshot m_snapshot;
  std::vector<std::string> m_databaseAt; // id by observation; empty where not reached
  std::size_t m_letters = 0, m_unknowns = 0;
};

std::string Identification::nextId(bool proven) {
  return proven ? letter(m_letters++) : fmt::format("?{}", ++m_unknowns);
}

std::vector<const ServerSpec*> Identification::usersOf(const std::vector<std::size_t>& observations) const {
  std::vector<const ServerSpec*> users;
  for (const ServerSpec& server : m_sighting.servers)
    if (std::ranges::find(observations, server.observation) != observations.end())
      users.push_back(&server);
  return users;
}

// The project's label by system identifier, then by host:port in the order of servers; else what the first server has
// configured.
void Identification::label(Database& database, const std::vector<const ServerSpec*>& users) const {
  std::vector<std::string> matches;
  if (database.systemIdentifier)
    matches.push_back(fmt::format("{}", *database.systemIdentifier));
  for (const ServerSpec* server : users)
    matches.push_back(endpointText(server->connection));
  if (!database.address.empty())
    matches.push_back(database.address);
  for (const std::string& match : matches) {
    const auto found = std::ranges::find(m_sighting.labels, match, &Label::match);
    if (found == m_sighting.labels.end())
      continue;
    database.label = found->label;
    database.place = found->place;
    return;
  }
  if (database.label.empty())
    database.label = database.address;
}

void Identification::describe(Database& database, const std::vector<std::size_t>& observations) const {
  const auto users = usersOf(observations);
  database.ghost = users.empty();
  if (!users.empty())
    database.address = endpointText(users.front()->connection);
  for (const Sighting::Ghost& ghost : m_sighting.ghosts)
    if (database.ghost && std::ranges::find(observations, ghost.observation) != observations.end()) {
      database.address = ghost.remembered.address;
      database.label = ghost.remembered.label;
      database.place = ghost.remembered.place;
      break;
    }
  label(database, users);
}

void Identification::addDatabases() {
  // Servers' databases come first, and so do their letters; a ghost's come after all of them.
  for (const bool ghosts : {false, true})
    for (const PlacedDatabase& placed : m_placed) {
      if (usersOf(placed.observations).empty() != ghosts)
        continue;
      Database database = mergeFacts(m_sighting, placed.observations);
      describe(database, placed.observations);
      database.id = nextId(placed.proven);
      database.identityProven = placed.proven;
      database.identityReason = placed.reason;
      if (placed.proven)
        database.instance = fmt::format("{}", placed.instance + 1);
      for (const std::size_t each : placed.observations)
        m_databaseAt[each] = database.id;
      m_snapshot.databases.push_back(std::move(database));
    }
}

void Identification::addInstances() {
  for (const Database& database : m_snapshot.databases) {
    if (database.instance.empty())
      continue;
    const auto known = std::ranges::find(m_snapshot.instances, database.instance, &Instance::id);
    if (known == m_snapshot.instances.end())
      m_snapshot.instances.push_back({database.instance, database.systemIdentifier, database.inRecovery, {}});
    else if (!known->systemIdentifier)
      known->systemIdentifier = database.systemIdentifier;
  }
  std::ranges::sort(m_snapshot.instances, {}, [](const Instance& each) { return std::stoul(each.id); });
}

void Identification::addReplicas() {
  std::vector<std::vector<const Observation*>> visits(m_snapshot.instances.size());
  for (const PlacedDatabase& placed : m_placed)
    for (const std::size_t index : placed.observations)
      if (placed.proven)
        visits[placed.instance].push_back(&m_sighting.observations[index]);
  std::map<std::string, Following> followings;
  for (Instance& instance : m_snapshot.instances) {
    if (!instance.inRecovery)
      continue;
    const Following following = primaryOf(visits, std::stoul(instance.id) - 1);
    if (following.primary)
      instance.replicaOf = m_snapshot.instances[*following.primary].id;
    followings.emplace(instance.id, following);
  }
  for (Database& database : m_snapshot.databases) {
    const auto following = followings.find(database.instance);
    if (following == followings.end())
      continue;
    database.replicaReason = following->second.reason;
    if (!following->second.primary) {
      addUnproven(database);
      continue;
    }
    const std::string& primary = m_snapshot.instances[*following->second.primary].id;
    const auto original = std::ranges::find_if(m_snapshot.databases, [&](const Database& each) {
      return each.instance == primary && each.oid == database.oid && each.oid != 0;
    });
    if (original == m_snapshot.databases.end()) {
      database.replicaReason = "no server here uses its primary's copy of this database";
      continue;
    }
    database.replicaOf = original->id;
    addFollower(database, original->id);
  }
}

void Identification::addUnproven(const Database& standby) {
  std::vector<std::string> followers;
  for (std::size_t i = 0; i < m_databaseAt.size(); ++i)
    if (m_databaseAt[i] == standby.id)
      std::ranges::copy(namesAt(m_sighting, i), std::back_inserter(followers));
  m_snapshot.evidence.push_back({"replication", followers, "unknown",
                                 fmt::format("The database of {} is a standby; what it follows is not proven: {}.",
                                             someOf(followers, 3), standby.replicaReason)});
}

void Identification::addFollower(const Database& standby, const std::string& primary) {
  std::vector<std::string> followers, leaders;
  for (std::size_t i = 0; i < m_databaseAt.size(); ++i) {
    const auto names = namesAt(m_sighting, i);
    if (m_databaseAt[i] == standby.id)
      followers.insert(followers.end(), names.begin(), names.end());
    if (m_databaseAt[i] == primary)
      leaders.insert(leaders.end(), names.begin(), names.end());
  }
  Evidence evidence{"replication", followers, "follows", {}};
  evidence.servers.insert(evidence.servers.end(), leaders.begin(), leaders.end());
  evidence.text = fmt::format("The database of {} is a standby that streams from the database of {}, which shows it "
                              "among its standbys.",
                              someOf(followers, 3), someOf(leaders, 3));
  m_snapshot.evidence.push_back(std::move(evidence));
}

// It answered after all, or exactly one database that did is it by identifier: then there is nothing to remember.
bool Identification::isRememberedElsewhere(const Sighting::Ghost& ghost) const {
  const Database& remembered = ghost.remembered;
  const bool visitedAnotherWay = std::ranges::any_of(m_sighting.ghosts, [&](const Sighting::Ghost& other) {
    return other.remembered.id == remembered.id && other.observation < m_databaseAt.size() &&
           !m_databaseAt[other.observation].empty();
  });
  const bool alreadyAdded = std::ranges::any_of(m_snapshot.databases, [&](const Database& each) {
    return !each.answered && each.address == remembered.address && each.name == remembered.name &&
           each.systemIdentifier == remembered.systemIdentifier && each.oid == remembered.oid;
  });
  const auto alike = std::ranges::count_if(m_snapshot.databases, [&](const Database& each) {
    return each.answered && each.identityProven && remembered.identityProven && each.systemIdentifier &&
           each.systemIdentifier == remembered.systemIdentifier && each.oid == remembered.oid &&
           each.inRecovery == remembered.inRecovery;
  });
  return visitedAnotherWay || alreadyAdded || alike == 1;
}

void Identification::addRememberedGhosts() {
  for (const Sighting::Ghost& ghost : m_sighting.ghosts) {
    const Database& remembered = ghost.remembered;
    if (ghost.observation >= m_sighting.observations.size() || remembered.id.empty() ||
        !m_databaseAt[ghost.observation].empty() || isRememberedElsewhere(ghost))
      continue;
    Database database = remembered;
    const auto& failure = m_sighting.observations[ghost.observation].failure;
    database.ghost = true;
    database.answered = false;
    database.gone =
        failure && failure->databaseMissing && failure->instance && failure->instance == remembered.systemIdentifier;
    database.instance.clear();
    database.replicaOf.clear();
    database.id = nextId(remembered.identityProven);
    label(database, {});
    m_snapshot.databases.push_back(std::move(database));
  }
}

void Identification::addServers() {
  for (const ServerSpec& spec : m_sighting.servers) {
    Server server;
    server.name = spec.name;
    server.address = spec.address;
    server.environment = spec.environment;
    server.role = spec.role;
    server.connection = spec.connection;
    server.route = spec.route;
    server.lookedFromHere = spec.lookedFromHere;
    server.client = spec.client;
    if (spec.observation < m_sighting.observations.size()) {
      const Observation& observation = m_sighting.observations[spec.observation];
      server.failure = observation.failure;
      server.timingsMs = observation.timingsMs;
      server.database = m_databaseAt[spec.observation];
      if (const auto& facts = observation.facts) {
        server.sessionRole = facts->role;
        server.canInsertUsers = facts->canInsertUsers;
        server.readOnly = facts->inRecovery || facts->readOnlyByDefault;
        server.encrypted = facts->encrypted;
        server.countVisibleOnly = facts->users && facts->users->kind == CountKind::visibleOnly;
      }
    }
    if (server.database.empty() && !server.failure)
      server.failure = Failure{Stage::deadline, "not visited before the sweep ended", "Probe again.", false, {}};
    m_snapshot.servers.push_back(std::move(server));
  }
}

Snapshot Identification::take() {
  m_snapshot.title = m_sighting.title;
  m_snapshot.symptom = m_sighting.symptom;
  m_snapshot.side = m_sighting.side;
  m_snapshot.startedAt = m_sighting.startedAt;
  m_snapshot.finishedAt = m_sighting.finishedAt;
  m_snapshot.complete = m_sighting.complete;
  m_databaseAt.resize(m_sighting.observations.size());
  m_snapshot.evidence = gatherEvidence(m_sighting, m_placed);
  addDatabases();
  addInstances();
  addReplicas();
  addRememberedGhosts();
  addServers();
  return std::move(m_snapshot);
}

} // namespace

Snapshot identify(const Sighting& sighting) {
  return Identification(sighting).take();
}

Snapshot assemble(const Sighting& sighting) {
  Snapshot snapshot = identify(sighting);
  diagnose(snapshot);
  return snapshot;
}

} // namespace whichbase::topology
