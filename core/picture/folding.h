// A diagram of fewer boxes, for a form that cannot hold them all: more is told of less, and nothing is left out
// without its number.
#pragma once

#include "layout/diagram.h"

#include <cstddef>

namespace whichbase::picture {

struct Folding {
  std::size_t servers = 0;   // alike ones of a database that may stand beside one another
  std::size_t databases = 0; // cards; the others become one
  bool rolesToo = false;     // servers of different roles and pasts count as alike, too
};

constexpr const char* otherDatabases = "db:…"; // key of the card that stands for those that found no room

// Places and sizes are those of the boxes that were there, and mean nothing.
layout::Diagram folded(const layout::Diagram& diagram, const Folding& folding);

} // namespace whichbase::picture
