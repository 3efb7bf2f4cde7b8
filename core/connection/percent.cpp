#include "connection/percent.h"

#include "connection/characters.h"

namespace whichbase::connection {

namespace {

int hexValue(char c) {
  if (isDigit(c)) {
    return c - '0';
  }
  const char lower = toLower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The byte of the escape that starts at `at`, or -1.
int escapeAt(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) {
    return -1;
  }
  const int high = hexValue(text[at + 1]);
  const int low = hexValue(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

} // namespace

std::optional<std::string> percentDecoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    const int byte = escapeAt(text, i);
    if (byte <= 0) {
      return std::nullopt;
    }
    result += static_cast<char>(byte);
    i += 2;
  }
  return result;
}

std::string percentDecodedLoosely(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = text[i] == '%' ? escapeAt(text, i) : -1;
    if (byte <= 0) {
      result += text[i];
      continue;
    }
    result += static_cast<char>(byte);
    i += 2;
  }
  return result;
}

std::string percentEncoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    if (isWordCharacter(c) || c == '-' || c == '.' || c == '~') {
      result += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    result += '%';
    result += digits[byte / 16U];
    result += digits[byte % 16U];
  }
  return result;
}

} // namespace whichbase::connection
