// Proofs from one state of a side to the next, where the same database may bear another letter.
#pragma once

#include "topology/snapshot.h"

#include <memory>

namespace whichbase::ui {

// With the letters of `to`: a database is the same by identifier and oid. What spoke of a database whose letter means
// another one in `to` is left out. A letter that `to` does not have stays: it is never given to another database.
topology::Proofs carried(const topology::Proofs& proofs, const topology::Snapshot& from, const topology::Snapshot& to);

// With the newer ones in place of those that they answer again.
topology::Proofs with(topology::Proofs proofs, const topology::RowsFact& rows);
topology::Proofs with(topology::Proofs proofs, const topology::Verification& verification);

// Of both, about the same, the later one.
topology::Proofs newerOf(topology::Proofs proofs, const topology::Proofs& others);

// The snapshot as it reads with them; the same one where there are none. They bear its letters.
std::shared_ptr<const topology::Snapshot> proven(const std::shared_ptr<const topology::Snapshot>& snapshot,
                                                 const topology::Proofs& proofs);

} // namespace whichbase::ui
