#include "document/markdown_text.h"

#include "report/display_text.h"

#include <algorithm>
#include <cctype>

namespace whichbase::document::markdown {

namespace {

bool isWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

// audit_log needs no backslash: within a word "_" is itself.
bool isInWord(std::string_view text, std::size_t at) {
  return at > 0 && at + 1 < text.size() && isWord(text[at - 1]) && isWord(text[at + 1]);
}

bool isMarkup(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '_')
    return !isInWord(text, at);
  if (c == '&') // "&amp;" and "&#64;" would be read as one character
    return at + 1 < text.size() && (text[at + 1] == '#' || isWord(text[at + 1])) &&
           text.find(';', at) != std::string_view::npos;
  return std::string_view("\\`*<>[]|~$").find(c) != std::string_view::npos;
}

// Where the text would begin a list, a heading or a quotation: at "-" or "#", or at the "." of "1."
std::size_t startsBlock(std::string_view text) {
  if (text.empty())
    return std::string_view::npos;
  if (std::string_view("#-+=").find(text.front()) != std::string_view::npos)
    return 0;
  const std::size_t digits = text.find_first_not_of("0123456789");
  return digits != std::string_view::npos && digits > 0 && (text[digits] == '.' || text[digits] == ')')
             ? digits
             : std::string_view::npos;
}

std::size_t longestRun(std::string_view text, char of) {
  std::size_t longest = 0, run = 0;
  for (const char c : text)
    longest = std::max(longest, run = c == of ? run + 1 : 0);
  return longest;
}

constexpr std::string_view begin = "<!-- whichbase", end = "<!-- /whichbase";

// Where what looks like a mark has its colon, after any backslashes; npos where it is none.
std::size_t colonOfMark(std::string_view text, std::size_t at) {
  for (const std::string_view mark : {begin, end})
    if (text.substr(at).starts_with(mark)) {
      const std::size_t colon = text.find_first_not_of('\\', at + mark.size());
      if (colon != std::string_view::npos && text[colon] == ':')
        return colon;
    }
  return std::string_view::npos;
}

} // namespace

std::string escaped(std::string_view text, bool starts) {
  const std::string shown = report::printableText(text);
  const std::size_t block = starts ? startsBlock(shown) : std::string_view::npos;
  std::string out;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (i == block || isMarkup(shown, i))
      out += '\\';
    out += shown[i];
  }
  return out;
}

std::string bold(std::string_view text) {
  // Spaces within the marks would make them plain stars.
  const std::string inside = escaped(text, false);
  const auto first = inside.find_first_not_of(' ');
  if (first == std::string::npos)
    return inside;
  const auto last = inside.find_last_not_of(' ');
  return inside.substr(0, first) + "**" + inside.substr(first, last - first + 1) + "**" + inside.substr(last + 1);
}

std::string codeSpan(std::string_view text, bool inTable) {
  const std::string shown = report::printableText(text);
  if (shown.empty())
    return {};
  if (inTable && shown.find("\\|") != std::string::npos) // no span of code can hold that in a cell
    return escaped(text, false);
  const std::string ticks(longestRun(shown, '`') + 1, '`');
  const bool isPadded = shown.front() == '`' || shown.back() == '`' || (shown.front() == ' ' && shown.back() == ' ');
  std::string inside;
  for (const char c : shown)
    inside += inTable && c == '|' ? std::string("\\|") : std::string(1, c);
  return ticks + (isPadded ? " " : "") + inside + (isPadded ? " " : "") + ticks;
}

std::string fenced(std::string_view text) {
  const std::string fence(std::max<std::size_t>(3, longestRun(text, '`') + 1), '`');
  std::string block = fence + "text\n" + std::string(text);
  if (!block.ends_with('\n'))
    block += '\n';
  return block + fence + "\n";
}

std::string beginMark(std::string_view key) {
  return std::string(begin) + ":" + std::string(key) + " -->";
}

std::string endMark(std::string_view key) {
  return std::string(end) + ":" + std::string(key) + " -->";
}

std::string guarded(std::string_view written) {
  std::string out;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const std::size_t colon = colonOfMark(written, i);
    if (colon != std::string_view::npos) {
      out += written.substr(i, colon - i);
      out += '\\';
      i = colon;
    }
    out += written[i];
  }
  return out;
}

std::string unguarded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t colon = colonOfMark(text, i);
    if (colon != std::string_view::npos && text[colon - 1] == '\\') {
      out += text.substr(i, colon - 1 - i);
      i = colon;
    }
    out += text[i];
  }
  return out;
}

} // namespace whichbase::document::markdown
