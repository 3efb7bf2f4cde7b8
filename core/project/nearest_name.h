// "Did you mean": the known name that is nearest to a mistyped one.
#pragma once

#include <span>
#include <string_view>

namespace whichbase::project {

// The fewest insertions, deletions, replacements and swaps of neighbours (each once) that lead from one to the other.
std::size_t editDistance(std::string_view a, std::string_view b);

// The first of those with the least distance; empty only where `known` is.
std::string_view nearestName(std::string_view name, std::span<const std::string_view> known);

} // namespace whichbase::project
