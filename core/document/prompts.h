// The questions that a report asks, since no evidence answers them.
#pragma once

#include "document/report.h"

#include <string_view>

namespace whichbase::document {

// "impact", "causes", "went-well", "lessons", "actions". With what was written for it.
Prompt promptOf(std::string_view key, const Incident& incident);

} // namespace whichbase::document
