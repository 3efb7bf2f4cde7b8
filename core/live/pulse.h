// One round trip that tells whether a database is still the one that it was, and what moves in it.
#pragma once

#include "pg/session.h"
#include "probe/statements.h"
#include "topology/observation.h"

#include <chrono>
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
struct Activity {
  std::int64_t transactions = 0;
  std::int64_t rowsInserted = 0, rowsUpdated = 0, rowsDeleted = 0; // of the database
  std::int64_t usersInserted = 0, usersDeleted = 0;                // of the users relation; 0 where it has none
  bool operator==(const Activity&) const = default;
};

struct Pulse {
  Markers markers;
  Activity activity;
  std::string catalog; // changes when a table or a trigger comes, goes, or is switched
  topology::Known<topology::Clients> clients;
  topology::Known<std::chrono::microseconds> replayLag; // only on a standby
  std::optional<std::int64_t> users;                    // where it was asked to count
  std::optional<topology::UtcTime> newestUserAt;
  std::chrono::microseconds countTook{0}; // on the server's clock
};

// What a pulse asks for.
struct PulseQuestion {
  bool withControl = true;     // pg_control_system() may be executed
  std::string countedRelation; // quoted; empty: do not count this time
  std::string usersRelation;   // quoted; whose write activity is told; empty: none
  std::string creationColumn;  // quoted; empty: none
};

// One simple-query string, one row, one JSON text; limits as in probe/statements.h, read-only.
std::string pulseStatement(const probe::Limits& limits, const PulseQuestion& question);
std::optional<Pulse> readPulse(const std::string& json);

// When an exact count may be taken again, so that counting takes at most `share` of a database's time.
class CountBudget {
public:
  explicit CountBudget(double share = 0.01) : m_share(share) {}
  bool isDue(std::chrono::steady_clock::time_point now) const;
  // How long one took; also one that ran into its timeout (`timedOut`), after which the pause doubles.
  void took(std::chrono::steady_clock::time_point now, std::chrono::microseconds duration, bool timedOut);

private:
  double m_share;
  std::optional<std::chrono::steady_clock::time_point> m_dueAt;
  std::chrono::microseconds m_pause{0};
};

} // namespace whichbase::live
