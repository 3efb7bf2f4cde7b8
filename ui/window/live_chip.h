// The chip in the after pane that tells whether probing repeats by itself, with the intervals as its menu.
#pragma once

#include "style/theme.h"

#include <QToolButton>

#include <chrono>

namespace whichbase::ui {

class LiveChip : public QToolButton {
  Q_OBJECT
public:
  explicit LiveChip(QWidget* parent = nullptr);

  static constexpr std::chrono::seconds off{0};
  void setInterval(std::chrono::seconds interval); // off: only when asked
  std::chrono::seconds interval() const { return m_interval; }
  void setTheme(const Theme& theme);
  static QString intervalText(std::chrono::seconds interval); // "30 s", "5 min"

Q_SIGNALS:
  void chosen(std::chrono::seconds interval);

private:
  void refresh();

  std::chrono::seconds m_interval = off;
  Theme m_theme = Theme::light();
};

} // namespace whichbase::ui
