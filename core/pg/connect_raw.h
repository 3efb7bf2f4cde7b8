// Connecting with libpq's non-blocking calls, under our own deadline: the part that libpqxx leaves to libpq's blocking
// ones. Private to pg/.
#pragma once

#include "pg/session.h"

#include <libpq-fe.h>

namespace whichbase::pg {

// A connection that is ready, or null with `error` filled. `once`: see Attempt.
PGconn* connectRaw(const Parameters& parameters, TimePoint deadline, const Watchdog& watchdog, bool once,
                   SqlError& error);

// The kind of a statement's error by its SQLSTATE.
ErrorKind kindOfState(const std::string& sqlState);

} // namespace whichbase::pg
