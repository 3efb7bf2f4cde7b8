// Everything that the connection code says about one string, as text: what golden files hold and what must never hold
// a password.
#pragma once

#include <string>
#include <string_view>

namespace whichbase::connection {

// With the parameters but the secret ones.
std::string told(std::string_view text);

} // namespace whichbase::connection
