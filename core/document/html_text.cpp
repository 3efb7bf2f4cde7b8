#include "document/html_text.h"

#include "report/display_text.h"

#include <fmt/format.h>

namespace whichbase::document::html {

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text)
    switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    default:
      out += c;
    }
  return out;
}

// Hebrew, Arabic and their neighbours: U+0590 to U+08FF, the presentation forms, and what lies beyond U+10800.
bool hasRightToLeft(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]), second = static_cast<unsigned char>(text[i + 1]);
    const auto third = i + 2 < text.size() ? static_cast<unsigned char>(text[i + 2]) : 0;
    if ((first >= 0xD6 && first <= 0xDF && (first > 0xD6 || second >= 0x90)) ||
        (first == 0xE0 && second >= 0xA0 && second <= 0xA3) ||
        (first == 0xEF && ((second == 0xAC && third >= 0x9D) || (second > 0xAC && second < 0xBC))) ||
        (first == 0xF0 && (second == 0x90 || second == 0x9E) && third >= 0xA0))
      return true;
  }
  return false;
}

} // namespace

std::string text(std::string_view text, Bidi bidi) {
  const std::string shown = escaped(report::printableText(text));
  return bidi == Bidi::isolated && hasRightToLeft(text) ? "<bdi>" + shown + "</bdi>" : shown;
}

std::string attribute(std::string_view text) {
  return escaped(report::printableText(text));
}

std::string preformatted(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto end = text.find('\n');
    out += html::text(text.substr(0, end));
    if (end != std::string_view::npos)
      out += '\n';
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

std::string databaseBadge(std::string_view letter, const std::string& id) {
  return fmt::format("<span class=\"database {}\">{}</span>", databaseClass(id), text(letter));
}

std::string spokenSign(topology::Sign sign) {
  switch (sign) {
  case topology::Sign::good:
    return "Good";
  case topology::Sign::warning:
    return "Warning";
  case topology::Sign::bad:
    return "Bad";
  case topology::Sign::unknown:
    return "Not known";
  case topology::Sign::none:
    break;
  }
  return "Note";
}

} // namespace whichbase::document::html
