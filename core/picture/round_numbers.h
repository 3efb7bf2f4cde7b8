// Numbers on an axis.
#pragma once

#include <cstdint>
#include <string>

namespace whichbase::picture {

// 1, 2 or 5 times a power of ten, so that at most three steps are below `greatest`.
std::int64_t niceStep(std::int64_t greatest);
std::string shortNumber(std::int64_t number); // "20", "1.5k", "2M"

} // namespace whichbase::picture
