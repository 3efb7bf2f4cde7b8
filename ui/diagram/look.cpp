#include "diagram/look.h"

namespace whichbase::ui {

QColor mixed(const QColor& color, const QColor& with, double share) {
  const auto mix = [share](int a, int b) { return static_cast<int>(a + (b - a) * share); };
  return {mix(color.red(), with.red()), mix(color.green(), with.green()), mix(color.blue(), with.blue())};
}

QColor paler(const QColor& color, const QColor& ground, double share, double leastContrast) {
  constexpr double step = 0.02;
  while (share > 0 && contrastRatio(mixed(color, ground, share), ground) < leastContrast)
    share -= step;
  return share > 0 ? mixed(color, ground, share) : color;
}

namespace {

QColor inkOn(const QColor& ground, const Theme& theme) {
  return contrastRatio(ground, theme.text) >= contrastRatio(ground, theme.pane) ? theme.text : theme.pane;
}

} // namespace

QColor Look::database(const std::string& id) const {
  const QColor color = theme.database(id);
  if (!stale)
    return color;
  const QColor pale = paler(color, theme.card, 0.45, readableGraphic);
  // Between both inks neither would be read.
  return contrastRatio(inkOn(pale, theme), pale) >= readableText ? pale : paler(color, theme.card, 0.45, readableText);
}

QColor Look::onDatabase(const std::string& id) const {
  return stale ? inkOn(database(id), theme) : theme.onDatabase(id);
}

QColor Look::ghost(const std::string& id) const {
  return paler(database(id), theme.card, 0.4, readableGraphic);
}

QColor Look::pastDatabase(const std::string& id) const {
  return paler(theme.database(id), theme.card, stale ? 0.45 : 0.0, readableText);
}

} // namespace whichbase::ui
