#include "window/elided_label.h"

#include <QPainter>
#include <QStyle>

namespace whichbase::ui {

void ElidedLabel::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  const QRect room = contentsRect();
  const QString line = fontMetrics().elidedText(text(), Qt::ElideRight, room.width());
  style()->drawItemText(&painter, room, int(alignment()), palette(), isEnabled(), line, foregroundRole());
}

} // namespace whichbase::ui
