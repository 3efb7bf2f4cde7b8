// Keeps a narrow tool bar usable: takes away buttons that also stand in a menu before anything else has no room.
#pragma once

#include <QList>
#include <QObject>

class QAction;
class QToolBar;

namespace whichbase::ui {

class ToolBarRoom : public QObject {
  Q_OBJECT
public:
  // `spare`: those that may go, the first one first. They belong to the bar, and nobody else shows or hides them.
  ToolBarRoom(QToolBar* bar, QList<QAction*> spare);

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  int needed() const; // pixels, by everything that is visible
  void refresh();

  QToolBar* m_bar;
  const QList<QAction*> m_spare;
};

} // namespace whichbase::ui
