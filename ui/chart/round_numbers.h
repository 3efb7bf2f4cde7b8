// Numbers of an axis: whole, round, short.
#pragma once

#include <QString>

#include <cstdint>

namespace whichbase::ui {

// The smallest of 1, 2, 5 × 10ⁿ that cuts `greatest` into at most three steps.
std::int64_t niceStep(std::int64_t greatest);

// "20", "1.5k", "2M".
QString shortNumber(std::int64_t number);

} // namespace whichbase::ui
