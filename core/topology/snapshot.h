// The topology of one side at one time: servers, databases, instances, and what was concluded. A value, and a file.
#pragma once

#include "topology/observation.h"
#include "topology/proofs.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::topology {

enum class Side { before, after };
enum class Role { unstated, writes, reads };

// A connection as it was configured, masked: no member ever holds a password.
struct MaskedConnection {
  std::string text; // as written, the password shown as ***
  std::string host; // empty for what could not be read
  int port = 0;
  std::string dbname;
  std::string user;
  // Other masked forms: what the drivers make of it when they differ, and the safely encoded URL. Both may be empty.
  std::string readDifferently; // one sentence: "libpq, asyncpg take the host to be example.org; SQLAlchemy … as meant"
  std::string safeUrl;         // masked; empty unless it differs from `text`
  bool passwordInProjectFile = false;
  std::vector<std::string> lacks; // what the string leaves open: "user", "host", "dbname"
  // Where it was read: "DATABASE_URL in backend/.env"; empty where the project itself holds the string.
  std::string origin{};
  // What supplied the password: "the string", "${NAME}", "password_command", "~/.pgpass", "the keychain", "typed";
  // empty: nothing.
  std::string passwordFrom{};
  bool operator==(const MaskedConnection&) const = default;
};

// A server of the project on one side, before anything is probed.
struct ServerSpec {
  std::string name; // unique in the project
  std::string address;
  std::string environment;
  Role role = Role::unstated;
  MaskedConnection connection;
  std::string route;               // the project's `via` as written and masked, empty where it says nothing
  bool lookedFromHere = false;     // no route, and a single-label host: it may mean another machine on the server
  std::vector<std::string> client; // what its own sessions look like: addresses and "app:NAME"
  std::size_t observation = 0;     // index of the target's observation; servers with equal targets share one
  bool operator==(const ServerSpec&) const = default;
};

// How people call a database.
struct Label {
  std::string match; // host:port as configured, or a system identifier in decimal
  std::string label;
  std::string place;
  bool operator==(const Label&) const = default;
};

struct Server {
  std::string name;
  std::string address;
  std::string environment;
  Role role = Role::unstated;
  MaskedConnection connection;
  std::string route;
  bool lookedFromHere = false;
  std::vector<std::string> client;
  std::optional<Failure> failure; // empty: reached
  std::string database;           // id of a Database; empty where it was not reached
  std::string lastDatabase{};     // where it led when that was last proven, while it is not known; Continuity's
  // What this server's session may do; from the session that the probe made for it.
  std::string sessionRole;
  Known<bool> canInsertUsers;
  bool readOnly = false; // standby, or default_transaction_read_only
  bool encrypted = false;
  bool countVisibleOnly = false; // row-level security limits what this role counts
  std::map<std::string, double> timingsMs;
  bool reached() const { return !failure.has_value(); }
  bool operator==(const Server&) const = default;
};

struct Database {
  std::string id; // "A", "B", … "AA"; "?1" where the identity is unknown
  bool identityProven = false;
  std::string identityReason; // why it is unknown
  std::string name;           // TovPlay
  std::string label;          // from the project, else the address of its first server's connection
  std::string place;
  std::string address;  // host:port as its first server has it configured
  std::string instance; // id of an Instance
  std::optional<std::uint64_t> systemIdentifier;
  std::uint32_t oid = 0;
  std::optional<UtcTime> initializedAt; // from the system identifier
  std::optional<UtcTime> startedAt;
  std::string serverVersion;
  bool inRecovery = false;
  std::string replicaOf;     // id of the primary's database where that is proven
  std::string replicaReason; // on a standby: why its primary is not proven
  Known<std::chrono::microseconds> replayLag;
  Known<std::int64_t> sizeBytes;
  Known<UsersFact> users;
  Known<std::vector<std::string>> tables;
  Known<std::vector<Trigger>> triggers;
  Known<Clients> clients;
  // No server of this side uses it: a database of the before side that was visited or remembered.
  bool ghost = false;
  // Last answer of the database itself. For a ghost that no longer answers this lies before the snapshot's start.
  std::optional<UtcTime> lastReachedAt;
  bool answered = true;    // it answered in this sweep; false for a remembered ghost
  bool gone = false;       // its instance answered that it does not exist any more
  std::string letterBasis; // "same by identifier" where its id was taken over from another side or time
  bool operator==(const Database&) const = default;
};

struct Instance {
  std::string id; // "1", "2", …
  std::optional<std::uint64_t> systemIdentifier;
  bool inRecovery = false;
  std::string replicaOf; // id of an Instance
  bool operator==(const Instance&) const = default;
};

struct Evidence {
  // system-identifiers | flags | backend | same-target (equal strings over equal routes share one probe) | replication
  // | across-time
  std::string kind;
  std::vector<std::string> servers;
  std::string says; // same-database | same-instance | different-instance | apart | follows | unknown
  std::string text; // a sentence for people
  bool operator==(const Evidence&) const = default;
};

// An unchanged configuration (same string over the same route) that leads to another database than it did. Only who
// watches can tell (topology::Continuity).
struct EndpointMove {
  std::string server;
  std::string from; // database ids
  std::string to;
  UtcTime at{};             // when it was first seen to lead there
  bool isToStandby = false; // `to` was proven to follow `from` before: a failover, where it is a primary now
  bool operator==(const EndpointMove&) const = default;
};

enum class VerdictKind { singleSource, split, undetermined, nothingToCompare };

struct Verdict {
  VerdictKind kind = VerdictKind::undetermined;
  bool provenBySessions = false; // the servers' own sessions were seen there, and none elsewhere
  std::string text;              // the sentence to say aloud: "Production writes to A; the others read B"
  std::string detail;            // the line below it: "22 users in A, 1 in B. Rows not compared yet."
  bool operator==(const Verdict&) const = default;
};

enum class Severity { info, warning, error };

// Something an engineer must know.
struct Finding {
  std::string code; // stable, listed in the contract: "split", "left-behind", …
  Severity severity = Severity::warning;
  std::vector<std::string> subjects; // names of servers and ids of databases
  std::string title;                 // short: "4 tables existed only in A"
  std::string text;                  // whole sentences, with names and letters
  std::string remedy;                // what to do next
  bool operator==(const Finding&) const = default;
};

struct Snapshot {
  std::string title;
  std::string symptom;
  Side side = Side::after;
  UtcTime startedAt{};
  UtcTime finishedAt{};
  bool complete = true; // false when the sweep was cancelled or cut
  std::vector<Server> servers;
  std::vector<Database> databases;
  std::vector<Instance> instances;
  std::vector<Evidence> evidence;
  std::vector<EndpointMove> endpointMoves; // of servers that are still where they moved to
  Verdict verdict;
  std::vector<Finding> findings;
  Proofs proofs{}; // what was proven beyond the sweep; see applyProofs()

  const Database* database(const std::string& id) const;
  const Server* server(const std::string& name) const;
  // Servers on that database, in the project's order.
  std::vector<const Server*> serversOn(const std::string& databaseId) const;
  bool operator==(const Snapshot&) const = default;
};

struct Change {
  std::string code; // "server-moved", …
  std::vector<std::string> subjects;
  std::string text;
  bool operator==(const Change&) const = default;
};

// Before against after. The same database bears the same id in both.
struct Comparison {
  Snapshot before;
  Snapshot after;
  std::vector<Change> changes;
  std::vector<Finding> findings; // open now: the after side's own, and what only the two sides together show
  std::vector<Finding> fixed;    // of the before side, no longer true
  bool operator==(const Comparison&) const = default;
};

std::string toString(Stage stage);       // "configuration", …
std::string toString(VerdictKind kind);  // "single-source", …
std::string toString(Severity severity); // "info", "warning", "error"
std::string toString(Side side);         // "before", "after"
std::string toString(Role role);         // "writes", "reads", "" when unstated
std::string toString(CountKind kind);    // "exact", "estimate", "visible-only"

// "22", "~51,900", "?" where unknown; thousands separated by commas.
std::string usersText(const Known<UsersFact>& users);

} // namespace whichbase::topology
