// The facts that tie observations together or apart, as sentences for people. They name servers, never letters, so that
// they stay true when a database is given another letter.
#pragma once

#include "topology/assemble.h"
#include "topology/ladder.h"

#include <vector>

namespace whichbase::topology {

// `placed` is climbLadder()'s answer. What replication proves is added by identify().
std::vector<Evidence> gatherEvidence(const Sighting& sighting, const std::vector<PlacedDatabase>& placed);

// Names of the servers whose target is that observation, in the project's order; for a ghost's the name it was
// remembered by.
std::vector<std::string> namesAt(const Sighting& sighting, std::size_t observation);

} // namespace whichbase::topology
