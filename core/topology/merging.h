// Several observations of one database become one Database: of each fact the best that any of them could read.
#pragma once

#include "topology/assemble.h"

#include <cstddef>
#include <vector>

namespace whichbase::topology {

// Everything but id, identity, instance, labels and replication. `observations` are indexes of reached ones, at least
// one.
Database mergeFacts(const Sighting& sighting, const std::vector<std::size_t>& observations);

// When initdb made the cluster: the upper 32 bits of its system identifier are seconds since 1970 (PostgreSQL,
// BootStrapXLOG).
UtcTime initializedAt(std::uint64_t systemIdentifier);

} // namespace whichbase::topology
