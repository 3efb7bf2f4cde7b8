// How many users there are between two counts: the last exact count, and what the write counters say since.
#pragma once

#include "live/pulse.h"

#include <optional>

namespace whichbase::live {

// The last exact count of one database.
struct CountedUsers {
  std::string relation;
  std::int64_t count = 0;
  topology::UtcTime at{};
  topology::Known<topology::UtcTime> newestAt;
  // The counters at that time; empty: they were not read then, and the next pulse's stand for them.
  std::optional<Activity> activity;
};

// Keeps what the pulse counted, or the next best: the exact count with its time while the counters stand still, else
// an estimate. Never an estimate where row security limits the count, nor on a standby, whose counters do not tell
// what it replays.
void tellUsers(topology::UsersFact& users, const Pulse& pulse, topology::UtcTime now,
               std::optional<CountedUsers>& counted);

} // namespace whichbase::live
