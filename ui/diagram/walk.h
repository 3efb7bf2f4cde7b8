// Walking from box to box with the keyboard.
#pragma once

#include <QRectF>

#include <cstddef>
#include <optional>
#include <vector>

namespace whichbase::ui {

enum class Direction { left, right, up, down };

// The box to go to from `current` in that direction: the nearest, where being off to the side counts double. Nothing
// where there is none.
std::optional<std::size_t> nextBox(const std::vector<QRectF>& boxes, std::size_t current, Direction direction);

} // namespace whichbase::ui
