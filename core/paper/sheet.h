// The size of a page and what of it is written on, in points.
#pragma once

#include "paper/paper.h"

namespace whichbase::paper {

struct Sheet {
  double width, height;
  static constexpr double side = 54, top = 54, bottom = 62; // margins; the foot stands in the lower one
  double bodyWidth() const { return width - 2 * side; }
  double bodyHeight() const { return height - top - bottom; }
  Sheet turned() const { return {height, width}; }
};

constexpr Sheet sheetOf(Format format) {
  return format == Format::a4 ? Sheet{595.276, 841.89} : Sheet{612, 792};
}

} // namespace whichbase::paper
