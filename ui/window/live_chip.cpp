#include "window/live_chip.h"

#include <QActionGroup>
#include <QMenu>
#include <QPainter>

namespace whichbase::ui {

namespace {

QIcon dot(const QColor& color, bool filled) {
  QPixmap pixmap(36, 36);
  pixmap.setDevicePixelRatio(3);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(color, 1.4));
  painter.setBrush(filled ? QBrush(color) : QBrush(Qt::NoBrush));
  painter.drawEllipse(QRectF(2.5, 2.5, 7, 7));
  return QIcon(pixmap);
}

} // namespace

LiveChip::LiveChip(QWidget* parent) : QToolButton(parent) {
  setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  setPopupMode(QToolButton::InstantPopup);
  setIconSize(QSize(12, 12));
  setFont(textFont(12, QFont::Medium));
  setFocusPolicy(Qt::StrongFocus);
  setStyleSheet(QStringLiteral("QToolButton { padding: 2px 9px; } QToolButton:focus { padding: 1px 8px; }"
                               "QToolButton::menu-indicator { image: none; width: 0; }"));
  auto* menu = new QMenu(this);
  auto* group = new QActionGroup(menu);
  for (const int seconds : intervals) {
    auto* action = menu->addAction(seconds == 0 ? tr("Off: probe only when asked")
                                                : tr("Every %1").arg(intervalText(std::chrono::seconds(seconds))));
    action->setCheckable(true);
    action->setData(seconds);
    group->addAction(action);
    connect(action, &QAction::triggered, this, [this, seconds] { Q_EMIT chosen(std::chrono::seconds(seconds)); });
  }
  menu->addSeparator();
  m_pause = menu->addAction(tr("Pause"));
  m_pause->setObjectName(QStringLiteral("pause"));
  connect(m_pause, &QAction::triggered, this, [this] { Q_EMIT pauseChosen(!m_paused); });
  m_step = menu->addAction(tr("Step: look once"));
  m_step->setObjectName(QStringLiteral("step"));
  connect(m_step, &QAction::triggered, this, &LiveChip::stepChosen);
  setMenu(menu);
  refresh();
}

QString LiveChip::intervalText(std::chrono::seconds interval) {
  return interval.count() < 60 || interval.count() % 60 != 0 ? tr("%L1 s").arg(interval.count())
                                                             : tr("%L1 min").arg(interval.count() / 60);
}

void LiveChip::setInterval(std::chrono::seconds interval) {
  m_interval = interval;
  refresh();
}

void LiveChip::setTheme(const Theme& theme) {
  m_theme = theme;
  refresh();
}

void LiveChip::setPaused(bool paused) {
  m_paused = paused;
  refresh();
}

void LiveChip::setLinks(const QString& text) {
  if (text == m_links)
    return;
  m_links = text;
  refresh();
}

void LiveChip::refresh() {
  const bool live = m_interval != off;
  const bool watching = live && !m_paused;
  setText(!live ? tr("Live is off") : m_paused ? tr("Paused") : tr("Live, every %1").arg(intervalText(m_interval)));
  setIcon(dot(!watching ? m_theme.secondaryText : m_links.isEmpty() ? m_theme.good : m_theme.warning, watching));
  const QString about = !live      ? tr("Probes only when you ask. Click to watch live.")
                        : m_paused ? tr("Watching is paused. Click to go on, or to look once.")
                                   : tr("Watches every %1. Click to change.").arg(intervalText(m_interval));
  setToolTip(m_links.isEmpty() ? about : about + QLatin1Char('\n') + m_links);
  for (auto* action : menu()->actions())
    if (action->isCheckable())
      action->setChecked(action->data().toInt() == m_interval.count());
  m_pause->setText(m_paused ? tr("Resume") : tr("Pause"));
  m_pause->setEnabled(live);
  m_step->setEnabled(live);
}

} // namespace whichbase::ui
