// Users over time as steps in the databases' colours, with what happened, times when nobody watched, and a scrubber
// below that chooses a moment.
#pragma once

#include "chart/history_picture.h"
#include "diagram/diagram_view.h"
#include "history/history.h"
#include "style/theme.h"

#include <QWidget>

#include <chrono>
#include <optional>

namespace whichbase::ui {

class TimeScrubber;

class HistoryChart : public QWidget {
  Q_OBJECT
public:
  explicit HistoryChart(QWidget* parent = nullptr);
  ~HistoryChart() override;

  // `live`: its right end is now. Draws anew only where it says something else than before, by a pixel at least.
  void setOverview(const history::Overview& overview, bool live);
  void setCursor(std::optional<topology::UtcTime> at); // nothing: the right end. Repaints the cursor alone
  void setTheme(const Theme& theme);
  void setSelection(const Selection& selection); // the other databases' lines fade
  void showLast(std::chrono::minutes length);    // up to the right end, or about the cursor; 0: all
  void zoom(double factor, double x);            // about that x of the widget
  const TimeScale& scale() const { return m_scale; }
  int pictures() const { return m_pictures; } // drawn so far

Q_SIGNALS:
  void scrubbed(topology::UtcTime at);
  void liveRequested();
  void eventStepRequested(int direction);
  void playToggled();
  void sideChosen(topology::UtcTime at, topology::Side side);
  void selected(const whichbase::ui::Selection& selection);
  void rangeChanged(const QString& text); // "All", "1 h", "10 min", "23 min"

protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

private:
  QSize plotSize() const;
  TimeRange shownRange() const;
  void setRange(const std::optional<TimeRange>& range, bool follows);
  void refreshScale();
  void redraw();
  void moveTo(std::optional<topology::UtcTime> at);
  QRect cursorRect() const;
  void drawCursor(QPainter& painter) const;
  QString tipAt(const QPointF& place) const;
  Selection subjectAt(const QPointF& place) const;
  void showMenu(topology::UtcTime at, const QPoint& place);

  history::Overview m_overview;
  std::vector<DatabasePoints> m_databases;
  bool m_live = true;
  TimeRange m_whole;
  std::optional<TimeRange> m_range; // empty: all
  bool m_follows = false;           // the range ends where the history does
  std::optional<topology::UtcTime> m_cursor;
  std::string m_selected;
  Theme m_theme = Theme::light();
  TimeScale m_scale;
  HistorySeries m_series;
  std::vector<EventMark> m_marks;
  HistoryPicture m_picture;
  QPixmap m_drawn;
  bool m_stale = true;
  int m_pictures = 0;
  TimeScrubber* m_scrubber;
};

} // namespace whichbase::ui
