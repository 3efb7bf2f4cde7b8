// How long NOTIFY takes from each of some sessions to each other.
#pragma once

#include "pg/session.h"

#include <optional>
#include <string>
#include <vector>

namespace whichbase::verify {

struct NotifyTimes {
  std::vector<std::vector<std::optional<double>>>
      ms;                            // [from][to]: median of the rounds, from before the NOTIFY is sent
  std::vector<std::string> problems; // by session: why it took no part; may be empty
};

// The sessions must be direct ones, of one database, and no standby's. Each listens on a channel of a random name, and
// does not any more when this returns.
NotifyTimes notifyTimes(const std::vector<pg::Session*>& sessions, int rounds, pg::TimePoint deadline);

} // namespace whichbase::verify
