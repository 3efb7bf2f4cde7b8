// The links of a diagram: from servers to their databases.
#pragma once

#include "layout/diagram.h"
#include "layout/placement.h"

#include <cstddef>
#include <vector>

namespace whichbase::layout {

// A link that is wanted, before it has a way.
struct Link {
  std::size_t unit = 0;
  std::size_t card = 0;
  LineStyle style = LineStyle::dotted;
  std::string fromKey, toKey, databaseId;
};

// Arrow heads of one database stand apart, in the order of their servers from left to right; servers in lower rows of
// one lane share an arrow head.
std::vector<Path> pathsOf(const std::vector<Link>& links, const Placement& placement);

} // namespace whichbase::layout
