// From a target to a live session: names resolved, addresses tried one by one, failures put into people's words.
#pragma once

#include "pg/session.h"
#include "probe/sweep.h"
#include "route/resolver.h"

#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace whichbase::probe {

struct Connected {
  std::unique_ptr<pg::Session> session;
  std::map<std::string, double> timingsMs; // "resolve", "connect"
};

// Tries each address that the target's hosts have, in order, each with its share of the time. `database` stands in for
// the target's own where it is given.
std::expected<Connected, topology::Failure> connectTarget(const Target& target, route::Resolver& resolver,
                                                          pg::Watchdog& watchdog, pg::TimePoint deadline,
                                                          const std::optional<std::string>& database = {});

// The failure of a statement, as the visit's.
topology::Failure failureOf(const pg::SqlError& error, const Target& target);

// "203.0.113.196:5432", for texts; several hosts are joined by commas.
std::string addressOf(const Target& target);

double millisecondsSince(pg::TimePoint start);

} // namespace whichbase::probe
