// One session that stays, and what it needs to know to be asked for pulses.
#pragma once

#include "live/pulse.h"
#include "probe/connect_target.h"
#include "probe/facts_reader.h"

#include <expected>
#include <memory>
#include <optional>
#include <stop_token>

namespace whichbase::live {

struct KeptSession {
  std::unique_ptr<pg::Session> session;
  pg::TimePoint madeAt{};
  Markers markers;
  bool withControl = true;                    // pg_control_system() may be executed
  std::optional<probe::UsersCandidate> users; // the relation counted, and what the role may do with it
};

// Connects, by a name looked up now, and asks who answers. Never blocks past the deadline; ends at once when stopped,
// or when the watchdog is.
std::expected<KeptSession, topology::Failure> makeSession(const probe::Target& target, route::Routes& routes,
                                                          pg::Watchdog& watchdog, pg::TimePoint deadline,
                                                          const std::stop_token& stop);

// Connections to one of them are limited: an address, and the way there.
std::string endpointOf(const probe::Target& target);

} // namespace whichbase::live
