// The numbers behind the tones, light and dark: the window's theme takes them from here, too. Same colour and letter =
// same database, everywhere; red, orange and green are for verdicts only.
#pragma once

#include "picture/drawing.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace whichbase::picture {

using Rgb = std::uint32_t; // 0xRRGGBB

struct Palette {
  Rgb window; // behind the panes
  Rgb paper;
  Rgb card;
  Rgb frame;
  Rgb text;
  Rgb faint; // addresses, captions; also what is unknown
  Rgb chip;
  Rgb good, warning, bad;
  std::array<Rgb, 12> databases;
};

const Palette& lightPalette();
const Palette& darkPalette();

// "A" is 0, "Z" 25, "AA" 26; -1 for an id without a letter ("?1", ""), whose colour is the unknown's.
int paletteIndex(std::string_view databaseId);

Rgb rgbOf(const Colour& colour, const Palette& palette);
// What is written on that ground: white or nearly black, whichever stands out more.
Rgb inkOn(Rgb ground);
// WCAG 2.1 contrast, 1 to 21.
double contrastRatio(Rgb a, Rgb b);
Rgb mixed(Rgb colour, Rgb with, double share); // share of `with`, 0 to 1

std::string toHex(Rgb colour); // "#2563c9"

} // namespace whichbase::picture
