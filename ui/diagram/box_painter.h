// Draws one box of the diagram at (0, 0) in the box's own size. Knows nothing of items or scenes.
#pragma once

#include "diagram/look.h"

#include <QPainter>
#include <QRectF>

namespace whichbase::ui {

struct BoxState {
  Emphasis emphasis = Emphasis::normal;
  bool focused = false;
};

// With all its texts: for readable scales.
void paintBox(QPainter& painter, const layout::Box& box, const Look& look, const BoxState& state);

// Colour, letter and title only: for scales below leastReadableScale.
void paintBoxFromAfar(QPainter& painter, const layout::Box& box, const Look& look, const BoxState& state);

// How far drawing reaches beyond the box: a stack's back cards, the focus ring.
constexpr double boxOverhang = 12;

// Where a server of an unfolded stack is clicked to fold it again; empty for other boxes.
QRectF foldMark(const layout::Box& box);

} // namespace whichbase::ui
