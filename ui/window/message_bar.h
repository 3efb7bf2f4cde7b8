// Lines above the panes for what went wrong or needs an answer, each with the next step as buttons. Never modal.
#pragma once

#include "window/sign.h"

#include <QFrame>

#include <functional>
#include <vector>

class QVBoxLayout;

namespace whichbase::ui {

struct MessageAction {
  QString text;
  std::function<void()> run;
  bool stays = false; // the message, once the button was pressed
};

class MessageBar : public QFrame {
  Q_OBJECT
public:
  explicit MessageBar(QWidget* parent = nullptr);

  // Replaces what is shown under the same topic: one line a topic, the newest first.
  void show(const QString& topic, Sign sign, const QString& text, std::vector<MessageAction> actions = {});
  void clear(const QString& topic);
  QString text() const; // of the newest; empty while there is none
  QString text(const QString& topic) const;
  void setTheme(const Theme& theme);

private:
  struct Line;
  Line* lineOf(const QString& topic) const;

  Theme m_theme = Theme::light();
  QVBoxLayout* m_layout;
  std::vector<Line*> m_lines; // newest first
};

} // namespace whichbase::ui
