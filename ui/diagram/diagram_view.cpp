#include "diagram/diagram_view.h"

#include "diagram/accessible_diagram.h"
#include "diagram/diagram_scene.h"
#include "diagram/walk.h"
#include "style/own_keys.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QPixmapCache>
#include <QScrollBar>
#include <QTimer>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace whichbase::ui {

namespace {

constexpr double leastZoom = 0.02;
constexpr double mostZoom = 3.0;
constexpr double zoomStep = 1.2;
constexpr int clickSlop = 4;          // pixels that a press may move and still be a click
constexpr int pixmapCacheKiB = 24576; // cards of a full window at 200 %

Selection selectionOf(const layout::Box& box) {
  if (box.members.size() == 1)
    return {QString::fromStdString(box.members.front()), {}};
  if (box.members.empty())
    return {{}, QString::fromStdString(box.databaseId)};
  return {};
}

} // namespace

struct DiagramView::Private {
  DiagramScene scene;
  bool animated = true;
  bool followsFit = true; // until the user zooms
  bool showsFocus = false;
  std::string focused;
  QPoint pressedAt;
  QPoint panFrom;
  bool pressed = false;
  bool panning = false;
  int lastWidth = 0;
};

DiagramView::DiagramView(QWidget* parent) : QGraphicsView(parent), m_d(std::make_unique<Private>()) {
  QAccessible::installFactory(&AccessibleDiagram::make); // before anybody asks, and only once however often
  setScene(&m_d->scene);
  setAlignment(Qt::AlignHCenter | Qt::AlignTop);
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setOptimizationFlags(DontAdjustForAntialiasing | DontSavePainterState);
  setViewportUpdateMode(SmartViewportUpdate);
  setTransformationAnchor(AnchorUnderMouse);
  setResizeAnchor(NoAnchor);
  setMinimumSize(160, 120);
  grabGesture(Qt::PinchGesture);
  viewport()->setCursor(Qt::ArrowCursor);
  QPixmapCache::setCacheLimit(std::max(QPixmapCache::cacheLimit(), pixmapCacheKiB));
  setAccessibleName(tr("Diagram"));
}

DiagramView::~DiagramView() {
  setScene(nullptr);
}

DiagramScene* DiagramView::diagramScene() const {
  return &m_d->scene;
}

double DiagramView::zoom() const {
  return transform().m11();
}

std::optional<double> DiagramView::chosenZoom() const {
  return m_d->followsFit ? std::nullopt : std::optional(zoom());
}

void DiagramView::chooseZoom(std::optional<double> scale) {
  m_d->followsFit = !scale;
  if (scale)
    setZoom(*scale);
  else
    fit();
}

void DiagramView::setDiagram(const layout::Diagram& diagram) {
  const bool first = m_d->scene.diagram().boxes.empty();
  m_d->scene.apply(diagram, m_d->animated && !first && isVisible());
  if (!m_d->focused.empty() && !m_d->scene.node(m_d->focused))
    m_d->focused.clear();
  tellAssistants(*this, QAccessible::ObjectReorder);
  tellAssistants(*this, QAccessible::DescriptionChanged);
  if (m_d->followsFit)
    fit();
}

void DiagramView::setTheme(const Theme& theme) {
  Look look = m_d->scene.look();
  look.theme = theme;
  m_d->scene.setLook(look);
}

void DiagramView::setAnimated(bool animated) {
  m_d->animated = animated;
  if (!animated)
    m_d->scene.finishMoves();
}

void DiagramView::setStale(bool stale) {
  Look look = m_d->scene.look();
  if (look.stale == stale)
    return;
  look.stale = stale;
  m_d->scene.setLook(look);
}

void DiagramView::setSelection(const Selection& selection) {
  m_d->scene.select(selection.server.toStdString(), selection.database.toStdString());
}

void DiagramView::setHighlight(const QString& text) {
  m_d->scene.highlight(text);
}

void DiagramView::setZoom(double scale) {
  scale = std::clamp(scale, leastZoom, mostZoom);
  if (std::abs(scale - zoom()) < 1e-9)
    return;
  const double factor = scale / zoom();
  this->scale(factor, factor);
  Q_EMIT zoomChanged(scale);
}

void DiagramView::zoomIn() {
  m_d->followsFit = false;
  setZoom(zoom() * zoomStep);
}

void DiagramView::zoomOut() {
  m_d->followsFit = false;
  setZoom(zoom() / zoomStep);
}

void DiagramView::actualSize() {
  m_d->followsFit = false;
  setZoom(1);
}

void DiagramView::fit() {
  m_d->followsFit = true;
  const QSizeF content = m_d->scene.sceneRect().size();
  const QSize room = maximumViewportSize();
  if (content.isEmpty() || room.isEmpty())
    return;
  setZoom(std::min({1.0, room.width() / content.width(), room.height() / content.height()}));
}

void DiagramView::resizeEvent(QResizeEvent* event) {
  QGraphicsView::resizeEvent(event);
  if (m_d->followsFit)
    fit();
  if (width() == m_d->lastWidth)
    return;
  m_d->lastWidth = width();
  Q_EMIT widthChanged(m_d->lastWidth);
}

// --- pointer

void DiagramView::wheelEvent(QWheelEvent* event) {
  if (!(event->modifiers() & Qt::ControlModifier)) {
    QGraphicsView::wheelEvent(event);
    return;
  }
  m_d->followsFit = false;
  setZoom(zoom() * std::pow(zoomStep, event->angleDelta().y() / 120.0));
  event->accept();
}

bool DiagramView::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::NativeGesture) {
    const auto* gesture = static_cast<QNativeGestureEvent*>(event);
    if (gesture->gestureType() == Qt::ZoomNativeGesture) {
      m_d->followsFit = false;
      setZoom(zoom() * (1 + gesture->value()));
      return true;
    }
  }
  return QGraphicsView::viewportEvent(event);
}

bool DiagramView::event(QEvent* event) {
  if (event->type() == QEvent::Gesture)
    if (const auto* pinch =
            static_cast<QPinchGesture*>(static_cast<QGestureEvent*>(event)->gesture(Qt::PinchGesture))) {
      m_d->followsFit = false;
      setZoom(zoom() * pinch->scaleFactor());
      return true;
    }
  return QGraphicsView::event(event);
}

NodeItem* DiagramView::nodeAt(const QPoint& position) const {
  return qgraphicsitem_cast<NodeItem*>(itemAt(position));
}

void DiagramView::mousePressEvent(QMouseEvent* event) {
  const bool left = event->button() == Qt::LeftButton;
  if (!left && event->button() != Qt::MiddleButton) {
    QGraphicsView::mousePressEvent(event);
    return;
  }
  m_d->pressed = left;
  m_d->pressedAt = event->pos();
  m_d->panFrom = event->pos();
  m_d->panning = !left;
  showFocus(false);
  event->accept();
}

void DiagramView::mouseMoveEvent(QMouseEvent* event) {
  if (m_d->pressed && !m_d->panning && !nodeAt(m_d->pressedAt) &&
      (event->pos() - m_d->pressedAt).manhattanLength() > clickSlop)
    m_d->panning = true;
  if (!m_d->panning) {
    QGraphicsView::mouseMoveEvent(event);
    viewport()->setCursor(nodeAt(event->pos()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    return;
  }
  viewport()->setCursor(Qt::ClosedHandCursor);
  const QPoint step = event->pos() - m_d->panFrom;
  m_d->panFrom = event->pos();
  horizontalScrollBar()->setValue(horizontalScrollBar()->value() - step.x());
  verticalScrollBar()->setValue(verticalScrollBar()->value() - step.y());
}

void DiagramView::mouseReleaseEvent(QMouseEvent* event) {
  const bool click = m_d->pressed && !m_d->panning && (event->pos() - m_d->pressedAt).manhattanLength() <= clickSlop;
  m_d->pressed = false;
  m_d->panning = false;
  viewport()->setCursor(Qt::ArrowCursor);
  if (!click) {
    QGraphicsView::mouseReleaseEvent(event);
    return;
  }
  const NodeItem* node = nodeAt(event->pos());
  if (!node) {
    Q_EMIT selected({});
    return;
  }
  const layout::Box box = node->box(); // a slot may replace the diagram
  m_d->focused = box.key;
  const bool folds = foldMark(box).contains(node->mapFromScene(mapToScene(event->pos())));
  if (folds || box.members.size() > 1)
    toggleStack(box);
  else
    Q_EMIT selected(selectionOf(box));
}

void DiagramView::mouseDoubleClickEvent(QMouseEvent* event) {
  const NodeItem* node = nodeAt(event->pos());
  if (event->button() == Qt::LeftButton && node && node->box().members.size() <= 1)
    Q_EMIT activated(selectionOf(node->box()));
}

void DiagramView::press(const std::string& boxKey) {
  if (const NodeItem* node = m_d->scene.node(boxKey))
    toggleOrSelect(layout::Box(node->box()));
}

void DiagramView::focusOn(const std::string& boxKey) {
  const NodeItem* node = m_d->scene.node(boxKey);
  if (!node)
    return;
  setFocus();
  focusBox(node);
}

void DiagramView::toggleStack(const layout::Box& box) {
  const std::string key = box.members.size() > 1 ? box.key : box.stackKey;
  if (!key.empty())
    Q_EMIT stackToggled(QString::fromStdString(key));
}

// --- keyboard

void DiagramView::showFocus(bool shown) {
  m_d->showsFocus = shown;
  m_d->scene.setFocused(shown ? m_d->focused : std::string());
  const NodeItem* node = shown ? m_d->scene.node(m_d->focused) : nullptr;
  if (!node)
    return;
  ensureVisible(node->sceneBoundingRect(), 8, 8);
  if (hasFocus())
    tellAssistants(*this, QAccessible::Focus, node);
}

void DiagramView::focusBox(const NodeItem* node) {
  m_d->focused = node ? node->box().key : std::string();
  showFocus(node != nullptr);
}

// Tab walks through the boxes, from the first when coming in, and on to the next widget after the last.
bool DiagramView::focusNextPrevChild(bool next) {
  const auto nodes = m_d->scene.nodesInReadingOrder();
  const auto at = std::ranges::find(nodes, m_d->focused, [](const NodeItem* node) { return node->box().key; });
  if (at != nodes.end() && m_d->showsFocus) {
    if (next && at + 1 != nodes.end()) {
      focusBox(*(at + 1));
      return true;
    }
    if (!next && at != nodes.begin()) {
      focusBox(*(at - 1));
      return true;
    }
  }
  return QGraphicsView::focusNextPrevChild(next);
}

void DiagramView::focusInEvent(QFocusEvent* event) {
  QGraphicsView::focusInEvent(event);
  if (event->reason() != Qt::TabFocusReason && event->reason() != Qt::BacktabFocusReason)
    return;
  const auto nodes = m_d->scene.nodesInReadingOrder();
  if (nodes.empty())
    return;
  const bool back = event->reason() == Qt::BacktabFocusReason;
  if (const NodeItem* last = m_d->scene.node(m_d->focused); last && !back)
    focusBox(last);
  else
    focusBox(back ? nodes.back() : nodes.front());
}

void DiagramView::focusOutEvent(QFocusEvent* event) {
  QGraphicsView::focusOutEvent(event);
  m_d->showsFocus = false;
  m_d->scene.setFocused({});
}

void DiagramView::walk(Direction direction) {
  const auto nodes = m_d->scene.nodesInReadingOrder();
  if (nodes.empty())
    return;
  const auto at = std::ranges::find(nodes, m_d->focused, [](const NodeItem* node) { return node->box().key; });
  if (at == nodes.end() || !m_d->showsFocus) {
    focusBox(at == nodes.end() ? nodes.front() : *at);
    return;
  }
  std::vector<QRectF> rects;
  for (const NodeItem* node : nodes) {
    const auto& rect = node->box().rect;
    rects.emplace_back(rect.x, rect.y, rect.width, rect.height);
  }
  if (const auto next = nextBox(rects, static_cast<std::size_t>(at - nodes.begin()), direction))
    focusBox(nodes[*next]);
}

void DiagramView::keyPressEvent(QKeyEvent* event) {
  const NodeItem* node = m_d->showsFocus ? m_d->scene.node(m_d->focused) : nullptr;
  if (const auto command = commandOf(*event, diagramKeys()))
    switch (*command) {
    case DiagramCommand::left:
      return walk(Direction::left);
    case DiagramCommand::right:
      return walk(Direction::right);
    case DiagramCommand::up:
      return walk(Direction::up);
    case DiagramCommand::down:
      return walk(Direction::down);
    case DiagramCommand::open:
      if (node)
        return activate(layout::Box(node->box()));
      break;
    case DiagramCommand::toggle:
      if (node)
        return toggleOrSelect(layout::Box(node->box()));
      break;
    case DiagramCommand::clear:
      Q_EMIT selected({});
      break;
    }
  QGraphicsView::keyPressEvent(event);
}

void DiagramView::activate(const layout::Box& box) {
  if (box.members.size() > 1)
    return toggleStack(box);
  Q_EMIT selected(selectionOf(box));
  Q_EMIT activated(selectionOf(box));
}

void DiagramView::toggleOrSelect(const layout::Box& box) {
  if (box.members.size() > 1 || !box.stackKey.empty())
    toggleStack(box);
  else
    Q_EMIT selected(selectionOf(box));
}

} // namespace whichbase::ui
