// Keys, differing columns and asked-for values of some of the rows that are not the same. Private to core/compare.
#pragma once

#include "compare/rows_comparison.h"

#include <optional>
#include <vector>

namespace whichbase::compare {

constexpr std::size_t mostNamed = 10'000; // of each kind

// `unequal`: those to name.
std::optional<Problem> nameRows(RowsComparison& comparison, const Unequal& unequal, RowsResult& result);

} // namespace whichbase::compare
