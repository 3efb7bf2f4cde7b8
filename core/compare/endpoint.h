// One of the two databases that are compared, and how to get there.
#pragma once

#include "probe/sweep.h"
#include "topology/observation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::compare {

struct Endpoint {
  std::string name; // for texts: "A", or "Dashboard"
  // Over which it can be reached, the first one that works: the targets of the servers that use it.
  std::vector<probe::Target> targets;
  // What it must turn out to be, where that is known; what answers as another database is refused.
  std::optional<std::uint64_t> systemIdentifier{};
  std::uint32_t oid = 0; // 0: not known
};

} // namespace whichbase::compare
