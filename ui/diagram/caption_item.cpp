#include "diagram/caption_item.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

namespace whichbase::ui {

namespace {

QFont captionFont() {
  return textFont(13, QFont::DemiBold);
}

} // namespace

CaptionItem::CaptionItem(const Look& look) : m_look(look) {}

void CaptionItem::sync(const layout::Caption& caption) {
  if (caption == m_caption)
    return;
  prepareGeometryChange();
  m_caption = caption;
  setPos(caption.at.x, caption.at.y);
}

QRectF CaptionItem::boundingRect() const {
  return QFontMetricsF(captionFont()).boundingRect(QString::fromStdString(m_caption.text)).adjusted(-2, -2, 2, 2);
}

void CaptionItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  painter->setFont(captionFont());
  painter->setPen(m_look.theme.secondaryText);
  painter->drawText(QPointF(0, 0), QString::fromStdString(m_caption.text));
}

} // namespace whichbase::ui
