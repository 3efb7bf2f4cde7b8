// A snapshot as verdict and findings look at it: who is on what, what is one source, whose sessions were seen where.
#pragma once

#include "topology/snapshot.h"

#include <map>
#include <string>
#include <vector>

namespace whichbase::topology {

class View {
public:
  explicit View(const Snapshot& snapshot);

  const Snapshot& snapshot() const { return m_snapshot; }
  // Databases with servers, in the snapshot's order.
  const std::vector<const Database*>& used() const { return m_used; }
  const std::vector<const Server*>& on(const Database& database) const;
  const Database* database(const std::string& id) const;
  const Database* databaseOf(const Server& server) const { return database(server.database); }
  // The database that it follows, where that is proven; else itself.
  const Database& source(const Database& database) const;
  // Proven to be different databases, and neither a standby of the other. False also where that is unknown.
  bool isDifferent(const Database& a, const Database& b) const;
  // Of one system identifier, running apart, and neither in recovery.
  bool isClone(const Database& a, const Database& b) const;
  // In recovery, and what it follows is not proven.
  static bool isLooseStandby(const Database& database) { return database.inRecovery && database.replicaOf.empty(); }

  // Name, and letter with label: "A (Local container)".
  static std::string named(const Database& database);
  static std::vector<std::string> names(const std::vector<const Server*>& servers);

private:
  const Snapshot& m_snapshot;
  std::map<std::string, const Database*> m_byId;
  std::map<std::string, std::vector<const Server*>> m_on;
  std::vector<const Database*> m_used;
};

} // namespace whichbase::topology
