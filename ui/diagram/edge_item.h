// One link on the scene. Holds a copy of its path; not cached, since a curve's bounds are mostly empty.
#pragma once

#include "diagram/look.h"

#include <QGraphicsItem>
#include <QPainterPath>
#include <QPolygonF>

#include <vector>

namespace whichbase::ui {

// Between two paths, for a move: `share` of `to`, 0 to 1.
layout::Path between(const layout::Path& from, const layout::Path& to, double share);

class EdgeItem : public QGraphicsItem {
public:
  enum { Type = UserType + 2 };

  explicit EdgeItem(const Look& look); // outlived by the look

  // Takes over a path; while a server moves, `shown` is where the link is drawn in the meantime, and `past` the
  // database that its colour comes from.
  void sync(const layout::Path& path);
  void showAt(const layout::Path& shown, const std::string& past, double share);
  void setEmphasis(Emphasis emphasis);
  void lookChanged() { update(); }

  const layout::Path& path() const { return m_path; }
  const layout::Path& shown() const { return m_shown; }
  Emphasis emphasis() const { return m_emphasis; }

  int type() const override { return Type; }
  QRectF boundingRect() const override;
  QPainterPath shape() const override { return {}; } // clicks go to what is below
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
  void flatten() const;
  void updateBounds();
  void stroke(QPainter& painter, const QPen& pen, const QRectF& exposed) const;
  QColor color() const;

  const Look& m_look;
  layout::Path m_path;
  layout::Path m_shown;
  std::string m_past;
  double m_share = 1;
  Emphasis m_emphasis = Emphasis::normal;
  // Made when first painted: most of a big diagram is never seen.
  mutable QPolygonF m_points;            // of the whole way, without the arrow head
  mutable std::vector<double> m_lengths; // from the start to each point
  mutable QPolygonF m_head;
  QRectF m_bounds;
};

} // namespace whichbase::ui
