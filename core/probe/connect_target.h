// From a target to a live session: names resolved, addresses tried one by one, failures put into people's words.
#pragma once

#include "pg/session.h"
#include "probe/sweep.h"
#include "route/resolver.h"
#include "route/routes.h"

#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::probe {

struct Connected {
  std::unique_ptr<pg::Session> session;
  std::map<std::string, double> timingsMs; // "resolve", "connect"
};

// What every connection of a sweep shares.
struct Means {
  route::Resolver& resolver;
  route::Routes& routes;
  pg::Watchdog& watchdog;
  std::stop_token stop;
};

// Tries each address that the target's hosts have, in order, each with its share of the time; through a route each host
// by its name, which is looked up there. `database` stands in for the target's own where it is given.
std::expected<Connected, topology::Failure> connectTarget(const Target& target, const Means& means,
                                                          pg::TimePoint deadline,
                                                          const std::optional<std::string>& database = {});

// "203.0.113.196:5432"; several hosts are joined by commas.
std::string addressOf(const Target& target);
// The same for texts: "localhost:5432 through ssh prod".
std::string placeOf(const Target& target);

// Every password that might be in a text about the target.
std::vector<std::string> secretsOf(const Target& target);

double millisecondsSince(pg::TimePoint start);

} // namespace whichbase::probe
