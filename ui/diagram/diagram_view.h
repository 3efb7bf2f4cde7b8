// Shows one side's Diagram, and lets one select, zoom, pan and unfold. Keeps its items across updates: it removes, adds
// and syncs, and never clears. Fits its content until one zooms. Drag empty ground (or with the middle button), scroll,
// or use two fingers to pan; Ctrl and the wheel, or a pinch, zoom around the pointer; Tab and the arrows walk from box
// to box, Enter selects or opens, Space unfolds and folds.
#pragma once

#include "layout/diagram.h"
#include "style/theme.h"

#include <QGraphicsView>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <string>

namespace whichbase::ui {

// What is selected in the whole window: a server by name, or a database by id, or nothing (both empty).
struct Selection {
  QString server;
  QString database;
  bool operator==(const Selection&) const = default;
};

class DiagramScene;
class NodeItem;
enum class Direction;

class DiagramView : public QGraphicsView {
  Q_OBJECT
public:
  explicit DiagramView(QWidget* parent = nullptr);
  ~DiagramView() override;

  void setDiagram(const layout::Diagram& diagram); // moves are animated once, where animations are on
  void setTheme(const Theme& theme);
  void setAnimated(bool animated);
  void setStale(bool stale); // greyed: what was last known, after a failed sweep
  void setSelection(const Selection& selection);
  void setHighlight(const QString& text); // the search field: boxes that do not match fade; empty: none fade

  // The items: pictures and tests look at them; only setDiagram() and its kin change them.
  DiagramScene* diagramScene() const;
  double zoom() const;                      // 1 is 100 %
  std::optional<double> chosenZoom() const; // nothing while it follows what fits
  void chooseZoom(std::optional<double> scale);

  // What a click on the box would do, and the keyboard put on it: for assistive programs. Nothing where it is gone.
  void press(const std::string& boxKey);
  void focusOn(const std::string& boxKey);

public Q_SLOTS:
  void zoomIn();
  void zoomOut();
  void fit(); // shrink to fit, never above 100 %
  void actualSize();

Q_SIGNALS:
  void selected(const whichbase::ui::Selection& selection);  // by click or keyboard
  void activated(const whichbase::ui::Selection& selection); // double click or Enter
  void stackToggled(const QString& boxKey);
  void widthChanged(int pixels);  // the view's width, for laying out again; scroll bars do not change it
  void zoomChanged(double scale); // 1 is 100 %

protected:
  bool event(QEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  bool focusNextPrevChild(bool next) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

private:
  NodeItem* nodeAt(const QPoint& position) const;
  void setZoom(double scale);
  void showFocus(bool shown);
  void focusBox(const NodeItem* node);
  void walk(Direction direction);
  void toggleStack(const layout::Box& box);
  void activate(const layout::Box& box);
  void toggleOrSelect(const layout::Box& box);

  struct Private;
  std::unique_ptr<Private> m_d;
};

} // namespace whichbase::ui
