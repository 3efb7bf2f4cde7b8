// Users over time as steps in the databases' colours, with what happened, times when nobody watched, and a scrubber
// below that chooses a moment.
#pragma once

#include "diagram/diagram_view.h"
#include "history/history.h"
#include "style/theme.h"

#include <QWidget>

#include <chrono>
#include <optional>

namespace whichbase::ui {

class HistoryChart : public QWidget {
  Q_OBJECT
public:
  explicit HistoryChart(QWidget* parent = nullptr);
  ~HistoryChart() override;

  // `live`: its right end is now. Draws anew only where it says something else than before.
  void setOverview(const history::Overview& overview, bool live);
  void setCursor(std::optional<topology::UtcTime> at); // nothing: the right end. Repaints the cursor alone
  void setTheme(const Theme& theme);
  void setSelection(const Selection& selection); // the other databases' lines fade
  void showLast(std::chrono::minutes length);    // up to the right end, or about the cursor; 0: all

Q_SIGNALS:
  void scrubbed(topology::UtcTime at);
  void liveRequested();
  void eventStepRequested(int direction);
  void playToggled();
  void sideChosen(topology::UtcTime at, topology::Side side);
  void selected(const whichbase::ui::Selection& selection);
  void rangeChanged(const QString& text); // "All", "1 h", "10 min", "23 min"
};

} // namespace whichbase::ui
