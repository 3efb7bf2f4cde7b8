// One visit to one target: connect, identify, meet the others, read the inventory, count.
#pragma once

#include "pg/session.h"
#include "probe/rendezvous.h"
#include "probe/sweep.h"
#include "route/resolver.h"
#include "route/routes.h"

#include <atomic>
#include <memory>
#include <stop_token>

namespace whichbase::probe {

// What the visits of one sweep share.
struct SweepShared {
  std::shared_ptr<route::Routes> routes;
  std::stop_token stop;
  pg::Watchdog watchdog{};
  route::Resolver resolver{};
  Rendezvous rendezvous{}; // declared last: its sessions use the watchdog until they are gone
};

// Never throws, never blocks past the deadline.
topology::Observation visit(const Target& target, std::size_t index, SweepShared& shared, pg::TimePoint deadline,
                            std::atomic<pg::Clock::rep>& waitingSince);

} // namespace whichbase::probe
