// One round trip that tells whether a database is still the one that it was, and what moves in it.
#pragma once

#include "pg/session.h"
#include "probe/statements.h"
#include "topology/observation.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::live {

// What must stay equal for a session to lead to the same running database.
struct Markers {
  std::optional<std::uint64_t> systemIdentifier; // empty where the role may not read it
  std::uint32_t databaseOid = 0;
  std::optional<topology::UtcTime> startedAt;
  std::uint32_t timeline = 0;
  bool inRecovery = false;
  std::string serverAddress;
  int serverPort = 0;
  bool operator==(const Markers&) const = default;
};

// Committed work since the statistics were reset; differences between two pulses count, not the figures themselves.
// PostgreSQL tells them a second or so late, and a standby does not count what it replays.
struct Activity {
  std::int64_t transactions = 0;                                   // our own pulses included
  std::int64_t rowsInserted = 0, rowsUpdated = 0, rowsDeleted = 0; // of the database
  std::int64_t usersInserted = 0, usersDeleted = 0; // of the users relation and its partitions, TRUNCATE not
                                                    // counted; 0 where it has none, and for a view
  bool operator==(const Activity&) const = default;
};

struct Pulse {
  Markers markers;
  Activity activity;
  // Changes when a table, trigger or event trigger comes, goes, is renamed or switched, and when the users relation
  // gets other columns, privileges or storage (TRUNCATE, VACUUM FULL). The same for every role; not to be kept in
  // files.
  std::string catalog;
  topology::Known<topology::Clients> clients;
  topology::Known<std::chrono::microseconds> replayLag; // only on a standby
  std::optional<std::int64_t> users;                    // where it was asked to count
  std::optional<topology::UtcTime> newestUserAt;
  std::chrono::microseconds countTook{0}; // on the server's clock
};

// What a pulse asks for.
struct PulseQuestion {
  bool withControl = true;     // pg_control_system() may be executed
  bool withClients = true;     // one session a database is enough for them
  std::string countedRelation; // quoted; empty: do not count this time
  std::string usersRelation;   // quoted; whose write activity is told; empty: none
  std::string creationColumn;  // quoted; empty: none. Read only together with a count: it costs as much
};

// One simple-query string, one row, one JSON text; limits as in probe/statements.h, read-only. With a count the
// statement gets at most 1 s, since it holds a lock on the relation for that long, and one core. Where the relation is
// locked, may not be read, or takes too long, the whole pulse fails (ErrorKind::locked, privilege, timeout), and the
// caller asks again without counting.
std::string pulseStatement(const probe::Limits& limits, const PulseQuestion& question);
std::optional<Pulse> readPulse(const std::string& json);

// When an exact count may be taken again, so that counting takes at most `share` of a database's time. The first is due
// at once; with a share of 0 or less none ever is.
class CountBudget {
public:
  explicit CountBudget(double share = 0.01) : m_share(share) {}
  bool isDue(std::chrono::steady_clock::time_point now) const;
  // How long one took that ended now; also one that ran into its timeout (`timedOut`), after which the pause doubles,
  // up to an hour (longer only where the share demands it).
  void took(std::chrono::steady_clock::time_point now, std::chrono::microseconds duration, bool timedOut);

private:
  double m_share;
  std::optional<std::chrono::steady_clock::time_point> m_dueAt;
  std::chrono::microseconds m_pause{0};
};

} // namespace whichbase::live
