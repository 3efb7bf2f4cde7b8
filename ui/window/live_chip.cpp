#include "window/live_chip.h"

#include <QActionGroup>
#include <QMenu>
#include <QPainter>

#include <array>

namespace whichbase::ui {

namespace {

constexpr std::array<int, 7> intervals = {0, 5, 10, 30, 60, 120, 300};

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
  setMenu(menu);
  refresh();
}

QString LiveChip::intervalText(std::chrono::seconds interval) {
  return interval.count() < 60 || interval.count() % 60 != 0 ? tr("%1 s").arg(interval.count())
                                                             : tr("%1 min").arg(interval.count() / 60);
}

void LiveChip::setInterval(std::chrono::seconds interval) {
  m_interval = interval;
  refresh();
}

void LiveChip::setTheme(const Theme& theme) {
  m_theme = theme;
  refresh();
}

void LiveChip::refresh() {
  const bool live = m_interval != off;
  setText(live ? tr("Live, every %1").arg(intervalText(m_interval)) : tr("Live is off"));
  setIcon(dot(live ? m_theme.good : m_theme.secondaryText, live));
  setToolTip(live ? tr("Probes by itself every %1. Click to change.").arg(intervalText(m_interval))
                  : tr("Probes only when you ask. Click to watch live."));
  for (auto* action : menu()->actions())
    action->setChecked(action->data().toInt() == m_interval.count());
}

} // namespace whichbase::ui
