#include "chart/round_numbers.h"

#include "picture/round_numbers.h"

namespace whichbase::ui {

std::int64_t niceStep(std::int64_t greatest) {
  return picture::niceStep(greatest);
}

QString shortNumber(std::int64_t number) {
  if (number >= 1'000'000 && number % 100'000 == 0)
    return QStringLiteral("%1M").arg(static_cast<double>(number) / 1e6);
  if (number >= 1'000 && number % 100 == 0)
    return QStringLiteral("%1k").arg(static_cast<double>(number) / 1e3);
  return QString::number(number);
}

} // namespace whichbase::ui
