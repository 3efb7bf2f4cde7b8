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
  // "servers", "sessions", "writes", "users", "tables", "triggers", "sequences", "rows", "replicas", "slots",
  // "publications", "subscriptions", "prepared-transactions", "foreign-servers", "jobs", "siblings", …
  std::string code;
  std::string text; // a whole sentence: "2 sessions of 203.0.113.20 (app: backend) are connected."
  bool operator==(const StopReason&) const = default;
};

struct StopAnswer {
  std::string database;                  // id
  std::string name;                      // "A (Local container)"
  std::vector<StopReason> against;       // empty: nothing was found
  std::vector<std::string> lookedAt;     // clauses: "17 tables and 3 triggers, against those of B"
  std::vector<std::string> couldNotLook; // clauses, with why: "sessions of other roles: needs pg_read_all_stats"
  std::string dumpCommand;               // pg_dump to take first, without a password; never run
  topology::UtcTime at{};
  bool nothingFound() const { return against.empty(); }
};

struct StopQuestion {
  const topology::Snapshot* snapshot = nullptr; // the present side, with ghosts
  std::string database;                         // id
  compare::Endpoint endpoint;                   // of that database
  // The others of the snapshot that answer: what is only in `database` is looked for there, and who feeds from it.
  std::vector<std::pair<std::string, compare::Endpoint>> others; // by id
  std::chrono::milliseconds watched{2'000};                      // how long it is watched for writes
  bool compareRows = true;                                       // of the users relation
};

StopAnswer canStop(const StopQuestion& question, probe::Connector& connector, pg::TimePoint deadline,
                   std::stop_token stop, const std::function<void(const std::string& doing)>& onProgress = {});

std::string toText(const StopAnswer& answer);
std::string toJson(const StopAnswer& answer); // {"format": "whichbase/can-stop", "version": 1, …}

} // namespace whichbase::verify
