// How a split is told: who is on what, in one sentence, and what the databases hold, in the next.
#pragma once

#include "topology/view.h"

#include <string>
#include <vector>

namespace whichbase::topology {

// "Production writes to A; the others read B", "2 of 60 servers are not on B", …: never more than is proven.
std::string splitHeadline(const View& view);

// "22 users in A, 1 in B. Rows not compared yet.", "22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both." once they
// were, or that A and B are clones.
std::string splitDetail(const View& view);

// "22 users in A, ~51,900 in B, unknown in C." Empty where no number is known.
std::string usersIn(const std::vector<const Database*>& databases);

// "apart for 6 days or more": since the younger of two running instances started. Empty where that is unknown.
std::string apartFor(const Database& a, const Database& b, UtcTime now);

} // namespace whichbase::topology
