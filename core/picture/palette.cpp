#include "picture/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace whichbase::picture {

namespace {

// Blue and magenta first, as in the design's pictures. No red, orange or green: those are verdicts. Every pair stays
// apart for deuteranopes and protanopes, the first six by a wide margin (tests/ui/style measures it).
constexpr std::array<Rgb, 12> databasesOnLight = {0x2563c9, 0xa33c8c, 0x6f6808, 0x2e135f, 0x0b4453, 0x410421,
                                                  0xca1572, 0x512fa3, 0x1d7297, 0x091a3e, 0x343214, 0x204fec};
constexpr std::array<Rgb, 12> databasesOnDark = {0x78a9ff, 0xe58fd0, 0xe4df9d, 0x9478ff, 0xa9e6f1, 0xf44fa8,
                                                 0xc7cefe, 0x33a4b6, 0xe8b1cb, 0x60c3fc, 0x9d975b, 0xe56edc};

constexpr double softness = 0.4;

double luminance(Rgb colour) {
  const auto linear = [](Rgb part) {
    const double share = static_cast<double>(part & 0xFFU) / 255;
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour >> 16U) + 0.7152 * linear(colour >> 8U) + 0.0722 * linear(colour);
}

Rgb databaseColour(int index, const Palette& palette) {
  return index < 0 ? palette.faint : palette.databases[static_cast<std::size_t>(index) % palette.databases.size()];
}

} // namespace

const Palette& lightPalette() {
  static constexpr Palette palette{.window = 0xf4f5f7,
                                   .paper = 0xffffff,
                                   .card = 0xffffff,
                                   .frame = 0xd9dce1,
                                   .text = 0x1d2330,
                                   .faint = 0x5b6573,
                                   .chip = 0xeef0f3,
                                   .good = 0x187a48,
                                   .warning = 0x8a5a00,
                                   .bad = 0xb3261e,
                                   .databases = databasesOnLight};
  return palette;
}

const Palette& darkPalette() {
  static constexpr Palette palette{.window = 0x15181d,
                                   .paper = 0x1c2027,
                                   .card = 0x232831,
                                   .frame = 0x3a424e,
                                   .text = 0xe8eaee,
                                   .faint = 0xa3acba,
                                   .chip = 0x2d3440,
                                   .good = 0x57d493,
                                   .warning = 0xffc861,
                                   .bad = 0xff8a80,
                                   .databases = databasesOnDark};
  return palette;
}

int paletteIndex(std::string_view databaseId) {
  constexpr int farthest = 1'000'000;
  int index = 0;
  for (const char letter : databaseId) {
    if (letter < 'A' || letter > 'Z')
      return -1;
    index = std::min(farthest, index * 26 + (letter - 'A') + 1);
  }
  return index - 1;
}

Rgb rgbOf(const Colour& colour, const Palette& palette) {
  switch (colour.tone) {
  case Tone::paper:
    return palette.paper;
  case Tone::card:
    return palette.card;
  case Tone::frame:
    return palette.frame;
  case Tone::text:
    return palette.text;
  case Tone::faint:
    return palette.faint;
  case Tone::good:
    return palette.good;
  case Tone::warning:
    return palette.warning;
  case Tone::bad:
    return palette.bad;
  case Tone::chip:
    return palette.chip;
  case Tone::database:
    return databaseColour(colour.database, palette);
  case Tone::databaseSoft:
    return mixed(databaseColour(colour.database, palette), palette.paper, softness);
  case Tone::onDatabase:
    return inkOn(databaseColour(colour.database, palette));
  }
  return palette.text;
}

Rgb inkOn(Rgb ground) {
  constexpr Rgb white = 0xffffff;
  constexpr Rgb ink = 0x15181d;
  return contrastRatio(ground, white) >= contrastRatio(ground, ink) ? white : ink;
}

double contrastRatio(Rgb a, Rgb b) {
  const double first = luminance(a);
  const double second = luminance(b);
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

Rgb mixed(Rgb colour, Rgb with, double share) {
  const auto mix = [&](unsigned shift) {
    const auto from = static_cast<double>(colour >> shift & 0xFFU);
    const auto to = static_cast<double>(with >> shift & 0xFFU);
    return static_cast<Rgb>(from + (to - from) * share) << shift;
  };
  return mix(16) | mix(8) | mix(0);
}

std::string toHex(Rgb colour) {
  return fmt::format("#{:06x}", colour & 0xFFFFFFU);
}

} // namespace whichbase::picture
