// What is shown of an open project: the two sides, the tabs beside them, chart, history and changes below. Selecting
// anything selects it everywhere.
#pragma once

#include "diagram/diagram_view.h"
#include "model/connection_rows.h"
#include "model/view.h"
#include "style/theme.h"
#include "window/workspace_state.h"

#include <QTimer>
#include <QWidget>

#include <chrono>
#include <optional>
#include <set>

class QSplitter;
class QTabWidget;

namespace whichbase::ui {

class BesideChart;
class ChartPane;
class ConnectionsPanel;
class DetailsPanel;
class FindingsPanel;
class HistoryPane;
class LiveChip;
class MatrixPanel;
class SidePane;
class TablePanel;

class Workspace : public QWidget {
  Q_OBJECT
public:
  explicit Workspace(QWidget* parent = nullptr);

  void setView(const View& view, const project::Project* project);
  void setTheme(const Theme& theme);
  void setSelection(const Selection& selection);
  void setInterval(std::chrono::seconds interval);
  void setProgress(bool probing, int done, int total);
  void setHighlight(const QString& text);
  void setAnimated(bool animated);
  // The chart below a lone side; with a before side it is always there. Not chosen: where there is room for it.
  void chooseBottom(std::optional<bool> shown);
  bool bottomShown() const;
  void showTab(int index);
  // Of two sides; a lone one is always shown.
  void showSides(ShownSides sides);
  ShownSides shownSides() const { return m_sides; }
  void setDiagramActions(const QList<QAction*>& actions); // of the diagrams' context menu
  const Selection& selection() const { return m_selection; }
  HistoryPane* history() const;
  void showHistory(); // its tab beside the chart
  LiveChip* liveChip() const;
  void setReplayedAt(topology::UtcTime at); // where only the time is another one, and not what is shown

  WorkspaceState state() const;
  void restore(const WorkspaceState& state);
  QByteArray saveLayout() const;
  void restoreLayout(const QByteArray& state);

public Q_SLOTS:
  void zoomIn();
  void zoomOut();
  void actualSize();
  void fit();

Q_SIGNALS:
  void selected(const whichbase::ui::Selection& selection);
  void copyRequested(const whichbase::ui::CopyRequest& request);
  void copied(const QString& what);
  void forgetRequested(const QString& server, topology::Side side); // the password that the keychain keeps for it
  void probeRequested();
  void intervalChosen(std::chrono::seconds interval);

protected:
  void resizeEvent(QResizeEvent* event) override;

private:
  void connectPanes();
  void choose(const Selection& selection);
  void refreshPanes();
  void refreshTimes();
  void layOutDiagrams();
  bool showsBefore() const;
  bool showsAfter() const;

  View m_view;
  bool m_hasProject = false;
  QString m_servers; // the project's, for the empty pane
  std::size_t m_serverCount = 0;
  bool m_probing = false;
  bool m_sized = false; // by hand
  std::optional<bool> m_bottomChoice;
  ShownSides m_sides = ShownSides::both;
  Theme m_theme = Theme::light();
  Selection m_selection;
  std::set<std::string> m_unfolded;
  QTimer m_layoutTimer; // a splitter that is dragged asks many times
  QTimer m_clock;       // ages

  SidePane* m_before;
  SidePane* m_after;
  QTabWidget* m_tabs;
  FindingsPanel* m_findings;
  DetailsPanel* m_details;
  ConnectionsPanel* m_connections;
  MatrixPanel* m_matrix;
  TablePanel* m_table;
  ChartPane* m_chart;
  BesideChart* m_beside;
  QSplitter* m_top;
  QSplitter* m_bottom;
  QSplitter* m_rows;
};

} // namespace whichbase::ui
