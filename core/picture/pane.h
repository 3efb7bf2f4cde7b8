// One side of the picture: its heading, the sentence to say aloud with the verdict's sign, the diagram, the legend.
#pragma once

#include "picture/marks.h"

#include <string>

namespace whichbase::picture {

struct Side {
  std::string heading; // BEFORE, AFTER, NOW
  const topology::Snapshot* snapshot = nullptr;
  layout::Diagram diagram;
};

topology::Sign signOf(topology::VerdictKind verdict);

// Height of what stands above the diagram in a pane of that width.
double headHeight(const Side& side, double width);
double legendHeight(const Side& side, double width);

// In the rectangle, the diagram beginning `head` below its top, and the legend at its foot.
void addPane(Shapes& shapes, const Side& side, const layout::Rect& rect, double head);

// The side in sentences.
std::string spokenSide(const Side& side);

} // namespace whichbase::picture
