// The chip in the after pane that tells whether the window watches by itself, and how that goes, with the intervals,
// Pause and Step as its menu.
#pragma once

#include "style/theme.h"

#include <QToolButton>

#include <array>
#include <chrono>

namespace whichbase::ui {

class LiveChip : public QToolButton {
  Q_OBJECT
public:
  explicit LiveChip(QWidget* parent = nullptr);

  static constexpr std::chrono::seconds off{0};
  void setInterval(std::chrono::seconds interval); // off: only when asked
  std::chrono::seconds interval() const { return m_interval; }
  void setPaused(bool paused);
  void setLinks(const QString& text); // what is being reconnected, for the tooltip; empty: nothing
  void setTheme(const Theme& theme);
  static constexpr std::array<int, 5> intervals = {0, 1, 5, 30, 300}; // seconds; 0: off
  static QString intervalText(std::chrono::seconds interval);         // "30 s", "5 min"

Q_SIGNALS:
  void chosen(std::chrono::seconds interval);
  void pauseChosen(bool paused);
  void stepChosen();

private:
  void refresh();

  std::chrono::seconds m_interval = off;
  bool m_paused = false;
  QString m_links;
  QAction* m_pause;
  QAction* m_step;
  Theme m_theme = Theme::light();
};

} // namespace whichbase::ui
