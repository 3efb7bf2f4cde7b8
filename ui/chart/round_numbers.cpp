#include "chart/round_numbers.h"

namespace whichbase::ui {

std::int64_t niceStep(std::int64_t greatest) {
  for (std::int64_t power = 1;; power *= 10)
    for (const std::int64_t factor : {1, 2, 5})
      if (power * factor * 3 >= greatest)
        return power * factor;
}

QString shortNumber(std::int64_t number) {
  if (number >= 1'000'000 && number % 100'000 == 0)
    return QStringLiteral("%1M").arg(static_cast<double>(number) / 1e6);
  if (number >= 1'000 && number % 100 == 0)
    return QStringLiteral("%1k").arg(static_cast<double>(number) / 1e3);
  return QString::number(number);
}

} // namespace whichbase::ui
