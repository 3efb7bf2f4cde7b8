// A snapshot as verdict and findings look at it: who is on what, what is one source, whose sessions were seen where.
#pragma once

#include "topology/snapshot.h"

#include <map>
#include <string>
#include <vector>

namespace whichbase::topology {

// A server's own sessions, as the databases of the snapshot show them.
struct SessionsOf {
  bool onOwn = false;     // seen on its own database, or its source, and no other server's sessions look alike
  bool elsewhere = false; // it may own a Stray
};

// Sessions on a database for which none of the servers that may own them is configured. More than one server: their
// sessions look alike, and it is one of them.
struct Stray {
  std::vector<const Server*> servers;
  const Database* database = nullptr;
  int sessions = 0;
};

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
  const SessionsOf& sessions(const Server& server) const;
  const std::vector<Stray>& strays() const { return m_strays; }
  // Of that database all sessions could be read.
  static bool isFullySeen(const Database& database) { return database.clients && database.clients->hidden == 0; }

  // Name, and letter with label: "A (Local container)".
  static std::string named(const Database& database);
  static std::vector<std::string> names(const std::vector<const Server*>& servers);

private:
  void surveySessions();
  void attribute(const Database& database, const ClientGroup& group, const std::vector<const Server*>& candidates);

  const Snapshot& m_snapshot;
  std::map<std::string, const Database*> m_byId;
  std::map<std::string, std::vector<const Server*>> m_on;
  std::vector<const Database*> m_used;
  std::map<std::string, SessionsOf> m_sessions; // by server
  std::vector<Stray> m_strays;
};

} // namespace whichbase::topology
