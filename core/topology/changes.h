// What changed from before to after, and which of before's findings are no longer true.
#pragma once

#include "topology/snapshot.h"

#include <vector>

namespace whichbase::topology {

// Both sides bear the same ids for the same databases; `open` are before's that may be one of after's. Only what both
// sides prove is told. `fixed` comes from findFixed().
std::vector<Change> findChanges(const Snapshot& before, const Snapshot& after, const std::vector<Finding>& fixed);

// Warnings and errors of before that after disproves, in the past tense. What after cannot judge, because a server was
// not reached or a database not identified, is not fixed.
std::vector<Finding> findFixed(const Snapshot& before, const Snapshot& after);

} // namespace whichbase::topology
