#include "probe/printed_answers.h"

#include "connection/characters.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace whichbase::probe {
namespace {

constexpr std::size_t longestName = 253; // of a host, RFC 1035

bool isPlainName(std::string_view text) {
  const auto mayStand = [](char c) { return connection::isWordCharacter(c) || c == '-' || c == '.'; };
  // Digits and dots alone are an address that went wrong: two of them, printed without a space between.
  const bool onlyNumbers = std::ranges::all_of(text, [](char c) { return connection::isDigit(c) || c == '.'; });
  return !text.empty() && text.size() <= longestName && std::ranges::all_of(text, mayStand) && !onlyNumbers &&
         text.front() != '-' && text.front() != '.';
}

} // namespace

bool isNumericAddress(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return inet_pton(AF_INET, text.c_str(), address.data()) == 1 ||
         inet_pton(AF_INET6, text.c_str(), address.data()) == 1;
}

std::expected<std::string, std::string> addressIn(std::string_view printed) {
  const std::string text(connection::trimmed(printed));
  if (text.empty())
    return std::unexpected("it printed nothing");
  if (text.find('\0') == std::string::npos && (isNumericAddress(text) || isPlainName(text)))
    return text;
  if (text.find_first_of(" \t\r\n") != std::string::npos)
    return std::unexpected("it printed more than one word, not one address");
  return std::unexpected("what it printed is neither an address nor a host name");
}

std::expected<std::string, std::string> passwordIn(std::string_view printed) {
  std::string_view line = printed.substr(0, printed.find('\n'));
  if (line.ends_with('\r'))
    line.remove_suffix(1);
  if (line.empty())
    return std::unexpected(printed.empty() ? "it printed nothing" : "its first line is empty");
  if (line.find('\0') != std::string_view::npos)
    return std::unexpected("it printed a NUL character, which no password holds");
  return std::string(line);
}

} // namespace whichbase::probe
