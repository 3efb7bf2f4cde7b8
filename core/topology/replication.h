// Which primary a standby is proven to follow. A running clone of the primary carries the same identifier, so that
// standby and primary must both have been seen to stream to one another.
#pragma once

#include "topology/observation.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::topology {

struct Following {
  std::optional<std::size_t> primary; // index of the instance
  std::string reason;                 // why it is not proven, as a clause
};

// `instances` holds each proven instance's observations, at least one each; `standby` is the index of one in recovery.
// Proven where exactly one instance of the same system identifier, not in recovery, shows a streaming standby that this
// one may be, listens on the port the standby streams from, and is not behind what the standby has received.
Following primaryOf(const std::vector<std::vector<const Observation*>>& instances, std::size_t standby);

} // namespace whichbase::topology
