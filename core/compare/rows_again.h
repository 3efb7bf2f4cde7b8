// Rows that differed are looked at again before they are counted, since somebody may have written between the looks at
// both sides. Private to core/compare.
#pragma once

#include "compare/rows_comparison.h"

#include <cstdint>
#include <optional>

namespace whichbase::compare {

struct LookedAgain {
  std::int64_t equal = 0;     // that turned out to be
  std::int64_t unsettled = 0; // still changing at the last look, or gone before it
};

// Leaves in `unequal` what differed at the last look.
std::optional<Problem> lookAgain(RowsComparison& comparison, Unequal& unequal, LookedAgain& found);

} // namespace whichbase::compare
