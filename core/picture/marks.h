// The small marks of the look as shapes: lines of text, chips, verdict signs, databases' badges, the cylinder.
#pragma once

#include "picture/drawing.h"
#include "picture/text_width.h"
#include "topology/card_lines.h"

#include <string>
#include <string_view>
#include <vector>

namespace whichbase::picture {

using Shapes = std::vector<Shape>;

// Tones of one database; what has no letter is drawn in the colour of the unknown.
Colour databaseTone(std::string_view id, Tone tone = Tone::database);
Colour signTone(topology::Sign sign);
std::string badgeText(std::string_view id); // "A"; "?" where the identity is unknown

// One line from `at` on its base line, elided to `room`; returns the width that it takes in any
// font.
double addLine(Shapes& shapes, const layout::Point& at, double room, std::string_view text, const Type& type,
               const Colour& colour, Words::Anchor anchor = Words::Anchor::start);
// Rows below one another, the first on the base line `at`; returns how many there are.
std::size_t addLines(Shapes& shapes, const layout::Point& at, double room, std::size_t rows, double lineHeight,
                     std::string_view text, const Type& type, const Colour& colour);

// ✓, ✕, !, ? in a square; they differ in shape, so that nothing is told by colour alone.
void addSign(Shapes& shapes, const layout::Rect& square, topology::Sign sign);
void addBadge(Shapes& shapes, const layout::Rect& square, std::string_view id, bool outlined = false);
void addCylinder(Shapes& shapes, const layout::Rect& rect, const Colour& colour);

constexpr double chipHeight = 17;
double chipWidth(std::string_view text);
// `outline` in a colour of its own: a pill without a ground.
void addChip(Shapes& shapes, const layout::Rect& rect, std::string_view text);
void addOutlinedChip(Shapes& shapes, const layout::Rect& rect, std::string_view text, const Colour& colour);

} // namespace whichbase::picture
