#include "picture/marks.h"

#include "picture/palette.h"

#include <cmath>
#include <numbers>

namespace whichbase::picture {

namespace {

constexpr Type chipType{11, true, false};
constexpr double chipPadding = 7;

void addStroke(Shapes& shapes, std::vector<layout::Point> points, const Colour& colour, double width) {
  shapes.push_back({Polyline{std::move(points), colour, width, Dash::solid, false}, {}});
}

// A letter in the middle of a square.
void addLetter(Shapes& shapes, const layout::Rect& square, std::string_view id, const Colour& colour) {
  const std::string text = badgeText(id);
  const double size = square.height * (text.size() > 2 ? 0.36 : text.size() > 1 ? 0.5 : 0.62);
  addLine(shapes, {square.x + square.width / 2, square.y + square.height / 2 + size * 0.364}, square.width * 1.3, text,
          {size, true, false}, colour, Words::Anchor::middle);
}

// Half an ellipse as points, from left to right: its lower half, or its upper one.
void addArc(std::vector<layout::Point>& points, const layout::Rect& ellipse, bool lower, bool backwards = false) {
  constexpr int steps = 12;
  for (int i = 0; i <= steps; ++i) {
    const double share = static_cast<double>(backwards ? steps - i : i) / steps;
    const double angle = std::numbers::pi * (1 - share);
    points.push_back({ellipse.x + ellipse.width / 2 * (1 + std::cos(angle)),
                      ellipse.y + ellipse.height / 2 * (1 + (lower ? 1 : -1) * std::sin(angle))});
  }
}

void addChipText(Shapes& shapes, const layout::Rect& rect, std::string_view text, const Colour& colour) {
  addLine(shapes, {rect.x + rect.width / 2, rect.y + rect.height / 2 + chipType.size * 0.364}, rect.width - 6, text,
          chipType, colour, Words::Anchor::middle);
}

} // namespace

Colour databaseTone(std::string_view id, Tone tone) {
  return {tone, paletteIndex(id)};
}

Colour signTone(topology::Sign sign) {
  switch (sign) {
  case topology::Sign::good:
    return {Tone::good};
  case topology::Sign::warning:
    return {Tone::warning};
  case topology::Sign::bad:
    return {Tone::bad};
  case topology::Sign::unknown:
  case topology::Sign::none:
    break;
  }
  return {Tone::faint};
}

std::string badgeText(std::string_view id) {
  return paletteIndex(id) < 0 ? "?" : std::string(id);
}

double addLine(Shapes& shapes, const layout::Point& at, double room, std::string_view text, const Type& type,
               const Colour& colour, Words::Anchor anchor) {
  std::string shown = elided(text, room, type);
  if (shown.empty())
    return 0;
  const double width = widestOf(shown, type);
  shapes.push_back({Words{at, std::move(shown), type.size, type.bold, type.monospace, anchor, colour, room}, {}});
  return width;
}

std::size_t addLines(Shapes& shapes, const layout::Point& at, double room, std::size_t rows, double lineHeight,
                     std::string_view text, const Type& type, const Colour& colour) {
  const auto lines = wrapped(text, room, rows, type);
  for (std::size_t i = 0; i < lines.size(); ++i)
    addLine(shapes, {at.x, at.y + static_cast<double>(i) * lineHeight}, room, lines[i], type, colour);
  return lines.size();
}

void addSign(Shapes& shapes, const layout::Rect& square, topology::Sign sign) {
  const double unit = square.width / 12;
  const auto at = [&](double x, double y) { return layout::Point{square.x + x * unit, square.y + y * unit}; };
  const Colour colour = signTone(sign);
  const double width = 1.9 * unit;
  switch (sign) {
  case topology::Sign::good:
    addStroke(shapes, {at(2, 6.6), at(4.8, 9.3), at(10, 3.2)}, colour, width);
    break;
  case topology::Sign::bad:
    addStroke(shapes, {at(2.6, 2.6), at(9.4, 9.4)}, colour, width);
    addStroke(shapes, {at(9.4, 2.6), at(2.6, 9.4)}, colour, width);
    break;
  case topology::Sign::warning:
    addStroke(shapes, {at(6, 1.8), at(6, 6.8)}, colour, width);
    addStroke(shapes, {at(6, 9.9), at(6, 10.1)}, colour, width);
    break;
  case topology::Sign::unknown:
    addLine(shapes, at(6, 10), square.width, "?", {11 * unit, true, false}, colour, Words::Anchor::middle);
    break;
  case topology::Sign::none:
    break;
  }
}

void addBadge(Shapes& shapes, const layout::Rect& square, std::string_view id, bool outlined) {
  Block ground{.rect = square, .radius = square.height * 0.25};
  if (outlined) {
    ground.rect = {square.x + 0.6, square.y + 0.6, square.width - 1.2, square.height - 1.2};
    ground.filled = false;
    ground.stroked = true;
    ground.strokeWidth = 1.2;
    ground.stroke = databaseTone(id);
  } else {
    ground.fill = databaseTone(id);
  }
  shapes.push_back({ground, {}});
  addLetter(shapes, square, id, databaseTone(id, outlined ? Tone::database : Tone::onDatabase));
}

void addCylinder(Shapes& shapes, const layout::Rect& rect, const Colour& colour) {
  const double lid = rect.height * 0.26;
  const auto ring = [&](double top) { return layout::Rect{rect.x, top, rect.width, lid}; };
  std::vector<layout::Point> body; // down the left side, along the bottom, up, and around the lid
  addArc(body, ring(rect.y), false, true);
  addArc(body, ring(rect.y + rect.height - lid), true);
  addArc(body, ring(rect.y), true, true);
  body.push_back(body[13]);
  body.insert(body.begin(), body[25]);
  addStroke(shapes, std::move(body), colour, 1.5);
  std::vector<layout::Point> middle;
  addArc(middle, ring(rect.y + (rect.height - lid) / 2), true);
  addStroke(shapes, std::move(middle), colour, 1.5);
}

double chipWidth(std::string_view text) {
  return widthOf(cleaned(text), chipType) + 2 * chipPadding;
}

void addChip(Shapes& shapes, const layout::Rect& rect, std::string_view text) {
  shapes.push_back({Block{.rect = rect, .radius = chipHeight / 2, .fill = {Tone::chip}}, {}});
  addChipText(shapes, rect, text, {Tone::faint});
}

void addOutlinedChip(Shapes& shapes, const layout::Rect& rect, std::string_view text, const Colour& colour) {
  constexpr double half = 0.6;
  shapes.push_back({Block{.rect = {rect.x + half, rect.y + half, rect.width - 2 * half, rect.height - 2 * half},
                          .radius = chipHeight / 2,
                          .filled = false,
                          .stroked = true,
                          .stroke = colour,
                          .strokeWidth = 2 * half},
                    {}});
  addChipText(shapes, rect, text, colour);
}

} // namespace whichbase::picture
