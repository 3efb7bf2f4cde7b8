// Passwords that are none: what programs and manuals put in a password's place.
#pragma once

#include <string_view>

namespace whichbase::connection {

// "***", "xxxxx", "<password>", "[YOUR-PASSWORD]", "REDACTED" and the like.
bool isPasswordMask(std::string_view password);

} // namespace whichbase::connection
