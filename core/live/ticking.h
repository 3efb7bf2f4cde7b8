// One tick: a pulse of each kept session, written into the last sighting.
#pragma once

#include "live/links.h"
#include "topology/assemble.h"

namespace whichbase::live {

struct TickResult {
  bool wantsSweep = false; // something is not what it was, or somebody is back
};

struct TickMeans {
  Links& links;
  topology::Sighting& sighting;
  const std::vector<std::size_t>& groups; // groupsOf(sighting)
  std::function<topology::UtcTime()> utc;
  std::chrono::milliseconds patience; // for one answer
};

// Only one session a database counts users, and only one reads clients. What a session that leads elsewhere now says
// is not written: a sweep is wanted instead.
TickResult tick(const TickMeans& means);

// After a sweep: the exact counts that it made are the newest of their databases, and were paid for; and where a kept
// session has counted since, that is told.
void takeCounts(const topology::Sighting& sighting, const std::vector<std::size_t>& groups, Links& links,
                pg::TimePoint now);
void tellCounts(topology::Sighting& sighting, Links& links);

} // namespace whichbase::live
