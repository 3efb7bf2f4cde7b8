#include "report/display_text.h"

#include <locale.h>
#include <wchar.h>

#include <array>
#include <cstdint>
#include <numeric>
#include <utility>

namespace whichbase::report {
namespace {

constexpr char32_t replacement = 0xFFFD;

// Takes one character off the front of UTF-8 text; what is not UTF-8 gives the replacement character, byte by byte.
char32_t takeCharacter(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead >> 5 == 0x6 ? 2 : lead >> 4 == 0xE ? 3 : lead >> 3 == 0x1E ? 4 : 0;
  if (length == 0 || length > text.size()) {
    text.remove_prefix(1);
    return replacement;
  }
  char32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if (next >> 6 != 0x2) {
      text.remove_prefix(1);
      return replacement;
    }
    code = code << 6 | (next & 0x3FU);
  }
  text.remove_prefix(length);
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  const bool valid = code >= least[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  return valid ? code : replacement;
}

std::string toUtf8(char32_t code) {
  const auto byte = [](char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80)
    return {byte(code)};
  if (code < 0x800)
    return {byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F))};
  if (code < 0x10000)
    return {byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
  return {byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F)), byte(0x80 | (code >> 6 & 0x3F)),
          byte(0x80 | (code & 0x3F))};
}

// wcwidth() in a UTF-8 locale of its own, whatever the process runs in. -1 for what cannot be printed.
int cellsOf(char32_t code) {
  static const locale_t utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (utf8 == nullptr)
    return code < 0x20 || code == 0x7F ? -1 : 1;
  const locale_t previous = ::uselocale(utf8);
  const int cells = ::wcwidth(static_cast<wchar_t>(code));
  ::uselocale(previous);
  return cells;
}

// Marks that turn the direction of what follows them; a name with one could show as another name.
bool turnsDirection(char32_t code) {
  return code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

// What the program's own texts use beyond ASCII.
const char* asciiFor(char32_t code) {
  constexpr std::array<std::pair<char32_t, const char*>, 23> table{{
      {U'…', "..."}, {U'·', "-"},  {U'×', "x"}, {U'→', "->"}, {U'←', "<-"}, {U'–', "-"}, {U'—', "-"}, {U'“', "\""},
      {U'”', "\""},  {U'‘', "'"},  {U'’', "'"}, {U'✓', "+"},  {U'✗', "X"},  {U'≠', "*"}, {U'•', "*"}, {U'▲', "^"},
      {U'≥', ">="},  {U'≤', "<="}, {U'µ', "u"}, {U'−', "-"},  {U'⚠', "!"},  {U'●', "*"}, {U'○', "o"},
  }};
  for (const auto& [from, to] : table)
    if (from == code)
      return to;
  return "?";
}

void addAscii(std::vector<Glyph>& out, char32_t code, int cells) {
  if (code < 0x80)
    out.push_back({std::string(1, static_cast<char>(code)), 1});
  else if (cells > 0)
    for (const char* letter = asciiFor(code); *letter != '\0'; ++letter)
      out.push_back({std::string(1, *letter), 1});
}

int widthOf(const std::vector<Glyph>& line) {
  return std::accumulate(line.begin(), line.end(), 0, [](int sum, const Glyph& glyph) { return sum + glyph.width; });
}

std::string joined(const std::vector<Glyph>& line) {
  std::string text;
  for (const Glyph& glyph : line)
    text += glyph.bytes;
  return text;
}

// As many glyphs as fit, from the front or from the back.
std::vector<Glyph> fitting(const std::vector<Glyph>& line, int width, bool fromBack) {
  std::size_t count = 0;
  for (int used = 0; count < line.size(); ++count) {
    used += line[fromBack ? line.size() - 1 - count : count].width;
    if (used > width)
      break;
  }
  return fromBack ? std::vector<Glyph>(line.end() - static_cast<std::ptrdiff_t>(count), line.end())
                  : std::vector<Glyph>(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(count));
}

std::vector<std::string> brokenAnywhere(std::vector<Glyph> line, int width) {
  std::vector<std::string> lines;
  while (!line.empty()) {
    auto head = fitting(line, width, false);
    if (head.empty()) // a wide character in a line of one cell
      head.assign(1, line.front());
    lines.push_back(joined(head));
    line.erase(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(head.size()));
  }
  return lines;
}

} // namespace

std::vector<Glyph> glyphs(std::string_view text, Charset charset) {
  std::vector<Glyph> out;
  out.reserve(text.size());
  while (!text.empty()) {
    char32_t code = takeCharacter(text);
    if (code == '\t' || code == '\n' || code == '\r')
      code = ' ';
    int cells = cellsOf(code);
    if (cells < 0 || turnsDirection(code)) {
      code = charset == Charset::ascii ? U'?' : replacement;
      cells = 1;
    }
    if (charset == Charset::ascii)
      addAscii(out, code, cells);
    else if (cells == 0 && !out.empty())
      out.back().bytes += toUtf8(code);
    else if (cells > 0)
      out.push_back({toUtf8(code), cells});
  }
  return out;
}

std::string printableText(std::string_view text, Charset charset) {
  return joined(glyphs(text, charset));
}

int displayWidth(std::string_view text, Charset charset) {
  return widthOf(glyphs(text, charset));
}

std::string elideMiddle(std::string_view text, int width, Charset charset) {
  const auto line = glyphs(text, charset);
  if (widthOf(line) <= width)
    return joined(line);
  const auto ellipsis = glyphs("…", charset);
  const int room = width - widthOf(ellipsis);
  if (room < 2)
    return joined(fitting(line, width, false));
  // The end tells alike names apart more often than the middle, but the beginning is read first.
  const int tail = room * 2 / 5;
  return joined(fitting(line, room - tail, false)) + joined(ellipsis) + joined(fitting(line, tail, true));
}

std::vector<std::string> wrap(std::string_view text, int width, Charset charset) {
  std::vector<std::string> lines;
  std::vector<Glyph> line, word;
  const auto endWord = [&] {
    if (word.empty())
      return;
    if (!line.empty() && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push_back(joined(line));
      line.clear();
    }
    if (widthOf(word) > width) {
      auto pieces = brokenAnywhere(word, width);
      word = glyphs(pieces.back(), charset);
      lines.insert(lines.end(), pieces.begin(), pieces.end() - 1);
    }
    if (!line.empty())
      line.push_back({" ", 1});
    line.insert(line.end(), word.begin(), word.end());
    word.clear();
  };
  for (const Glyph& glyph : glyphs(text, charset)) {
    if (glyph.bytes == " ")
      endWord();
    else
      word.push_back(glyph);
  }
  endWord();
  if (!line.empty() || lines.empty())
    lines.push_back(joined(line));
  return lines;
}

std::vector<std::string> wrapElided(std::string_view text, int width, std::size_t lines, Charset charset) {
  auto wrapped = wrap(text, width, charset);
  if (wrapped.size() <= lines)
    return wrapped;
  const std::string cut = elideMiddle(text, width * static_cast<int>(lines), charset);
  wrapped = wrap(cut, width, charset);
  return wrapped.size() <= lines ? wrapped : brokenAnywhere(glyphs(cut, charset), width);
}

} // namespace whichbase::report
