#include "picture/round_numbers.h"

#include <fmt/format.h>

namespace whichbase::picture {

std::int64_t niceStep(std::int64_t greatest) {
  for (std::int64_t power = 1;; power *= 10)
    for (const std::int64_t factor : {1, 2, 5})
      if (power * factor >= greatest / 3 + (greatest % 3 > 0 ? 1 : 0) || power > INT64_MAX / 20)
        return power * factor;
}

std::string shortNumber(std::int64_t number) {
  if (number >= 1'000'000 && number % 100'000 == 0)
    return fmt::format("{}M", static_cast<double>(number) / 1e6);
  if (number >= 1'000 && number % 100 == 0)
    return fmt::format("{}k", static_cast<double>(number) / 1e3);
  return std::to_string(number);
}

} // namespace whichbase::picture
