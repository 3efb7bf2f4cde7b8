// The sentence that an engineer should say aloud, and how much of it is proven.
#pragma once

#include "topology/sessions.h"

namespace whichbase::topology {

// single-source: two or more servers, every one reached, by an address that means the same to it, all proven on one
// database or its proven standbys. split: two proven on different sources, whoever is missing. One server: nothing to
// compare. Otherwise undetermined.
Verdict judge(const View& view, const Sessions& sessions);

} // namespace whichbase::topology
