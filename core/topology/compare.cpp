#include "topology/across_time.h"
#include "topology/assemble.h"
#include "topology/changes.h"

#include <algorithm>
#include <functional>

namespace whichbase::topology {

namespace {

// Databases of before that after did not visit, unless one of after's may be it.
void addRemembered(const Snapshot& before, Snapshot& after, const Rematch& rematch) {
  for (const Database& was : before.databases) {
    const bool isAnyLive = std::ranges::any_of(after.databases, &Database::answered);
    if (after.database(was.id) || (isAnyLive && rematch.open.contains(was.id)))
      continue;
    Database ghost = was;
    ghost.ghost = true;
    if (ghost.answered && !ghost.lastReachedAt)
      ghost.lastReachedAt = before.finishedAt;
    ghost.answered = false;
    ghost.instance.clear();
    ghost.replicaOf.clear();
    ghost.letterBasis.clear();
    after.databases.push_back(std::move(ghost));
  }
}

// The same by identifier, and the only such one; else what the ghost was copied from.
const Database* lastKnown(const Database& ghost, const Snapshot& earlier) {
  const auto key = keyOf(ghost);
  const auto fits = [&](const Database& each) {
    return key && keyOf(each) == key && each.inRecovery == ghost.inRecovery;
  };
  if (std::ranges::count_if(earlier.databases, fits) == 1)
    return &*std::ranges::find_if(earlier.databases, fits);
  const auto record = std::ranges::find_if(earlier.databases, [&](const Database& e) { return isRecordOf(ghost, e); });
  return record == earlier.databases.end() ? nullptr : &*record;
}

// By the id in `earlier` the id of the same database in `snapshot`.
std::map<std::string, std::string> idsAcross(const Snapshot& earlier, const Snapshot& snapshot) {
  const Rematch rematch = matchAcrossTime(earlier, snapshot);
  std::map<std::string, std::string> ids;
  for (const Database& database : snapshot.databases) {
    const auto then = rematch.ids.find(database.id);
    const std::string& id = then == rematch.ids.end() ? database.id : then->second;
    if (earlier.database(id) && (rematch.matched.contains(id) || isRecordOf(database, *earlier.database(id))))
      ids.emplace(id, database.id);
  }
  return ids;
}

} // namespace

void rememberFrom(Snapshot& snapshot, const Snapshot& earlier) {
  if (snapshot.proofs.empty() && !earlier.proofs.empty())
    snapshot.proofs = relettered(earlier.proofs, idsAcross(earlier, snapshot));
  for (Database& ghost : snapshot.databases) {
    if (ghost.answered)
      continue;
    const Database* known = lastKnown(ghost, earlier);
    if (!known || known->lastReachedAt <= ghost.lastReachedAt)
      continue;
    ghost.users = known->users;
    ghost.tables = known->tables;
    ghost.triggers = known->triggers;
    ghost.sizeBytes = known->sizeBytes;
    ghost.lastReachedAt = known->lastReachedAt;
  }
  diagnose(snapshot);
}

Comparison compare(const Snapshot& before, const Snapshot& after) {
  Comparison comparison{before, after, {}, {}, {}};
  const Rematch rematch = matchAcrossTime(before, after);
  Snapshot& now = comparison.after;
  relabel(now, rematch);
  addRemembered(before, now, rematch);
  relabel(now, {}); // sorts the remembered ones in
  now.evidence.insert(now.evidence.end(), rematch.evidence.begin(), rematch.evidence.end());
  diagnose(comparison.before);
  diagnose(now);
  comparison.findings = now.findings;
  comparison.findings.insert(comparison.findings.end(), rematch.findings.begin(), rematch.findings.end());
  std::ranges::stable_sort(comparison.findings, std::greater{}, &Finding::severity);
  comparison.fixed = findFixed(comparison.before, now);
  comparison.changes = findChanges(comparison.before, now, comparison.fixed);
  // Without it, other letters beside an empty list would read as if nothing had changed.
  for (const Finding& open : rematch.findings)
    comparison.changes.push_back({"databases-unmatched", open.subjects, open.title + " across time."});
  return comparison;
}

} // namespace whichbase::topology
