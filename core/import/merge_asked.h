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

// Of several values that belong together. Where all of them come whole from one foreign folder, they are nobody else's
// to be sent anywhere but where they say themselves.
inline std::vector<std::string> askedTogether(const std::vector<std::vector<std::string>>& parts) {
  std::vector<std::string> all;
  for (const auto& part : parts) {
    mergeAsked(all, part);
  }
  const bool isOneFolder = all.size() == 1 && all.front().starts_with("files in ");
  return isOneFolder && std::ranges::all_of(parts, [&](const auto& part) { return part == all; })
             ? std::vector<std::string>()
             : all;
}

} // namespace whichbase::imports
