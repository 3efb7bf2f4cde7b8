// Databases in a pasted text: an .env file, the environment part of a Compose file, or a piece of either.
#pragma once

#include "import/variables.h"

namespace whichbase::imports {

// What looks like NAME=value is taken, the rest is passed over. ${NAME} of an earlier line is put in, any other stands
// as written. URLs come in the text's order, then what is written in parts.
std::vector<Found> findInEnvText(std::string_view text);

} // namespace whichbase::imports
