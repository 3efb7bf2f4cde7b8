// What of a snapshot is news when it changes: everything but ages, timings and the like.
#pragma once

#include "topology/snapshot.h"

namespace whichbase::history {

// The snapshot without what changes from one sighting to the next although nothing happened: times of the visit,
// timings, lag, sizes, the number of alike sessions, and sentences that follow from other values. Two sightings say
// the same where their essences are equal.
topology::Snapshot essenceOf(topology::Snapshot snapshot);

} // namespace whichbase::history
