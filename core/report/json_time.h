// Times in JSON: ISO 8601 in UTC, with microseconds only where a time has them, so that nothing is lost on the way.
#pragma once

#include "topology/utc_time.h"

#include <optional>
#include <string>
#include <string_view>

namespace whichbase::report {

// "2026-01-01T00:00:00.000Z", or with six digits where three would lose something.
std::string timeText(topology::UtcTime time);
// Reads what timeText() writes. Empty when it is something else.
std::optional<topology::UtcTime> timeFromText(std::string_view text);

} // namespace whichbase::report
