// One visit to one target: connect, identify, meet the others, read the inventory, count.
#pragma once

#include "pg/session.h"
#include "probe/rendezvous.h"
#include "probe/sweep.h"
#include "route/resolver.h"

#include <atomic>

namespace whichbase::probe {

// What the visits of one sweep share.
struct SweepShared {
  pg::Watchdog watchdog;
  route::Resolver resolver;
  Rendezvous rendezvous; // declared last: its sessions use the watchdog until they are gone
};

// Never throws, never blocks past the deadline.
topology::Observation visit(const Target& target, std::size_t index, SweepShared& shared, pg::TimePoint deadline,
                            std::atomic<pg::Clock::rep>& waitingSince);

} // namespace whichbase::probe
