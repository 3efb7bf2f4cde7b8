// What speaks against switching a database off, of what it said itself and of what the snapshot knows. Pure functions
// that add to the answer.
#pragma once

#include "topology/snapshot.h"
#include "verify/can_stop.h"
#include "verify/can_stop_facts.h"

#include <optional>

namespace whichbase::verify {

// The servers that lead there, those of which that is not known, and standbys; all as the snapshot has them.
void addServers(const topology::Snapshot& snapshot, const topology::Database& database, StopAnswer& answer);
void addStandbys(const topology::Snapshot& snapshot, const topology::Database& database, StopAnswer& answer);

void addSessions(const StopFacts& facts, const topology::Snapshot& snapshot, StopAnswer& answer);
void addReplication(const StopFacts& facts, StopAnswer& answer);
void addPrepared(const StopFacts& facts, StopAnswer& answer);
void addJobs(const StopFacts& facts, StopAnswer& answer);
void addSiblings(const StopFacts& facts, StopAnswer& answer);

// Two samples of the counters, some time apart. Not for a standby, whose counters do not tell what it replays.
void addWrites(const topology::Known<WriteCounters>& first, const topology::Known<WriteCounters>& second,
               const topology::Known<std::vector<std::string>>& writing, StopAnswer& answer);

// Its newest user, beside those of the databases in use.
void addNewest(const topology::Snapshot& snapshot, const topology::Database& database, StopAnswer& answer);

// What the snapshot has kept of the sessions of a database that could not be asked.
void addRecordedSessions(const topology::Snapshot& snapshot, const topology::Database& database, StopAnswer& answer);

// "Production Backend", "Production Backend or Dashboard"; empty: they look like no server's.
std::string ownersOf(const StopSessions& sessions, const topology::Snapshot& snapshot);

} // namespace whichbase::verify
