// What one visit to one target saw. Every fact is a value or the reason why it is unknown; nothing is ever guessed.
#pragma once

#include "topology/utc_time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace whichbase::topology {

// A fact that may be unknown; then `reason` says why, as a clause: "no privilege on pg_control_system()".
template <class T>
struct Known {
  std::optional<T> value;
  std::string reason;

  static Known of(T v) { return {std::optional<T>(std::move(v)), {}}; }
  static Known unknown(std::string why) { return {std::nullopt, std::move(why)}; }
  explicit operator bool() const { return value.has_value(); }
  const T& operator*() const { return *value; }
  const T* operator->() const { return &*value; }
  bool operator==(const Known&) const = default;
};

// Where a probe failed. The names are those of the snapshot's JSON.
enum class Stage { configuration, resolve, route, connect, authenticate, query, deadline };

struct Failure {
  Stage stage = Stage::connect;
  std::string text;   // redacted, one sentence, for people: "connection refused"
  std::string remedy; // what to do next; may be empty
  // The instance itself answered that the database does not exist. `instance` is then its system identifier, where
  // a visit to another database of it could read that.
  bool databaseMissing = false;
  std::optional<std::uint64_t> instance;
  // Somebody has to log in on a terminal first: the command that does, after which the route works. Else empty.
  std::string loginCommand{};
  // The server asked for a password and no source supplies one: typing it would help.
  bool passwordMissing = false;
  bool operator==(const Failure&) const = default;
};

// How far a number of users may be trusted.
enum class CountKind {
  exact,       // count(*) over everything
  estimate,    // the planner's figure, as of `estimatedAt`; shown with "~", never compared as exact
  visibleOnly, // row-level security hides rows from this role; never exact, never compared
};

struct UsersFact {
  std::string relation; // quoted and schema-qualified: public."User"
  Known<std::int64_t> count;
  CountKind kind = CountKind::exact;
  std::optional<UtcTime> estimatedAt; // last (auto)analyze or vacuum, for an estimate
  Known<UtcTime> newestAt;            // greatest creation timestamp, where such a column exists
  // When an exact count was taken that is older than the rest; empty: with the rest.
  std::optional<UtcTime> countedAt{};
  bool operator==(const UsersFact&) const = default;
};

struct Trigger {
  std::string table; // quoted and schema-qualified; empty for an event trigger
  std::string name;
  std::string timing;              // BEFORE, AFTER, INSTEAD OF, or ON for an event trigger
  std::vector<std::string> events; // INSERT, UPDATE, DELETE, TRUNCATE; an event trigger's event
  bool enabled = true;
  bool protects = false; // fires before DELETE or TRUNCATE, or is an event trigger on sql_drop or ddl_command_start
  bool operator==(const Trigger&) const = default;
};

// Sessions connected to the database, ours left out, alike ones counted together.
struct ClientGroup {
  std::string address; // numeric; empty for a Unix socket
  std::string application;
  std::string user;
  int sessions = 1;
  bool operator==(const ClientGroup&) const = default;
};

struct Clients {
  std::vector<ClientGroup> groups;
  // Sessions whose address the role may not see (no pg_read_all_stats): while there is one, "none elsewhere" is
  // unknown.
  int hidden = 0;
  bool operator==(const Clients&) const = default;
};

// A standby's own view of where its WAL comes from (pg_stat_wal_receiver).
struct WalReceiver {
  std::string status; // "streaming"
  std::string senderHost;
  int senderPort = 0;
  std::string slotName;
  std::uint64_t receivedLsn = 0;
  bool operator==(const WalReceiver&) const = default;
};

// A primary's view of one standby (pg_stat_replication).
struct WalSender {
  std::string application;
  std::string clientAddress;
  std::string state;
  std::string slotName;
  std::uint64_t sentLsn = 0;
  std::uint64_t replayLsn = 0;
  bool operator==(const WalSender&) const = default;
};

// What the database says of itself, and what the session's role may see and do.
struct Facts {
  // identity
  Known<std::uint64_t> systemIdentifier; // its upper 32 bits are the time of initdb, in seconds since 1970
  std::uint32_t databaseOid = 0;
  std::string databaseName;  // current_database(); may differ from the configured name behind a pooler
  std::string serverVersion; // "15.18"
  Known<UtcTime> startedAt;  // pg_postmaster_start_time()
  std::uint32_t backendPid = 0;
  std::optional<UtcTime> backendStart;
  std::string serverAddress; // inet_server_addr(), numeric; supporting evidence only; empty on a Unix socket
  int serverPort = 0;        // setting "port" of the instance
  // recovery and replication
  bool inRecovery = false;
  std::uint32_t timeline = 0;
  std::uint64_t walLsn = 0;                   // current on a primary, last received or replayed on a standby
  Known<WalReceiver> receiver;                // only on a standby
  Known<std::vector<WalSender>> senders;      // only on a primary
  Known<std::chrono::microseconds> replayLag; // only on a standby; unknown before the first replay
  // inventory
  Known<std::int64_t> sizeBytes;
  // Unknown when no relation was found, with the reason: "none of the usual names exists here", "ambiguous: …".
  Known<UsersFact> users;
  Known<std::vector<std::string>> tables; // quoted and schema-qualified, sorted; no system schemas
  Known<std::vector<Trigger>> triggers;   // user-defined; event triggers included
  Known<Clients> clients;
  // the role of this session
  std::string role;           // current_user
  Known<bool> canInsertUsers; // has_table_privilege; false on a standby or where default_transaction_read_only is on
  bool readOnlyByDefault = false; // default_transaction_read_only of this role in this database
  bool encrypted = false;         // TLS on the connection that we made
  bool operator==(const Facts&) const = default;
};

// One visit to one target. Exactly one of `failure` and `facts` is set.
struct Observation {
  UtcTime startedAt{};
  UtcTime finishedAt{};
  std::optional<Failure> failure;
  std::optional<Facts> facts;
  std::map<std::string, double> timingsMs; // "resolve", "connect", "identity", "meeting", "inventory", "count"
  bool operator==(const Observation&) const = default;
};

// What a meeting of two targets' sessions proved.
enum class Says {
  sameDatabase, // one saw the other's flag under its own database's oid, or both were served by the same backend
  sameInstance, // one saw the other's flag under another oid
  apart,        // both saw their own flag at once, and not the other's
  unclear,      // neither could be proven; `reason` says why
};

// The result of one meeting, between the observations with these indexes.
struct Meeting {
  std::size_t a = 0;
  std::size_t b = 0;
  std::string means; // "flags" or "backend"
  Says says = Says::unclear;
  std::string reason; // for unclear
  bool operator==(const Meeting&) const = default;
};

} // namespace whichbase::topology
