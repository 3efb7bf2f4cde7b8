// ASCII characters and the trimming of text, whatever the locale says.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace whichbase::connection {

// Where a part stands in a text: [begin, end).
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool empty() const { return begin >= end; }
  std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
  bool operator==(const Span&) const = default;
};

constexpr bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool isWordCharacter(char c) {
  return isDigit(c) || isLetter(c) || c == '_';
}
constexpr bool isSpace(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
constexpr char toLower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string lowered(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), toLower);
  return result;
}

inline bool isNumber(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, isDigit);
}

// The span of `text` without white space around it.
inline Span trimmedSpan(std::string_view text) {
  Span span{0, text.size()};
  while (span.begin < span.end && isSpace(text[span.begin])) {
    ++span.begin;
  }
  while (span.begin < span.end && isSpace(text[span.end - 1])) {
    --span.end;
  }
  return span;
}

inline std::string_view trimmed(std::string_view text) {
  return trimmedSpan(text).in(text);
}

// The place of the next white space from `at` on, or the end.
inline std::size_t wordEnd(std::string_view text, std::size_t at) {
  while (at < text.size() && !isSpace(text[at])) {
    ++at;
  }
  return at;
}

// The length of a ${NAME} that starts at `at`; 0 where none does.
inline std::size_t variableLength(std::string_view text, std::size_t at) {
  if (at + 3 >= text.size() || text[at] != '$' || text[at + 1] != '{' || isDigit(text[at + 2])) {
    return 0;
  }
  std::size_t end = at + 2;
  while (end < text.size() && isWordCharacter(text[end])) {
    ++end;
  }
  return end > at + 2 && end < text.size() && text[end] == '}' ? end + 1 - at : 0;
}

} // namespace whichbase::connection
