// The pane beside the users' chart: "History" and "What changed", one at a time, their captions and buttons in one line
// with the tabs.
#pragma once

#include <QFrame>

#include <optional>

class QStackedWidget;
class QTabBar;

namespace whichbase::ui {

class HistoryPane;
class NotesPane;

class BesideChart : public QFrame {
  Q_OBJECT
public:
  explicit BesideChart(QWidget* parent = nullptr);

  HistoryPane* history() const { return m_history; }
  NotesPane* notes() const { return m_notes; }
  std::optional<int> currentTab() const; // nothing while nobody has chosen one
  void choose(int tab);
  void showHistory();

private:
  void refreshTab(); // the history once there is one, until somebody chose

  HistoryPane* m_history;
  NotesPane* m_notes;
  QTabBar* m_tabs;
  QStackedWidget* m_headers;
  QStackedWidget* m_pages;
  bool m_chosen = false;
};

} // namespace whichbase::ui
