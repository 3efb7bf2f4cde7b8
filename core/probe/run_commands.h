// The commands that a project's configurations, addresses and passwords come from, run at the same time.
#pragma once

#include "route/routes.h"

#include <expected>
#include <map>
#include <set>
#include <stop_token>
#include <string>

namespace whichbase::probe {

using Printed = std::expected<std::string, route::Problem>;

// What each printed. Returns when all have ended, at the deadline at the latest, or at once when stopped.
std::map<std::string, Printed> runCommands(const std::set<std::string>& commands, route::Routes& routes,
                                           route::TimePoint deadline, std::stop_token stop);

} // namespace whichbase::probe
