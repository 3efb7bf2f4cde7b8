#include "topology/view.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <set>

namespace whichbase::topology {

namespace {

bool isIpAddress(const std::string& text) {
  std::array<unsigned char, 16> buffer{};
  return inet_pton(AF_INET, text.c_str(), buffer.data()) == 1 || inet_pton(AF_INET6, text.c_str(), buffer.data()) == 1;
}

// What its own sessions look like; by default its address, where that is one.
std::vector<std::string> patternsOf(const Server& server) {
  if (!server.client.empty())
    return server.client;
  return isIpAddress(server.address) ? std::vector{server.address} : std::vector<std::string>{};
}

} // namespace

View::View(const Snapshot& snapshot) : m_snapshot(snapshot) {
  for (const Database& database : snapshot.databases)
    m_byId.emplace(database.id, &database);
  for (const Server& server : snapshot.servers)
    if (!server.database.empty())
      m_on[server.database].push_back(&server);
  for (const Database& database : snapshot.databases)
    if (m_on.contains(database.id))
      m_used.push_back(&database);
  surveySessions();
}

const std::vector<const Server*>& View::on(const Database& database) const {
  static const std::vector<const Server*> nobody;
  const auto found = m_on.find(database.id);
  return found == m_on.end() ? nobody : found->second;
}

const Database* View::database(const std::string& id) const {
  const auto found = m_byId.find(id);
  return found == m_byId.end() ? nullptr : found->second;
}

const Database& View::source(const Database& database) const {
  const Database* original = database.replicaOf.empty() ? nullptr : this->database(database.replicaOf);
  return original ? *original : database;
}

bool View::isDifferent(const Database& a, const Database& b) const {
  if (!a.identityProven || !b.identityProven || a.id == b.id)
    return false;
  const Database& sourceA = source(a);
  const Database& sourceB = source(b);
  if (sourceA.id == sourceB.id)
    return false;
  if (a.systemIdentifier && b.systemIdentifier && a.systemIdentifier != b.systemIdentifier)
    return true;
  // A physical standby keeps the oids of its primary, so that another oid is another database whatever follows what.
  if (a.oid != 0 && b.oid != 0 && a.oid != b.oid)
    return true;
  return !isLooseStandby(sourceA) && !isLooseStandby(sourceB);
}

bool View::isClone(const Database& a, const Database& b) const {
  return a.identityProven && b.identityProven && a.answered && b.answered && a.instance != b.instance &&
         a.systemIdentifier && a.systemIdentifier == b.systemIdentifier && !a.inRecovery && !b.inRecovery;
}

const SessionsOf& View::sessions(const Server& server) const {
  static const SessionsOf none;
  const auto found = m_sessions.find(server.name);
  return found == m_sessions.end() ? none : found->second;
}

void View::surveySessions() {
  std::map<std::string, std::vector<const Server*>> byPattern;
  for (const Server& server : m_snapshot.servers)
    for (const std::string& pattern : patternsOf(server))
      byPattern[pattern].push_back(&server);
  for (const Database& database : m_snapshot.databases) {
    if (!database.answered || !database.clients)
      continue;
    for (const ClientGroup& group : database.clients->groups) {
      std::vector<const Server*> candidates;
      for (const std::string& pattern : {group.address, "app:" + group.application})
        if (const auto found = byPattern.find(pattern); found != byPattern.end() && !pattern.empty())
          for (const Server* server : found->second)
            if (std::ranges::find(candidates, server) == candidates.end())
              candidates.push_back(server);
      attribute(database, group, candidates);
    }
  }
}

// Sessions that several servers may own count for none of them as proof; and they are elsewhere only where none of
// these servers is configured for that database.
void View::attribute(const Database& database, const ClientGroup& group, const std::vector<const Server*>& candidates) {
  const auto isAtHome = [&](const Server* server) {
    const Database* own = databaseOf(*server);
    return own && source(*own).id == source(database).id;
  };
  if (std::ranges::any_of(candidates, isAtHome)) {
    if (candidates.size() == 1)
      m_sessions[candidates.front()->name].onOwn = true;
    return;
  }
  for (const Server* server : candidates)
    m_sessions[server->name].elsewhere = true;
  if (!candidates.empty())
    m_strays.push_back({candidates, &database, group.sessions});
}

std::string View::named(const Database& database) {
  return database.label.empty() ? database.id : database.id + " (" + database.label + ")";
}

std::vector<std::string> View::names(const std::vector<const Server*>& servers) {
  std::vector<std::string> names;
  names.reserve(servers.size());
  for (const Server* server : servers)
    names.push_back(server->name);
  return names;
}

} // namespace whichbase::topology
