// Asks a session which running database it is in.
#pragma once

#include "pg/session.h"

#include <functional>
#include <string>

namespace whichbase::probe {

// Sends the statement, which reads markerPairs(), with pg_control_system(), and again without where that is refused: it
// may be revoked, or be unknown to a look-alike. True: `rows` holds a row; else `error` says why not.
bool askMarkers(pg::Session& session, const std::function<std::string(bool withControl)>& statement,
                pg::TimePoint deadline, pg::Rows& rows, pg::SqlError& error);

} // namespace whichbase::probe
