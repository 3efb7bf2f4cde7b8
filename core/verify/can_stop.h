// "Can A be switched off?": no, with every reason, or nothing found against it, with what was looked at and what could
// not be. Reads only.
#pragma once

#include "compare/databases.h"
#include "probe/connector.h"
#include "topology/snapshot.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::verify {

struct StopReason {
  // Against it: "servers", "sessions", "writes", "users", "rows", "tables", "columns", "triggers", "sequences",
  // "extensions", "objects", "replicas", "slots", "publications", "subscriptions", "prepared-transactions",
  // "foreign-servers", "jobs". Beside it: "siblings", "standby", "counters", "sequences", "indexes".
  std::string code;
  std::string text; // a whole sentence: "2 sessions of 203.0.113.20 (app: backend) are connected."
  bool operator==(const StopReason&) const = default;
};

struct StopAnswer {
  std::string database; // id
  std::string name;     // "A (Local container)"
  // The database was asked. If it was not, nothing below was looked at anew: it is what the snapshot has kept.
  bool asked = false;
  std::string notAsked;                  // a clause, redacted: "connection refused"; empty where it was asked
  std::vector<StopReason> against;       // empty: nothing was found
  std::vector<StopReason> beside;        // to be known before, but no reason against it
  std::vector<std::string> lookedAt;     // clauses: "17 tables and 3 triggers, against those of B"
  std::vector<std::string> couldNotLook; // clauses, with why: "sessions of other roles: needs pg_read_all_stats"
  std::string dumpCommand;               // pg_dump to take first, without a password; never run. Empty: no address
  std::vector<std::string> dumpNotes;    // sentences: which pg_dump, from where, what it leaves out
  std::vector<topology::RowsFact> rows;  // what was compared on the way
  topology::UtcTime at{};
  bool nothingFound() const { return asked && against.empty(); }
};

struct StopQuestion {
  const topology::Snapshot* snapshot = nullptr; // the present side, with ghosts
  std::string database;                         // id
  // Of that database. All its targets are tried until one leads to a role that may see everybody's sessions.
  compare::Endpoint endpoint;
  // The others of the snapshot that answer: what is only in `database` is looked for there, and who feeds from it.
  std::vector<std::pair<std::string, compare::Endpoint>> others; // by id
  std::chrono::milliseconds watched{2'000};                      // how long it is watched for writes, at least
  bool compareRows = true;                                       // of the users relation, and of what is small
  // Rows of a table, as the statistics estimate them, beyond which only those of the users relation are compared.
  double smallRows = 100'000;
};

// A stop, or the deadline, leaves what was not looked at by then among what could not be.
StopAnswer canStop(const StopQuestion& question, probe::Connector& connector, pg::TimePoint deadline,
                   std::stop_token stop, const std::function<void(const std::string& doing)>& onProgress = {});

// pg_dump for what the targets lead to, as a line for a shell; `at` is part of the file's name.
struct DumpCommand {
  std::string command;
  std::vector<std::string> notes;
};
DumpCommand dumpCommand(const probe::Target& target, const topology::Database& database, topology::UtcTime at);

std::string toText(const StopAnswer& answer);
std::string toJson(const StopAnswer& answer); // {"format": "whichbase/can-stop", "version": 1, …}

} // namespace whichbase::verify
