// Why a target could not be reached, put into people's words. For core/probe and core/live.
#pragma once

#include "pg/session.h"
#include "probe/sweep.h"
#include "route/routes.h"

#include <string>

namespace whichbase::probe {

// A path that cannot exist: what a string leaves open must not come from this computer's home folder.
inline constexpr const char* nowhere = "/dev/null/none";

// One attempt that failed at `at` ("203.0.113.196:5432"), which began at `start`. Not redacted.
topology::Failure connectFailure(const pg::SqlError& error, const Target& target, const std::string& at,
                                 pg::TimePoint start);
// The route failed. `at` is where it should have led.
topology::Failure routeFailure(const route::Problem& problem);

// The failure of a statement, as the visit's.
topology::Failure failureOf(const pg::SqlError& error, const Target& target);

// PostgreSQL itself has answered, so that the way to it was good.
bool serverSpoke(const pg::SqlError& error);

} // namespace whichbase::probe
