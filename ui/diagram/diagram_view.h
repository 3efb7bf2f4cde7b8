// Shows one side's Diagram, and lets one select, zoom, pan and unfold. Keeps its items across updates: it removes, adds
// and syncs, and never clears.
#pragma once

#include "layout/diagram.h"
#include "style/theme.h"

#include <QGraphicsView>
#include <QString>
#include <QStringList>

#include <memory>

namespace whichbase::ui {

// What is selected in the whole window: a server by name, or a database by id, or nothing (both empty).
struct Selection {
  QString server;
  QString database;
  bool operator==(const Selection&) const = default;
};

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

public Q_SLOTS:
  void zoomIn();
  void zoomOut();
  void fit(); // shrink to fit, never above 100 %
  void actualSize();

Q_SIGNALS:
  void selected(const whichbase::ui::Selection& selection);  // by click or keyboard
  void activated(const whichbase::ui::Selection& selection); // double click or Enter
  void stackToggled(const QString& boxKey);
  void widthChanged(int pixels); // the viewport's width, for laying out again

private:
  struct Private;
  std::unique_ptr<Private> m_d;
};

} // namespace whichbase::ui
