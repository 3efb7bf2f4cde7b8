// What kept sessions change in the last sighting: nothing but the facts that a pulse tells, and who is not reached.
#pragma once

#include "live/pulse.h"
#include "topology/assemble.h"

#include <cstddef>
#include <vector>

namespace whichbase::live {

Markers markersOf(const topology::Facts& facts);
// What either of them does not know tells nothing.
bool leadToTheSame(const Markers& a, const Markers& b);

// The start time, clients and lag; not the users (users_count.h).
void writePulse(const Pulse& pulse, bool isClientsReader, topology::UtcTime now, topology::Observation& observation);

// Observations of one database, as proven by meetings: for each observation the lowest index of its group.
std::vector<std::size_t> groupsOf(const topology::Sighting& sighting);

// The observation becomes a failure. What was proven between others through it is kept, and what was read through it
// for all of its group goes over to another of them.
void loseReach(topology::Sighting& sighting, std::size_t observation, const topology::Failure& failure,
               topology::UtcTime now);

} // namespace whichbase::live
