#include "chart/round_numbers.h"

#include "picture/round_numbers.h"
#include "style/locale_text.h"

#include <QCoreApplication>

namespace whichbase::ui {

std::int64_t niceStep(std::int64_t greatest) {
  return picture::niceStep(greatest);
}

QString shortNumber(std::int64_t number) {
  if (number >= 1'000'000 && number % 100'000 == 0)
    return QCoreApplication::translate("Chart", "%1M")
        .arg(localNumber(static_cast<double>(number) / 1e6, number % 1'000'000 == 0 ? 0 : 1));
  if (number >= 1'000 && number % 100 == 0)
    return QCoreApplication::translate("Chart", "%1k")
        .arg(localNumber(static_cast<double>(number) / 1e3, number % 1'000 == 0 ? 0 : 1));
  return localNumber(number);
}

} // namespace whichbase::ui
