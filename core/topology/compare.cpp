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

} // namespace

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
  return comparison;
}

} // namespace whichbase::topology
