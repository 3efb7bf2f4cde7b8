// Whose sessions were seen on which database: what tells that a server uses what it has configured.
#pragma once

#include "topology/view.h"

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

class Sessions {
public:
  explicit Sessions(const View& view);
  const SessionsOf& of(const Server& server) const;
  const std::vector<Stray>& strays() const { return m_strays; }
  // All sessions of that database could be read.
  static bool areFullySeen(const Database& database) { return database.clients && database.clients->hidden == 0; }

private:
  void attribute(const Database& database, const ClientGroup& group, const std::vector<const Server*>& candidates);

  const View& m_view;
  std::map<std::string, SessionsOf> m_of; // by server
  std::vector<Stray> m_strays;
};

} // namespace whichbase::topology
