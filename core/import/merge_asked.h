// What of this computer takes part in a value (Variable::asked), put together.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

namespace whichbase::imports {

// `into` becomes the sorted union.
inline void mergeAsked(std::vector<std::string>& into, const std::vector<std::string>& more) {
  std::vector<std::string> both;
  std::ranges::set_union(into, more, std::back_inserter(both));
  into = std::move(both);
}

} // namespace whichbase::imports
