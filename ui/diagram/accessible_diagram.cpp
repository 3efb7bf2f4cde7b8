#include "diagram/accessible_diagram.h"

#include "diagram/diagram_scene.h"
#include "diagram/diagram_view.h"
#include "diagram/spoken_diagram.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace whichbase::ui {

// One box. Knows it by its key only: diagrams are replaced under the hands of who looks.
class AccessibleBox : public QAccessibleInterface, public QAccessibleActionInterface {
public:
  AccessibleBox(DiagramView& view, std::string key) : m_view(&view), m_key(std::move(key)) {}

  bool isValid() const override { return node() != nullptr; }
  QObject* object() const override { return nullptr; }
  QWindow* window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
  QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
  QAccessibleInterface* child(int) const override { return nullptr; }
  QAccessibleInterface* childAt(int, int) const override { return nullptr; }
  int childCount() const override { return 0; }
  int indexOfChild(const QAccessibleInterface*) const override { return -1; }
  QAccessible::Role role() const override { return QAccessible::ListItem; }
  void setText(QAccessible::Text, const QString&) override {}
  QString text(QAccessible::Text kind) const override;
  QRect rect() const override;
  QAccessible::State state() const override;
  void* interface_cast(QAccessible::InterfaceType type) override {
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
  }

  QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
  void doAction(const QString& action) override;
  QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
  const NodeItem* node() const { return m_view ? m_view->diagramScene()->node(m_key) : nullptr; }

  QPointer<DiagramView> m_view;
  std::string m_key;
};

QString AccessibleBox::text(QAccessible::Text kind) const {
  const NodeItem* box = node();
  return box && kind == QAccessible::Name ? box->spokenText() : QString();
}

QRect AccessibleBox::rect() const {
  const NodeItem* box = node();
  if (!box)
    return {};
  const QRect inside =
      m_view->mapFromScene(box->sceneBoundingRect()).boundingRect().intersected(m_view->viewport()->rect());
  return {m_view->viewport()->mapToGlobal(inside.topLeft()), inside.size()};
}

QAccessible::State AccessibleBox::state() const {
  QAccessible::State state;
  const NodeItem* box = node();
  if (!box) {
    state.invalid = true;
    return state;
  }
  state.focusable = true;
  state.focused = box->state().focused && m_view->hasFocus();
  state.selectable = box->box().members.size() <= 1;
  state.selected = box->state().emphasis == Emphasis::selected;
  state.expandable = box->box().members.size() > 1 || !box->box().stackKey.empty();
  state.collapsed = box->box().members.size() > 1;
  state.expanded = !box->box().stackKey.empty();
  state.invisible = !m_view->isVisible();
  state.offscreen = !state.invisible && rect().isEmpty();
  return state;
}

void AccessibleBox::doAction(const QString& action) {
  if (!isValid())
    return;
  if (action == pressAction())
    m_view->press(m_key);
  else if (action == setFocusAction())
    m_view->focusOn(m_key);
}

AccessibleDiagram::AccessibleDiagram(DiagramView* view) : QAccessibleWidget(view, QAccessible::List), m_view(*view) {}

AccessibleDiagram::~AccessibleDiagram() {
  for (const auto& [key, id] : m_boxes)
    QAccessible::deleteAccessibleInterface(id);
}

QAccessibleInterface* AccessibleDiagram::make(const QString&, QObject* object) {
  auto* view = qobject_cast<DiagramView*>(object);
  return view ? new AccessibleDiagram(view) : nullptr;
}

QAccessibleInterface* AccessibleDiagram::of(const NodeItem* node) const {
  const std::string& key = node->box().key;
  auto found = m_boxes.find(key);
  if (found == m_boxes.end()) {
    // What is gone from the diagram is let go of when something new is asked for.
    std::erase_if(m_boxes, [this](const auto& each) {
      const bool gone = !m_view.diagramScene()->node(each.first);
      if (gone)
        QAccessible::deleteAccessibleInterface(each.second);
      return gone;
    });
    found = m_boxes.emplace(key, QAccessible::registerAccessibleInterface(new AccessibleBox(m_view, key))).first;
  }
  return QAccessible::accessibleInterface(found->second);
}

int AccessibleDiagram::childCount() const {
  return static_cast<int>(m_view.diagramScene()->diagram().boxes.size());
}

QAccessibleInterface* AccessibleDiagram::child(int index) const {
  const auto nodes = m_view.diagramScene()->nodesInReadingOrder();
  return index >= 0 && index < static_cast<int>(nodes.size()) ? of(nodes[static_cast<std::size_t>(index)]) : nullptr;
}

int AccessibleDiagram::indexOfChild(const QAccessibleInterface* child) const {
  const auto nodes = m_view.diagramScene()->nodesInReadingOrder();
  const auto at = std::ranges::find_if(nodes, [&](const NodeItem* node) { return of(node) == child; });
  return at == nodes.end() ? -1 : static_cast<int>(at - nodes.begin());
}

QAccessibleInterface* AccessibleDiagram::childAt(int x, int y) const {
  const auto* node = qgraphicsitem_cast<NodeItem*>(m_view.itemAt(m_view.viewport()->mapFromGlobal(QPoint(x, y))));
  return node ? of(node) : nullptr;
}

QAccessibleInterface* AccessibleDiagram::focusChild() const {
  const auto nodes = m_view.diagramScene()->nodesInReadingOrder();
  const auto at = std::ranges::find_if(nodes, [](const NodeItem* node) { return node->state().focused; });
  return at != nodes.end() && m_view.hasFocus() ? of(*at) : nullptr;
}

QString AccessibleDiagram::text(QAccessible::Text kind) const {
  if (kind != QAccessible::Description)
    return QAccessibleWidget::text(kind);
  return (m_view.accessibleDescription() + QLatin1Char(' ') + spoken(m_view.diagramScene()->diagram())).trimmed();
}

void tellAssistants(DiagramView& view, QAccessible::Event what, const NodeItem* node) {
  if (!QAccessible::isActive())
    return;
  QAccessibleEvent event(&view, what);
  if (node) {
    const auto nodes = view.diagramScene()->nodesInReadingOrder();
    const auto index = static_cast<int>(std::ranges::find(nodes, node) - nodes.begin());
    const auto* list = QAccessible::queryAccessibleInterface(&view);
    if (!list || index >= list->childCount())
      return;
    event.setChild(index);
  }
  QAccessible::updateAccessibility(&event);
}

} // namespace whichbase::ui
