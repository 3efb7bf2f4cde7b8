// Whose sessions were seen on which database: what tells that a server uses what it has configured.
#pragma once

#include "topology/view.h"

#include <map>
#include <string>
#include <vector>

namespace whichbase::topology {

// Sessions on one database that look like one server's.
struct SeenOn {
  const Database* database = nullptr;
  int sessions = 0;
  bool shared = false;    // some of them look like another server's as well
  bool elsewhere = false; // some of them are where no server that they look like is configured, which is proven
};

// A server's own sessions, as the databases of the snapshot show them.
struct SessionsOf {
  bool onOwn = false;     // seen on its own database, or its source, and no other server's sessions look alike
  bool elsewhere = false; // it may own a Stray
  std::vector<SeenOn> seen;
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
  // Sessions on that database that look like those of no server.
  const std::vector<const ClientGroup*>& ofNobody(const Database& database) const;
  // The database is proven to be another one than each of theirs; what is unknown, or was looked up from this computer
  // instead of from the server, may be their own.
  bool isProvenElsewhere(const Stray& stray) const;
  // What the server's own sessions look like: its `client`, else its address where that is a numeric one. Empty:
  // nothing says it.
  static std::vector<std::string> lookOf(const Server& server);
  // All sessions of that database could be read.
  static bool areFullySeen(const Database& database) { return database.clients && database.clients->hidden == 0; }

private:
  void attribute(const Database& database, const ClientGroup& group, const std::vector<const Server*>& candidates);
  void note(const std::vector<const Server*>& candidates, const Database& database, int sessions, bool elsewhere);

  const View& m_view;
  std::map<std::string, SessionsOf> m_of;                            // by server
  std::map<std::string, std::vector<const ClientGroup*>> m_ofNobody; // by database
  std::vector<Stray> m_strays;
};

} // namespace whichbase::topology
