// A recorded history as a timeline to read, and as JSON for programs (resources/history.schema.json).
#pragma once

#include "history/history.h"

#include <string>

namespace whichbase::history {

std::string toJson(const Overview& overview);
// One line an entry, in UTC: when somebody watched, what happened, what was noted, the moments to return to.
std::string toText(const Overview& overview);

} // namespace whichbase::history
