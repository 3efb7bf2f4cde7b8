// One line above the panes for what went wrong or needs an answer, with the next step as buttons. Never modal.
#pragma once

#include "window/sign.h"

#include <QFrame>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace whichbase::ui {

struct MessageAction {
  QString text;
  std::function<void()> run;
};

class MessageBar : public QFrame {
  Q_OBJECT
public:
  explicit MessageBar(QWidget* parent = nullptr);

  // Replaces what is shown. `topic` says what it is about, so that clear(topic) takes away just that.
  void show(const QString& topic, Sign sign, const QString& text, std::vector<MessageAction> actions = {});
  void clear(const QString& topic);
  QString text() const;
  void setTheme(const Theme& theme);

private:
  QString m_topic;
  SignLabel* m_sign;
  QLabel* m_text;
  QHBoxLayout* m_buttons;
  std::vector<QPushButton*> m_shown;
  QToolButton* m_close;
};

} // namespace whichbase::ui
