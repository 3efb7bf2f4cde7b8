// The ladder of identity: which observations are of one database, which of different ones, and of which that is
// unknown. Names and addresses play no part.
#pragma once

#include "topology/assemble.h"

#include <cstddef>
#include <string>
#include <vector>

namespace whichbase::topology {

// Observations that are proven to be of one database; or a single one whose identity is unknown.
struct PlacedDatabase {
  std::vector<std::size_t> observations; // in the order of the servers that use them
  bool proven = false;
  std::string reason;       // why it is unknown, as a clause
  std::size_t instance = 0; // counted from 0; meaningless where unknown
};

// The rungs: different known system identifiers are different instances; between equal or unknown ones only meetings
// decide; within one proven instance the oid decides. What meetings say against each other, or cannot say, is unknown.
// In the order of the sighting's servers, then of its ghosts; unknown ones last.
std::vector<PlacedDatabase> climbLadder(const Sighting& sighting);

} // namespace whichbase::topology
