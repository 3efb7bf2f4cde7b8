#include "topology/merging.h"

#include <algorithm>

namespace whichbase::topology {

namespace {

// How much a number of users is worth. A role that sees few rows must not hide what another one counted in full.
int worth(const Known<UsersFact>& users) {
  if (!users)
    return 0;
  if (!users->count)
    return 1;
  switch (users->kind) {
  case CountKind::visibleOnly:
    return 2;
  case CountKind::estimate:
    return 3;
  case CountKind::exact:
    return 4;
  }
  return 0;
}

// A count that was taken with the rest is younger than one that was taken before.
bool isYounger(const UsersFact& a, const UsersFact& b) {
  return b.countedAt && (!a.countedAt || *a.countedAt > *b.countedAt);
}

// A later equal one wins: it is younger.
void takeBetter(Known<UsersFact>& best, const Known<UsersFact>& other) {
  if (!other && !best && best.reason.empty())
    best.reason = other.reason;
  if (worth(other) == 0 || worth(other) < worth(best) || (worth(other) == worth(best) && isYounger(*best, *other)))
    return;
  const Known<UsersFact> lost = best;
  best = other;
  if (lost && !best->newestAt && lost->relation == best->relation)
    best.value->newestAt = lost->newestAt;
}

template <class T>
void takeKnown(Known<T>& best, const Known<T>& other) {
  if (!best && (other || best.reason.empty()))
    best = other;
}

void takeClients(Known<Clients>& best, const Known<Clients>& other) {
  if (best && other && other->hidden < best->hidden)
    best = other;
  takeKnown(best, other);
}

} // namespace

UtcTime initializedAt(std::uint64_t systemIdentifier) {
  return UtcTime(std::chrono::seconds(static_cast<std::int64_t>(systemIdentifier >> 32)));
}

Database mergeFacts(const Sighting& sighting, const std::vector<std::size_t>& observations) {
  Database database;
  for (const std::size_t index : observations) {
    const Observation& observation = sighting.observations[index];
    const Facts& facts = *observation.facts;
    if (!database.lastReachedAt) {
      database.name = facts.databaseName;
      database.oid = facts.databaseOid;
      database.serverVersion = facts.serverVersion;
      database.inRecovery = facts.inRecovery;
    }
    if (!database.systemIdentifier)
      database.systemIdentifier = facts.systemIdentifier.value;
    if (!database.startedAt)
      database.startedAt = facts.startedAt.value;
    takeKnown(database.replayLag, facts.replayLag);
    takeKnown(database.sizeBytes, facts.sizeBytes);
    takeBetter(database.users, facts.users);
    takeKnown(database.tables, facts.tables);
    takeKnown(database.triggers, facts.triggers);
    takeClients(database.clients, facts.clients);
    database.lastReachedAt = std::max(database.lastReachedAt.value_or(observation.finishedAt), observation.finishedAt);
  }
  if (database.systemIdentifier)
    database.initializedAt = initializedAt(*database.systemIdentifier);
  return database;
}

} // namespace whichbase::topology
