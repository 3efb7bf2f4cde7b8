#include "topology/view.h"

namespace whichbase::topology {

View::View(const Snapshot& snapshot) : m_snapshot(snapshot) {
  for (const Database& database : snapshot.databases)
    m_byId.emplace(database.id, &database);
  for (const Server& server : snapshot.servers)
    if (!server.database.empty())
      m_on[server.database].push_back(&server);
  for (const Database& database : snapshot.databases)
    if (m_on.contains(database.id))
      m_used.push_back(&database);
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
