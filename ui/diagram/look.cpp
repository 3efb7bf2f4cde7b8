#include "diagram/look.h"

namespace whichbase::ui {

QColor mixed(const QColor& color, const QColor& with, double share) {
  const auto mix = [share](int a, int b) { return static_cast<int>(a + (b - a) * share); };
  return {mix(color.red(), with.red()), mix(color.green(), with.green()), mix(color.blue(), with.blue())};
}

QColor Look::database(const std::string& id) const {
  const QColor color = theme.database(id);
  return stale ? mixed(color, theme.pane, 0.45) : color;
}

QColor Look::onDatabase(const std::string& id) const {
  if (!stale)
    return theme.onDatabase(id);
  const QColor ground = database(id);
  return contrastRatio(ground, theme.text) >= contrastRatio(ground, theme.pane) ? theme.text : theme.pane;
}

} // namespace whichbase::ui
