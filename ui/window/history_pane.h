// The strip below the diagrams: users over time in the databases' colours, what happened, and a scrubber that replays
// it. Shows values and tells wishes; it reads no file.
#pragma once

#include "diagram/diagram_view.h"
#include "history/history.h"
#include "style/theme.h"

#include <QFrame>

#include <optional>

class QActionGroup;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace whichbase::ui {

class HistoryChart;

class HistoryPane : public QFrame {
  Q_OBJECT
public:
  explicit HistoryPane(QWidget* parent = nullptr);

  // `recording`: changes go into a file; else the file is only read.
  void setOverview(const history::Overview& overview, bool recording);
  // Nothing is recorded yet, or cannot be: the reason, and what to do.
  void setEmpty(const QString& text);
  void setCursor(std::optional<topology::UtcTime> at); // nothing: the present ("now")
  void setPlaying(bool playing);
  void setTheme(const Theme& theme);
  void setSelection(const Selection& selection);

  bool isEmpty() const { return m_isEmpty; }
  // The line of caption, note and buttons; to be placed beside the title.
  QWidget* header() const { return m_header; }
  HistoryChart* chart() const { return m_chart; }

Q_SIGNALS:
  void scrubbed(topology::UtcTime at); // many a second while it is dragged
  void liveRequested();
  void eventStepRequested(int direction); // +1 the next event, -1 the one before
  void playRequested(bool playing);
  void speedChosen(double speed); // 1, 10, 60, 600 times
  void noteEntered(const QString& text);
  void sideChosen(topology::UtcTime at, topology::Side side); // "Show this moment as Before" / "as After"
  void selected(const whichbase::ui::Selection& selection);   // a database's line, an event's subject
  void emptyChanged();

private:
  void makeHeader();
  void makeSpeeds();
  void makeRanges();
  void connectChart();
  void refreshCaption();
  void refreshButtons();

  std::int64_t m_changes = 0;
  bool m_recording = false;
  bool m_isEmpty = true;
  bool m_playing = false;
  std::optional<topology::UtcTime> m_cursor;
  Theme m_theme = Theme::light();
  QWidget* m_header;
  QLabel* m_caption;
  QLineEdit* m_note;
  QToolButton* m_play;
  QToolButton* m_speed;
  QToolButton* m_range;
  QActionGroup* m_ranges;
  QPushButton* m_live;
  QLabel* m_empty;
  HistoryChart* m_chart;
};

} // namespace whichbase::ui
