// The participants' own sessions: one each; servers with equal targets share one where no second is to be had at once.
#pragma once

#include "probe/connector.h"
#include "topology/observation.h"
#include "topology/utc_time.h"
#include "verify/participant.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::verify {

// Which running database a session is in, and what it may do there.
struct Standing {
  std::optional<std::uint64_t> systemIdentifier;
  std::uint32_t oid = 0;
  std::string database;         // its name
  std::string role;             // current_user
  std::uint32_t backendPid = 0; // as the database tells it; behind a pooler another than the session's
  bool inRecovery = false;
  bool readOnlyByDefault = false;
  topology::UtcTime clock{};                   // the database's own
  std::uint64_t lsn = 0;                       // written up to here; on a standby: replayed up to here
  std::optional<std::int64_t> lagMicroseconds; // of a standby
};

// Whether they are proven to be in one database: equal oids and known, equal identifiers, and none is a standby. Copies
// of one cluster cannot be told apart so.
bool looksLikeOne(const Standing& a, const Standing& b);
// They cannot be: known, different system identifiers, or different oids.
bool isElsewhere(const Standing& a, const Standing& b);

struct OwnSession {
  std::vector<std::size_t> participants; // indexes
  const probe::Target* target = nullptr;
  std::unique_ptr<pg::Session> session; // null: not reached
  topology::Failure failure;            // why not; redacted
  Standing standing;
};

// All at the same time, in the order of their first participants. Returns at the deadline at the latest. The session of
// `lasting` (an index) is opened by a connector of its own, where there is one.
struct LastingSession {
  std::size_t participant = 0;
  probe::Connector* connector = nullptr;
};
std::vector<OwnSession> openOwnSessions(const std::vector<Participant>& participants, probe::Connector& connector,
                                        pg::TimePoint deadline, std::chrono::milliseconds patience,
                                        const LastingSession& lasting = {});
// The one of that participant.
OwnSession& sessionOf(std::size_t participant, std::vector<OwnSession>& sessions);

// Of a session that is open. False: it does not answer; `failure` says why.
bool readStanding(pg::Session& session, const probe::Target& target, pg::TimePoint deadline, Standing& standing,
                  topology::Failure& failure);

// "203.0.113.196:5432/TovPlay", "localhost:5432/TovPlay through ssh prod".
std::string addressText(const probe::Target& target);

} // namespace whichbase::verify
