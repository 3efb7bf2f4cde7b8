#include "picture/mermaid_text.h"

#include "picture/text_width.h"
#include "report/display_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace whichbase::picture {

namespace {

constexpr std::string_view invisible = "\u200B";

bool isLetterOrDigit(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

bool isDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

// Whether the character may stand as it is. Labels are read as Markdown: a number with a full stop begins a list,
// "www." a link; and a line with "style" or "classDef", a colon and an entity loses its last semicolon.
bool isPlain(std::string_view text, std::size_t at) {
  const char c = text[at];
  const char before = at > 0 ? text[at - 1] : ' ';
  const char after = at + 1 < text.size() ? text[at + 1] : ' ';
  if (c == ' ') // a line with "direction LR" is read as that, whatever else is on it
    return !text.substr(0, at).ends_with("direction");
  if (isLetterOrDigit(c))
    return true;
  switch (c) {
  case ',':
  case '(':
  case '\'':
  case '?':
    return true;
  case ')':
    return !isDigit(before);
  case '.':
    return isLetterOrDigit(after) && !lower(text.substr(0, at)).ends_with("www");
  case ':':
    return after == ' ' && !lower(text).contains("style") && !lower(text).contains("classdef");
  case '-':
  case '_':
    return isLetterOrDigit(before) && isLetterOrDigit(after);
  case '/':
    return isLetterOrDigit(before) && isLetterOrDigit(after);
  default:
    return false;
  }
}

// Read after entities have become characters again: $$ as a formula, \n as a new line, fa:fa-car as an icon, and the
// signs that Mermaid writes entities with in the meantime. Something invisible between them keeps them what they are.
bool isReadOnce(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  return (text[at] == '$' && before.ends_with('$')) || (text[at] == 'n' && before.ends_with('\\')) ||
         (text[at] == 'f' && before.ends_with(':')) || before.ends_with("\uFB02") || before.ends_with("\u00B6");
}

} // namespace

std::string mermaidText(std::string_view text) {
  const std::string line = cleaned(text);
  std::string result;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == ' ' && (result.empty() || result.ends_with(' ')))
      continue; // four of them would begin a block of code
    if (isReadOnce(line, i))
      result += invisible;
    if (isPlain(line, i))
      result += line[i];
    else
      result += fmt::format("#{};", static_cast<int>(line[i]));
  }
  while (result.ends_with(' '))
    result.pop_back();
  return result;
}

std::string mermaidLabel(const std::vector<std::string>& lines, int longest) {
  std::string label;
  for (const std::string& line : lines) {
    const std::string text = mermaidText(report::elideMiddle(line, longest, report::Charset::unicode));
    if (!text.empty())
      label += (label.empty() ? "" : "<br/>") + text;
  }
  return label.empty() ? " " : label;
}

} // namespace whichbase::picture
