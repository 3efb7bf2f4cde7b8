// How to get to the databases of a snapshot now: by the targets of a plan of the same project.
#pragma once

#include "compare/endpoint.h"
#include "probe/plan.h"
#include "topology/snapshot.h"

#include <string>
#include <utility>
#include <vector>

namespace whichbase::compare {

// By id, in the snapshot's order; those that answered, also where no server uses them any more. `plan` is what the
// snapshot was made with, or a later one of the same project's after side.
std::vector<std::pair<std::string, Endpoint>> endpointsOf(const topology::Snapshot& snapshot, const probe::Plan& plan);

} // namespace whichbase::compare
