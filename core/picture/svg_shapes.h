// Single shapes of a drawing as SVG elements.
#pragma once

#include "picture/palette.h"

#include <string>
#include <string_view>

namespace whichbase::picture {

struct SvgColours {
  const Palette& palette;
  bool withClasses = false; // beside the plain colour, for the adaptive look
};

// "12.5": at most two decimals, the same in every locale.
std::string number(double value);
// For text and attributes in XML; characters that XML does not know stand as U+FFFD.
std::string escaped(std::string_view text);
std::string toneName(const Colour& colour); // "text", "db3", "db3-soft", "db3-on"

void addSvg(std::string& svg, const Shape& shape, const SvgColours& colours);

} // namespace whichbase::picture
