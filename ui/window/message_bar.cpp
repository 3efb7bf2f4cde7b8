#include "window/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <utility>

namespace whichbase::ui {

MessageBar::MessageBar(QWidget* parent) : QFrame(parent) {
  setProperty("pane", true);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(12, 6, 6, 6);
  layout->setSpacing(9);
  m_sign = new SignLabel(14, this);
  m_text = new QLabel(this);
  m_text->setWordWrap(true);
  m_text->setTextFormat(Qt::PlainText);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  m_text->setFont(textFont(13));
  m_close = new QToolButton(this);
  m_close->setText(QStringLiteral("×"));
  m_close->setToolTip(tr("Dismiss"));
  m_close->setAccessibleName(tr("Dismiss"));
  m_close->setAutoRaise(true);
  m_buttons = new QHBoxLayout;
  m_buttons->setSpacing(6);
  layout->addWidget(m_sign);
  layout->addWidget(m_text, 1);
  layout->addLayout(m_buttons);
  layout->addWidget(m_close);
  connect(m_close, &QToolButton::clicked, this, [this] { clear(m_topic); });
  hide();
}

void MessageBar::show(const QString& topic, Sign sign, const QString& text, std::vector<MessageAction> actions) {
  clear(m_topic);
  m_topic = topic;
  m_sign->setSign(sign);
  m_text->setText(text);
  for (auto& action : actions) {
    auto* button = new QPushButton(action.text, this);
    m_buttons->addWidget(button);
    m_shown.push_back(button);
    connect(button, &QPushButton::clicked, this, [this, topic, run = std::move(action.run)] {
      const auto copy = run; // clear() lets go of the button
      clear(topic);
      copy();
    });
  }
  setVisible(true);
}

void MessageBar::clear(const QString& topic) {
  if (topic != m_topic)
    return;
  for (auto* button : std::exchange(m_shown, {})) {
    m_buttons->removeWidget(button);
    button->hide();
    button->deleteLater();
  }
  m_topic.clear();
  m_text->clear();
  hide();
}

QString MessageBar::text() const {
  return m_text->text();
}

void MessageBar::setTheme(const Theme& theme) {
  m_sign->setTheme(theme);
}

} // namespace whichbase::ui
