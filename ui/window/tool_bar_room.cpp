#include "window/tool_bar_room.h"

#include <QAction>
#include <QEvent>
#include <QLayout>
#include <QLineEdit>
#include <QToolBar>

#include <algorithm>

namespace whichbase::ui {

ToolBarRoom::ToolBarRoom(QToolBar* bar, QList<QAction*> spare) : QObject(bar), m_bar(bar), m_spare(std::move(spare)) {
  bar->installEventFilter(this);
}

int ToolBarRoom::needed() const {
  constexpr int edges = 24; // the bar's own padding and border
  int width = edges;
  for (auto* action : m_bar->actions()) {
    const auto* widget = m_bar->widgetForAction(action);
    if (!action->isVisible() || !widget)
      continue;
    const bool isField = qobject_cast<const QLineEdit*>(widget) != nullptr;
    width += isField ? std::max(widget->minimumWidth(), widget->minimumSizeHint().width()) : widget->sizeHint().width();
    width += m_bar->layout()->spacing();
  }
  return width;
}

void ToolBarRoom::refresh() {
  for (auto* action : m_spare)
    action->setVisible(true);
  for (auto* action : m_spare)
    if (needed() > m_bar->width())
      action->setVisible(false);
}

bool ToolBarRoom::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_bar && (event->type() == QEvent::Resize || event->type() == QEvent::Show))
    refresh();
  return QObject::eventFilter(watched, event);
}

} // namespace whichbase::ui
