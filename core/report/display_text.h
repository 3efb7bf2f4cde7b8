// Text as a terminal shows it: how wide it is, cut to a width, and broken into lines. Control characters never get
// through, so that no name can move the cursor or turn the direction of writing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace whichbase::report {

// ascii: what the program writes itself is transliterated ("…" to "..."), anything else beyond ASCII becomes "?".
enum class Charset { unicode, ascii };

// What stands in one or two cells of a terminal: a character with what combines with it.
struct Glyph {
  std::string bytes;
  int width = 1;
};

// On one line, without control characters and marks that turn the direction of writing.
std::string printableText(std::string_view text, Charset charset = Charset::unicode);

std::vector<Glyph> glyphs(std::string_view text, Charset charset);
int displayWidth(std::string_view text, Charset charset);

// Cut in the middle where it is wider than `width`, both ends kept: "Admin Panel with a rather lo…ing name".
std::string elideMiddle(std::string_view text, int width, Charset charset);

// Broken at spaces; a word that is wider than a line is broken inside. At least one line.
std::vector<std::string> wrap(std::string_view text, int width, Charset charset);

// The same in at most `lines` lines: what needs more is cut in the middle of the whole text.
std::vector<std::string> wrapElided(std::string_view text, int width, std::size_t lines, Charset charset);

} // namespace whichbase::report
