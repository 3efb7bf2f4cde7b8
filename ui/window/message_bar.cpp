#include "window/message_bar.h"

#include "window/announce.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace whichbase::ui {

struct MessageBar::Line : QFrame {
  Line(QWidget* parent, QString about) : QFrame(parent), topic(std::move(about)) {
    setProperty("pane", true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setSpacing(9);
    sign = new SignLabel(14, this);
    text = new QLabel(this);
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setFont(textFont(13));
    buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    close = new QToolButton(this);
    close->setText(QStringLiteral("×"));
    close->setToolTip(MessageBar::tr("Dismiss"));
    close->setAccessibleName(MessageBar::tr("Dismiss"));
    close->setAutoRaise(true);
    layout->addWidget(sign);
    layout->addWidget(text, 1);
    layout->addLayout(buttons);
    layout->addWidget(close);
  }

  QString topic;
  SignLabel* sign;
  QLabel* text;
  QHBoxLayout* buttons;
  QToolButton* close;
};

MessageBar::MessageBar(QWidget* parent) : QFrame(parent), m_layout(new QVBoxLayout(this)) {
  m_layout->setContentsMargins(0, 0, 0, 0);
  m_layout->setSpacing(6);
  hide();
}

MessageBar::Line* MessageBar::lineOf(const QString& topic) const {
  const auto found = std::ranges::find(m_lines, topic, [](const Line* line) { return line->topic; });
  return found == m_lines.end() ? nullptr : *found;
}

void MessageBar::show(const QString& topic, Sign sign, const QString& text, std::vector<MessageAction> actions) {
  clear(topic);
  auto* line = new Line(this, topic);
  line->sign->setTheme(m_theme);
  line->sign->setSign(sign);
  line->text->setText(text);
  for (auto& action : actions) {
    auto* button = new QPushButton(action.text, line);
    line->buttons->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, topic, stays = action.stays, run = std::move(action.run)] {
      const auto copy = run; // clear() lets go of the button
      if (!stays)
        clear(topic);
      copy();
    });
  }
  connect(line->close, &QToolButton::clicked, this, [this, topic] { clear(topic); });
  m_lines.insert(m_lines.begin(), line);
  m_layout->insertWidget(0, line);
  line->show();
  setVisible(true);
  announce(*line->text, text);
}

void MessageBar::clear(const QString& topic) {
  auto* line = lineOf(topic);
  if (!line)
    return;
  std::erase(m_lines, line);
  m_layout->removeWidget(line);
  line->hide();
  line->deleteLater();
  setVisible(!m_lines.empty());
}

QString MessageBar::text() const {
  return m_lines.empty() ? QString() : m_lines.front()->text->text();
}

QString MessageBar::text(const QString& topic) const {
  const auto* line = lineOf(topic);
  return line ? line->text->text() : QString();
}

void MessageBar::setTheme(const Theme& theme) {
  m_theme = theme;
  for (auto* line : m_lines)
    line->sign->setTheme(theme);
}

} // namespace whichbase::ui
