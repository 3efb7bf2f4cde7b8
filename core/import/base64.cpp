#include "import/base64.h"

#include "connection/characters.h"

#include <cstdint>

namespace whichbase::imports {

std::optional<std::string> base64Decoded(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  std::uint32_t bits = 0;
  int count = 0; // digits so far, = included
  int padding = 0;
  for (const char c : text) {
    if (connection::isSpace(c)) {
      continue;
    }
    const auto digit = digits.find(c);
    if ((c != '=' && (digit == std::string_view::npos || padding > 0)) || padding > 2) {
      return std::nullopt;
    }
    padding += c == '=' ? 1 : 0;
    bits = (bits << 6U) | (c == '=' ? 0U : static_cast<std::uint32_t>(digit));
    if (++count % 4 == 0) {
      result += static_cast<char>(bits >> 16U & 0xFFU);
      result += static_cast<char>(bits >> 8U & 0xFFU);
      result += static_cast<char>(bits & 0xFFU);
      bits = 0;
    }
  }
  if (count % 4 != 0 || padding > 2) {
    return std::nullopt;
  }
  result.resize(result.size() - static_cast<std::size_t>(padding));
  return result;
}

} // namespace whichbase::imports
