// The workspace as somebody left it.
#include "window/beside_chart.h"
#include "window/side_pane.h"
#include "window/workspace.h"

#include <QDataStream>
#include <QIODevice>
#include <QSplitter>
#include <QTabWidget>

namespace whichbase::ui {

QByteArray Workspace::saveLayout() const {
  QByteArray state;
  QDataStream stream(&state, QIODevice::WriteOnly);
  stream << m_rows->saveState() << m_top->saveState() << m_bottom->saveState();
  return state;
}

void Workspace::restoreLayout(const QByteArray& state) {
  QDataStream stream(state);
  m_sized = true;
  for (auto* splitter : {m_rows, m_top, m_bottom}) {
    QByteArray one;
    stream >> one;
    splitter->restoreState(one);
  }
}

WorkspaceState Workspace::state() const {
  WorkspaceState state;
  state.layout = saveLayout();
  state.tab = m_tabs->currentIndex();
  state.belowTab = m_beside->currentTab();
  state.bottom = m_bottomChoice;
  state.selection = m_selection;
  state.unfolded = m_unfolded;
  state.sides = m_sides;
  state.zoomBefore = m_before->diagram()->chosenZoom();
  state.zoomAfter = m_after->diagram()->chosenZoom();
  return state;
}

void Workspace::restore(const WorkspaceState& state) {
  if (!state.layout.isEmpty())
    restoreLayout(state.layout);
  if (state.tab >= 0 && state.tab < m_tabs->count())
    m_tabs->setCurrentIndex(state.tab);
  if (state.belowTab)
    m_beside->choose(*state.belowTab);
  m_bottomChoice = state.bottom;
  m_unfolded = state.unfolded;
  m_sides = state.sides;
  m_before->diagram()->chooseZoom(state.zoomBefore);
  m_after->diagram()->chooseZoom(state.zoomAfter);
  setSelection(state.selection);
  refreshPanes();
  layOutDiagrams();
}

} // namespace whichbase::ui
