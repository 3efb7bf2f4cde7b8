#include "support/targets.h"

#include <algorithm>

namespace whichbase::test {

probe::Target changed(probe::Target target, const std::string& key, const std::string& value) {
  const auto found = std::ranges::find(target.parameters, key, [](const auto& entry) { return entry.first; });
  if (found != target.parameters.end())
    found->second = value;
  else
    target.parameters.emplace_back(key, value);
  return target;
}

} // namespace whichbase::test
