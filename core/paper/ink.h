// The colours of a page: the light look, on white paper.
#pragma once

#include "topology/card_lines.h"

#include <cstdint>
#include <string_view>

namespace whichbase::paper {

using Rgb = std::uint32_t; // 0xRRGGBB

struct Ink {
  Rgb text, faint, frame, tint;
};
const Ink& ink();

Rgb databaseInk(std::string_view id); // of its badge; the unknown's for an id without a letter
Rgb onInk(Rgb ground);                // what is written on it
Rgb signInk(topology::Sign sign);

} // namespace whichbase::paper
