#include "diagram/node_item.h"

#include "style/locale_text.h"
#include "style/marks.h"

#include <QCoreApplication>
#include <QPainterPath>
#include <QStyleOptionGraphicsItem>

namespace whichbase::ui {

namespace {

constexpr double nodeLayer = 10;
constexpr double fadedOpacity = 0.32;

} // namespace

NodeItem::NodeItem(const Look& look) : m_look(look) {
  setCacheMode(DeviceCoordinateCache);
  setZValue(nodeLayer);
}

void NodeItem::sync(const layout::Box& box) {
  if (box == m_box)
    return;
  if (box.rect.width != m_box.rect.width || box.rect.height != m_box.rect.height)
    prepareGeometryChange();
  if (box.tooltip != m_box.tooltip)
    setToolTip(QString::fromStdString(box.tooltip));
  // A box that only moved keeps its cached drawing.
  m_box.rect.x = box.rect.x;
  m_box.rect.y = box.rect.y;
  if (box == m_box)
    return;
  m_box = box;
  update();
}

void NodeItem::moveTo(const QPointF& topLeft) {
  setPos(topLeft);
}

void NodeItem::setState(const BoxState& state) {
  setOpacity(state.emphasis == Emphasis::faded ? fadedOpacity : 1.0);
  const bool sameDrawing = (state.emphasis == Emphasis::selected) == (m_state.emphasis == Emphasis::selected) &&
                           state.focused == m_state.focused;
  m_state = state;
  if (!sameDrawing)
    update();
}

void NodeItem::lookChanged() {
  update();
}

QString NodeItem::spokenText() const {
  QStringList parts;
  const auto add = [&parts](const std::string& text) {
    if (!text.empty())
      parts << QString::fromStdString(text);
  };
  add(m_box.title);
  if (!m_box.databaseId.empty())
    parts << (m_box.identityProven
                  ? QCoreApplication::translate("Diagram", "database %1").arg(badgeText(m_box.databaseId))
                  : QCoreApplication::translate("Diagram", "database of unknown identity"));
  add(m_box.subtitle);
  add(m_box.environment);
  add(m_box.role);
  add(m_box.moved);
  add(m_box.failure);
  if (!m_box.usersText.empty())
    parts << localCount(m_box.usersText) + QLatin1Char(' ') + QString::fromStdString(m_box.usersWord);
  for (const auto& line : m_box.lines)
    add(line.text);
  return parts.join(QStringLiteral(", "));
}

QRectF NodeItem::boundingRect() const {
  return QRectF(0, 0, m_box.rect.width, m_box.rect.height)
      .adjusted(-boxOverhang, -boxOverhang, boxOverhang, boxOverhang);
}

QPainterPath NodeItem::shape() const {
  QPainterPath path;
  path.addRect(0, 0, m_box.rect.width, m_box.rect.height);
  return path;
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  painter->setRenderHint(QPainter::Antialiasing);
  const double scale = QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform()) /
                       painter->device()->devicePixelRatioF();
  if (scale < leastReadableScale)
    paintBoxFromAfar(*painter, m_box, m_look, m_state);
  else
    paintBox(*painter, m_box, m_look, m_state);
}

} // namespace whichbase::ui
