// Finds the rows that are not the same on both sides: cells of rows by their keys' hashes, finer ones where they
// differ, then the rows of those that still do. Private to core/compare.
#pragma once

#include "compare/rows_comparison.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace whichbase::compare {

struct Descended {
  std::int64_t equal = 0;
  std::int64_t onlyInFrom = 0; // of those that needed no look at single rows: the other side has none of their cell
  std::int64_t onlyInTo = 0;
  Both<std::int64_t> seen; // rows, when they were first looked at
};

// Called for each group of rows that were read; bounded in number.
using OnUnequal = std::function<std::optional<Problem>(Unequal unequal, const Descended& sofar)>;

std::optional<Problem> descend(RowsComparison& comparison, Descended& found, const OnUnequal& onUnequal);

} // namespace whichbase::compare
