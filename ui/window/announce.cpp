#include "window/announce.h"

#include <QAccessible>
#include <QWidget>

namespace whichbase::ui {

void announce(QWidget& widget, const QString& text) {
  if (!QAccessible::isActive() || text.isEmpty() || !widget.isVisible())
    return;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
  QAccessibleAnnouncementEvent said(&widget, text);
  QAccessible::updateAccessibility(&said);
#endif
  QAccessibleEvent alert(&widget, QAccessible::Alert);
  QAccessible::updateAccessibility(&alert);
}

} // namespace whichbase::ui
