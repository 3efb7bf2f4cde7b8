// What a check's matrix of sights proves about each server.
#pragma once

#include "verify/check.h"

#include <optional>
#include <vector>

namespace whichbase::verify {

// Servers proven to be in one database, each reached one in one group; the largest first.
std::vector<std::vector<std::size_t>> groupsOf(const CheckResult& result);

// Fills the verification. everyoneSees only where every server was reached, and each is proven to be in one database,
// or in a standby that the last sweep proved to follow it. `facts` by server; empty: not reached.
void conclude(CheckResult& result, const std::vector<Participant>& participants,
              const std::vector<std::optional<topology::Facts>>& facts,
              const std::vector<std::vector<std::size_t>>& groups);

} // namespace whichbase::verify
