// The strip below the diagrams: users over time in the databases' colours, what happened, and a scrubber that replays
// it. Shows values and tells wishes; it reads no file.
#pragma once

#include "diagram/diagram_view.h"
#include "history/history.h"
#include "style/theme.h"

#include <QFrame>

#include <optional>

namespace whichbase::ui {

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

Q_SIGNALS:
  void scrubbed(topology::UtcTime at); // many a second while it is dragged
  void liveRequested();
  void eventStepRequested(int direction); // +1 the next event, -1 the one before
  void playRequested(bool playing);
  void speedChosen(double speed); // 1, 10, 60, 600 times
  void noteEntered(const QString& text);
  void sideChosen(topology::UtcTime at, topology::Side side); // "Show this moment as Before" / "as After"
  void selected(const whichbase::ui::Selection& selection);   // a database's line, an event's subject
};

} // namespace whichbase::ui
