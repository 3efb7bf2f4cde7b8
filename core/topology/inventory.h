// What one database holds that another lacks: tables, guards against deletion, newer users.
#pragma once

#include "topology/snapshot.h"

#include <optional>
#include <string>
#include <vector>

namespace whichbase::topology {

// Tables of `full` that `poor` does not have. Empty where either list is unknown, and where both have tables but not
// one in common: those are no versions of one another.
std::vector<std::string> tablesMissing(const Database& full, const Database& poor);

// Enabled protecting triggers of `full` for which `poor` has no enabled one that guards the same table and events.
std::vector<const Trigger*> guardsMissing(const Database& full, const Database& poor);

// Enabled protecting triggers.
std::vector<const Trigger*> guardsOf(const Database& database);

// How much older the newest user of `poor` is; empty where that is unknown, not comparable, or less than a second.
std::optional<std::chrono::microseconds> staleBy(const Database& fresh, const Database& poor);

// Comparable numbers of users: both exact, of the same relation.
bool haveComparableUsers(const Database& a, const Database& b);

} // namespace whichbase::topology
