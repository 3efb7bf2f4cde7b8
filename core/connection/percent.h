// Percent-encoding, as URLs use it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace whichbase::connection {

// Nothing where a % is not followed by two hexadecimal digits, or where %00 stands.
std::optional<std::string> percentDecoded(std::string_view text);
// The same, but what is no valid escape is kept as it stands.
std::string percentDecodedLoosely(std::string_view text);
// Everything but letters, digits and -._~ is encoded.
std::string percentEncoded(std::string_view text);

} // namespace whichbase::connection
