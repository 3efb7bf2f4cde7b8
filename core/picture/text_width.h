// How wide a text will be, without asking any font: reckoned for Inter, with room to spare, and for the widest font
// that may stand in for it; and text cut or broken to a width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::picture {

struct Type {
  double size = 13; // pixels
  bool bold = false;
  bool monospace = false;
};

// One line that shows what it is: control characters and marks that turn the direction of writing stand as U+FFFD, line
// breaks as blanks. What is left may stand in XML.
std::string cleaned(std::string_view text);

// In pixels, at least what Inter or a fixed-width font needs. Both expect cleaned text.
double widthOf(std::string_view text, const Type& type);
// The same for DejaVu Sans, which is wider, bold by up to a fifth.
double widestOf(std::string_view text, const Type& type);

// Cut in the middle where it is wider than `room`, both ends kept; cleaned. What has to be cut fits in any font.
std::string elided(std::string_view text, double room, const Type& type);
// Broken at blanks into at most `rows` rows, the last one elided if it must be; cleaned. Nothing for an empty text.
std::vector<std::string> wrapped(std::string_view text, double room, std::size_t rows, const Type& type);

// Whether the text is mostly written from right to left, and begins so.
bool isRightToLeft(std::string_view text);

} // namespace whichbase::picture
