// What a database says of who and what depends on it: the input of the reasons against switching it off. Only catalogs,
// statistics and the tables of job schedulers are read, in short read-only transactions.
#pragma once

#include "compare/problem.h"
#include "pg/session.h"
#include "topology/observation.h"

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::verify {

// Which database answered, and what its role may see.
struct StopSelf {
  topology::Known<std::uint64_t> systemIdentifier;
  std::uint32_t oid = 0;
  std::string name;
  std::string role;
  bool seesAll = false; // everybody's sessions (pg_read_all_stats)
  bool inRecovery = false;
  std::string serverAddress; // numeric; empty on a Unix socket
  int serverPort = 0;
  int ours = 0; // other sessions of this program
};

// Sessions alike. Where `hidden`, the role may not see where they come from.
struct StopSessions {
  std::string address, application, user;
  int sessions = 1;
  bool hidden = false;
  std::optional<topology::UtcTime> lastActive;
};

// Write counters of the user tables, at one moment.
struct WriteCounters {
  bool counted = true;                           // track_counts
  std::optional<topology::UtcTime> reset;        // since when; empty: not recorded
  std::map<std::string, std::int64_t> byTable{}; // rows inserted, updated and deleted
  std::uint64_t nextTransaction = 0;             // of the whole instance
  topology::UtcTime at{};                        // the server's clock
};

struct StopSender {
  std::string application, address, state, slot;
  bool hidden = false;
  bool logical = false; // of this database
};

struct StopSlot {
  std::string name;
  bool logical = false; // of this database; a physical one is of the instance
  bool active = false;
  std::optional<std::int64_t> retainedBytes; // WAL that it keeps
};

struct StopSubscription {
  std::string database; // of the same instance
  std::string name;
  std::string slot; // on its publisher; empty: none
  bool enabled = true;
};

struct PreparedTransaction {
  std::string id, owner;
  std::optional<topology::UtcTime> at;
};

struct ForeignServer {
  std::string name, wrapper, host, port, dbname; // as its options have it
  int tables = 0;
};

struct Sibling {
  std::string name;
  int sessions = 0;
  std::optional<std::int64_t> bytes; // beyond an empty database
};

// Of pg_cron or pgAgent, where their tables are in this database.
struct Jobs {
  std::string table;                     // "cron.job"
  std::map<std::string, int> byDatabase; // active ones, by the database that they run in; "" where it is not told
  bool hidesOthers = false;              // row-level security
  std::string unread;                    // why not, as a clause
};

// What the database in question says.
struct StopFacts {
  StopSelf self;
  topology::Known<std::vector<StopSessions>> sessions;
  topology::Known<std::vector<std::string>> writing; // tables that open transactions write to at this moment
  topology::Known<std::vector<StopSender>> senders;
  topology::Known<std::vector<StopSlot>> slots;
  topology::Known<std::vector<std::string>> publications;
  topology::Known<std::vector<StopSubscription>> subscriptions; // into this database
  topology::Known<std::vector<PreparedTransaction>> prepared;
  topology::Known<std::vector<Sibling>> siblings;
  topology::Known<std::int64_t> largeObjects;
  topology::Known<std::string> receiverSlot; // of a standby, on its primary; "" for none
  topology::Known<std::vector<Jobs>> jobs;
};

// What another database says that may depend on it.
struct FeedFacts {
  StopSelf self;
  topology::Known<std::vector<StopSubscription>> subscriptions; // of its whole instance
  topology::Known<std::vector<ForeignServer>> foreignServers;
  topology::Known<int> dblinkFunctions; // whose source calls dblink
  topology::Known<std::vector<Jobs>> jobs;
};

std::expected<StopSelf, compare::Problem> readSelf(pg::Session& session, pg::TimePoint deadline);
StopFacts readStopFacts(pg::Session& session, const StopSelf& self, pg::TimePoint deadline);
FeedFacts readFeedFacts(pg::Session& session, const StopSelf& self, pg::TimePoint deadline);
topology::Known<WriteCounters> readCounters(pg::Session& session, pg::TimePoint deadline);
// Tables whose rows are few, as the statistics estimate them; quoted and schema-qualified.
topology::Known<std::map<std::string, double>> readEstimates(pg::Session& session, pg::TimePoint deadline);

} // namespace whichbase::verify
