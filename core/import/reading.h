// A Reading made of its variables.
#pragma once

#include "import/from.h"

namespace whichbase::imports {

// With what they ask for. More variables than any environment has are an error.
std::expected<Reading, Error> readingOf(Variables variables, const From& from);

} // namespace whichbase::imports
