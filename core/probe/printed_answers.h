// What a command that is to print one answer printed: an address, or a password. Pure text.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace whichbase::probe {

// The one address or plain host name in it. The error is a clause: "it printed nothing".
std::expected<std::string, std::string> addressIn(std::string_view printed);

// The first line. The error is a clause without a piece of it.
std::expected<std::string, std::string> passwordIn(std::string_view printed);

// 203.0.113.7 or 2001:db8::7.
bool isNumericAddress(const std::string& text);

} // namespace whichbase::probe
