// A snapshot to show to people who need not see where its servers and databases stand.
#pragma once

#include "topology/snapshot.h"

namespace whichbase::picture {

// Without addresses, hosts and connection strings; where a text names one there is "…". Names stay.
topology::Snapshot withoutAddresses(topology::Snapshot snapshot);

} // namespace whichbase::picture
