// Base64, as Kubernetes has it in a Secret's data.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace whichbase::imports {

// White space is passed over. Nothing where it is no base64.
std::optional<std::string> base64Decoded(std::string_view text);

} // namespace whichbase::imports
