// One box on the scene. Holds a copy of its box; sync() is the only way to change it.
#pragma once

#include "diagram/box_painter.h"

#include <QGraphicsItem>

namespace whichbase::ui {

class NodeItem : public QGraphicsItem {
public:
  enum { Type = UserType + 1 };

  explicit NodeItem(const Look& look); // outlived by the look

  // Takes over what differs; the place is taken over by moveTo(), so that a move can be animated.
  void sync(const layout::Box& box);
  void moveTo(const QPointF& topLeft);
  void setState(const BoxState& state);
  void lookChanged(); // draw again

  const layout::Box& box() const { return m_box; }
  const BoxState& state() const { return m_state; }
  // What a screen reader is told of this box.
  QString spokenText() const;

  int type() const override { return Type; }
  QRectF boundingRect() const override;
  QPainterPath shape() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
  const Look& m_look;
  layout::Box m_box;
  BoxState m_state;
};

} // namespace whichbase::ui
