// A line of text above a group of boxes: "Not reached · 3".
#pragma once

#include "diagram/look.h"

#include <QGraphicsItem>

namespace whichbase::ui {

class CaptionItem : public QGraphicsItem {
public:
  explicit CaptionItem(const Look& look); // outlived by the look
  void sync(const layout::Caption& caption);
  QRectF boundingRect() const override;
  QPainterPath shape() const override { return {}; }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
  const Look& m_look;
  layout::Caption m_caption;
};

} // namespace whichbase::ui
