// Drawings as SVG: plain presentation attributes, which every renderer understands; the adaptive look adds classes that
// take their colours from custom properties. No ids and no references, so that any number of them stand in one page.
#include "picture/svg_shapes.h"

#include <fmt/format.h>

#include <map>

namespace whichbase::picture {

namespace {

constexpr std::string_view sansFonts = "Inter, DejaVu Sans, sans-serif";

// Every tone that the drawing has, by name.
std::map<std::string, Colour> tonesOf(const Drawing& drawing) {
  std::map<std::string, Colour> tones;
  const auto use = [&](const Colour& colour) { tones.try_emplace(toneName(colour), colour); };
  for (const Shape& shape : drawing.shapes) {
    if (const auto* block = std::get_if<Block>(&shape.what)) {
      use(block->fill);
      use(block->stroke);
    } else if (const auto* words = std::get_if<Words>(&shape.what)) {
      use(words->colour);
    } else if (const auto* curve = std::get_if<Curve>(&shape.what)) {
      use(curve->colour);
    } else if (const auto* line = std::get_if<Polyline>(&shape.what)) {
      use(line->colour);
    }
  }
  return tones;
}

// The custom properties for both palettes, and a class for each tone's fill and stroke.
std::string styleOf(const Drawing& drawing) {
  std::string light, dark, classes;
  for (const auto& [name, colour] : tonesOf(drawing)) {
    light += fmt::format("--wb-{}:{};", name, toHex(rgbOf(colour, lightPalette())));
    dark += fmt::format("--wb-{}:{};", name, toHex(rgbOf(colour, darkPalette())));
    classes +=
        fmt::format(".wb-picture .wbf-{0}{{fill:var(--wb-{0})}}.wb-picture .wbs-{0}{{stroke:var(--wb-{0})}}\n", name);
  }
  return fmt::format("<style>\n.wb-picture{{{}}}\n@media screen and (prefers-color-scheme:dark){{.wb-picture{{{}}}}}\n"
                     "{}</style>\n",
                     light, dark, classes);
}

} // namespace

std::string toSvg(const Drawing& drawing, Look look) {
  const std::string width = number(drawing.width);
  const std::string height = number(drawing.height);
  const SvgColours colours{look == Look::dark ? darkPalette() : lightPalette(), look == Look::adaptive};
  std::string svg = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" aria-label="{2}" font-family="{3}"{4}>)"
      "\n",
      width, height, escaped(drawing.title), sansFonts, look == Look::adaptive ? R"( class="wb-picture")" : "");
  svg += fmt::format("<title>{}</title>\n", escaped(drawing.title));
  if (!drawing.description.empty())
    svg += fmt::format("<desc>{}</desc>\n", escaped(drawing.description));
  if (look == Look::adaptive)
    svg += styleOf(drawing);
  for (const Shape& shape : drawing.shapes)
    addSvg(svg, shape, colours);
  svg += "</svg>\n";
  return svg;
}

} // namespace whichbase::picture
