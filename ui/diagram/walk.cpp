#include "diagram/walk.h"

#include <algorithm>
#include <cmath>

namespace whichbase::ui {

namespace {

// Free space between two spans; 0 where they overlap.
double gap(double a1, double a2, double b1, double b2) {
  return std::max({0.0, b1 - a2, a1 - b2});
}

} // namespace

std::optional<std::size_t> nextBox(const std::vector<QRectF>& boxes, std::size_t current, Direction direction) {
  const QRectF& from = boxes[current];
  std::optional<std::size_t> best;
  double bestCost = 0;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (i == current)
      continue;
    const QPointF step = boxes[i].center() - from.center();
    const bool sideways = direction == Direction::left || direction == Direction::right;
    const double along = sideways ? step.x() : step.y();
    const bool backwards = direction == Direction::left || direction == Direction::up;
    if ((backwards ? -along : along) < 1)
      continue;
    const double aside = sideways ? gap(from.top(), from.bottom(), boxes[i].top(), boxes[i].bottom())
                                  : gap(from.left(), from.right(), boxes[i].left(), boxes[i].right());
    if (sideways && aside > 0)
      continue; // left and right stay in their row
    const double across = std::abs(sideways ? step.y() : step.x());
    const double cost = std::abs(along) + 2 * aside + 0.2 * across;
    if (!best || cost < bestCost) {
      best = i;
      bestCost = cost;
    }
  }
  return best;
}

} // namespace whichbase::ui
