#include "diagram/edge_item.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <algorithm>
#include <cmath>

namespace whichbase::ui {

namespace {

constexpr double edgeLayer = 1;
constexpr double liftedLayer = 2;
constexpr double headLength = 11;
constexpr double headHalfWidth = 6;
constexpr int curveSegments = 28;
constexpr int moveCorners = 2; // points that a lead has at most; a path without one gets them at its start
constexpr float fadedOpacity = 0.28F;

QPointF toQt(const layout::Point& point) {
  return {point.x, point.y};
}

layout::Point mix(const layout::Point& a, const layout::Point& b, double share) {
  return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

// Goes on from the last point around a corner in the direction of `after`.
void roundCorner(QPolygonF& points, const QPointF& corner, const QPointF& after) {
  constexpr double radius = 8;
  const auto towards = [&corner](const QPointF& other) {
    const QPointF way = other - corner;
    const double length = std::hypot(way.x(), way.y());
    return length > 0 ? corner + way * std::min(0.8, radius / length) : corner;
  };
  const QPointF first = towards(points.back());
  const QPointF last = towards(after);
  constexpr int steps = 5;
  for (int i = 0; i <= steps; ++i) {
    const double t = static_cast<double>(i) / steps;
    points << first * (1 - t) * (1 - t) + corner * 2 * t * (1 - t) + last * t * t;
  }
}

std::vector<layout::Point> paddedLead(const layout::Path& path) {
  std::vector<layout::Point> lead = path.lead;
  while (lead.size() < moveCorners)
    lead.insert(lead.begin(), path.from);
  return lead;
}

} // namespace

layout::Path between(const layout::Path& from, const layout::Path& to, double share) {
  layout::Path path = to;
  path.from = mix(from.from, to.from, share);
  path.control1 = mix(from.control1, to.control1, share);
  path.control2 = mix(from.control2, to.control2, share);
  path.to = mix(from.to, to.to, share);
  if (!from.lead.empty() || !to.lead.empty()) {
    const auto first = paddedLead(from);
    const auto second = paddedLead(to);
    path.lead.clear();
    for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i)
      path.lead.push_back(mix(first[i], second[i], share));
  }
  return path;
}

EdgeItem::EdgeItem(const Look& look) : m_look(look) {
  setZValue(edgeLayer);
  setFlag(ItemUsesExtendedStyleOption); // for the exposed rectangle
  setAcceptedMouseButtons(Qt::NoButton);
}

void EdgeItem::sync(const layout::Path& path) {
  if (path == m_path && path == m_shown && m_share == 1)
    return;
  m_path = path;
  showAt(path, path.databaseId, 1);
}

void EdgeItem::showAt(const layout::Path& shown, const std::string& past, double share) {
  m_past = past;
  m_share = share;
  if (shown == m_shown) {
    update();
    return;
  }
  prepareGeometryChange();
  m_shown = shown;
  m_points.clear();
  updateBounds();
}

void EdgeItem::setEmphasis(Emphasis emphasis) {
  if (emphasis == m_emphasis)
    return;
  m_emphasis = emphasis;
  setZValue(emphasis == Emphasis::selected ? liftedLayer : edgeLayer);
  update();
}

void EdgeItem::flatten() const {
  const QPointF tip = toQt(m_shown.to);
  QPointF direction = tip - toQt(m_shown.control2);
  const double length = std::hypot(direction.x(), direction.y());
  direction = length > 0 ? direction / length : QPointF(0, -1);
  m_points.clear();
  m_points << toQt(m_shown.from);
  for (std::size_t i = 0; i < m_shown.lead.size(); ++i) {
    const QPointF corner = toQt(m_shown.lead[i]);
    if (i + 1 < m_shown.lead.size())
      roundCorner(m_points, corner, toQt(m_shown.lead[i + 1]));
    else
      m_points << corner;
  }
  const QPointF start = toQt(m_shown.curveStart());
  const QPointF end = tip - direction * (headLength - 2);
  for (int i = 1; i <= curveSegments; ++i) {
    const double t = static_cast<double>(i) / curveSegments;
    const double u = 1 - t;
    m_points << start * (u * u * u) + toQt(m_shown.control1) * (3 * u * u * t) +
                    toQt(m_shown.control2) * (3 * u * t * t) + end * (t * t * t);
  }
  m_lengths.assign(1, 0.0);
  for (qsizetype i = 1; i < m_points.size(); ++i) {
    const QPointF step = m_points[i] - m_points[i - 1];
    m_lengths.push_back(m_lengths.back() + std::hypot(step.x(), step.y()));
  }
  const QPointF base = tip - direction * headLength;
  const QPointF side(-direction.y() * headHalfWidth, direction.x() * headHalfWidth);
  m_head = {tip, base + side, base - side};
}

// A curve stays within its control points, so that its bounds need no points of the curve itself.
void EdgeItem::updateBounds() {
  QPolygonF hull{toQt(m_shown.from), toQt(m_shown.control1), toQt(m_shown.control2), toQt(m_shown.to)};
  for (const layout::Point& point : m_shown.lead)
    hull << toQt(point);
  constexpr double reach = headHalfWidth + 2;
  m_bounds = hull.boundingRect().adjusted(-reach, -reach, reach, reach);
}

QRectF EdgeItem::boundingRect() const {
  return m_bounds;
}

QColor EdgeItem::color() const {
  const QColor now = m_look.database(m_path.databaseId);
  return m_share >= 1 ? now : mixed(m_look.database(m_past), now, m_share);
}

// Only the parts that cross `exposed`: stroking a long dashed curve whole costs milliseconds. The dashes of each part
// begin where they would if the whole curve were drawn.
void EdgeItem::stroke(QPainter& painter, const QPen& pen, const QRectF& exposed) const {
  const QRectF visible = exposed.adjusted(-6, -6, 6, 6);
  QPen part = pen;
  for (qsizetype i = 1; i < m_points.size();) {
    const auto crosses = [&](qsizetype segment) {
      const QRectF box = QRectF(m_points[segment - 1], m_points[segment]).normalized().adjusted(-1, -1, 1, 1);
      return box.intersects(visible);
    };
    if (!crosses(i)) {
      ++i;
      continue;
    }
    const qsizetype first = i - 1;
    while (i < m_points.size() && crosses(i))
      ++i;
    if (pen.style() == Qt::CustomDashLine)
      part.setDashOffset(m_lengths[static_cast<std::size_t>(first)] / pen.widthF());
    painter.setPen(part);
    painter.drawPolyline(m_points.constData() + first, static_cast<int>(i - first));
  }
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
  const double scale = QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform()) /
                       painter->device()->devicePixelRatioF();
  const bool afar = scale < leastReadableScale;
  QColor ink = color();
  if (m_emphasis == Emphasis::faded)
    ink.setAlphaF(fadedOpacity);
  QPen pen(ink, m_emphasis == Emphasis::selected ? 3.2 : 2.0);
  if (afar) { // dashes could not be told apart any more
    pen.setWidthF(0);
    painter->setRenderHint(QPainter::Antialiasing, false);
  } else {
    painter->setRenderHint(QPainter::Antialiasing);
    if (m_path.style == layout::LineStyle::dashed)
      pen.setDashPattern({2.6, 2.2});
    else if (m_path.style == layout::LineStyle::dotted)
      pen.setDashPattern({0.9, 1.8});
    pen.setCapStyle(Qt::FlatCap);
  }
  painter->setBrush(Qt::NoBrush);
  if (m_points.isEmpty())
    flatten();
  stroke(*painter, pen, option->exposedRect);
  painter->setPen(Qt::NoPen);
  painter->setBrush(ink);
  painter->drawPolygon(m_head);
}

} // namespace whichbase::ui
