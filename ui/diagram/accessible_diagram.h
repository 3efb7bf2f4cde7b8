// A diagram as assistive programs see it: a list of its boxes in reading order, each with a name of its own, which can
// be selected, unfolded, and be where the keyboard is.
#pragma once

#include <QAccessibleWidget>

#include <string>
#include <unordered_map>

namespace whichbase::ui {

class AccessibleBox;
class DiagramView;
class NodeItem;

class AccessibleDiagram : public QAccessibleWidget {
public:
  explicit AccessibleDiagram(DiagramView* view);
  ~AccessibleDiagram() override;

  // For QAccessible::installFactory(); null for what is no diagram.
  static QAccessibleInterface* make(const QString& className, QObject* object);

  int childCount() const override;
  QAccessibleInterface* child(int index) const override;
  int indexOfChild(const QAccessibleInterface* child) const override;
  QAccessibleInterface* childAt(int x, int y) const override;
  QAccessibleInterface* focusChild() const override;
  QString text(QAccessible::Text kind) const override;

private:
  QAccessibleInterface* of(const NodeItem* node) const;

  DiagramView& m_view;
  mutable std::unordered_map<std::string, QAccessible::Id> m_boxes; // by the box's key
};

// Tells them that something happened to the diagram, or to one of its boxes; nothing where nobody listens.
void tellAssistants(DiagramView& view, QAccessible::Event what, const NodeItem* node = nullptr);

} // namespace whichbase::ui
