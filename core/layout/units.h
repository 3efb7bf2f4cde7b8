// What the diagram draws in its server rows: single servers, and stacks of servers that are alike on both sides.
#pragma once

#include "layout/diagram.h"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace whichbase::layout {

// The sides to lay out together; a side that is not shown is null. Findings decide which servers stand alone.
struct Sides {
  std::array<const topology::Snapshot*, 2> snapshots{}; // before, after
  std::vector<const std::vector<topology::Finding>*> findings;
};

// A unit as one side sees it: no members where none of its servers is on that side.
struct UnitOnSide {
  std::vector<const topology::Server*> members;
  bool present() const { return !members.empty(); }
  bool reached() const { return present() && members.front()->reached(); }
  const std::string& database() const { return members.front()->database; }
};

struct Unit {
  std::string key;
  std::string stackKey;  // of an unfolded stack; empty otherwise
  bool isStack = false;  // several servers
  bool flagged = false;  // has a finding of its own
  std::size_t order = 0; // place of its first server in the project
  std::array<UnitOnSide, 2> sides;
};

// In the project's order.
std::vector<Unit> unitsOf(const Sides& sides, const Options& options);

} // namespace whichbase::layout
