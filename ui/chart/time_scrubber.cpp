#include "chart/time_scrubber.h"

#include "chart/history_picture.h"
#include "diagram/look.h"
#include "style/own_keys.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace whichbase::ui {

namespace {

constexpr int fullValue = 1000; // of the slider, for those who read it aloud
constexpr double trackY = 9;
constexpr double handle = 14;
constexpr double textTop = 18;
constexpr double textHeight = 16;
constexpr double snap = 3; // pixels to the right end that mean the end

std::string clockText(topology::UtcTime at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
  const std::string text = topology::toClockAndDay(seconds); // "14:02:11 UTC, 3 Dec"
  return text.substr(0, text.find(' '));
}

} // namespace

TimeScrubber::TimeScrubber(QWidget* parent) : QAbstractSlider(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setRange(0, fullValue);
  setAccessibleName(tr("Moment shown"));
  setToolTip(tr("Drag, or: arrows move, Ctrl+arrows go from event to event, Space plays, L leads back to the present"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize TimeScrubber::sizeHint() const {
  return {200, 36};
}

void TimeScrubber::setScale(const TimeScale& scale, bool endIsNow) {
  m_scale = scale;
  m_endIsNow = endIsNow;
  setCursor(m_cursor);
  update();
}

void TimeScrubber::setCursor(std::optional<topology::UtcTime> at) {
  m_cursor = at;
  m_setting = true;
  setValue(static_cast<int>(std::lround(cursorX() / std::max(1.0, m_scale.width()) * fullValue)));
  m_setting = false;
  setAccessibleDescription(at           ? QString::fromStdString(topology::toClockAndDay(*at))
                           : m_endIsNow ? tr("now")
                                        : tr("the end of the recording"));
  update();
}

void TimeScrubber::setTheme(const Theme& theme) {
  m_theme = theme;
  update();
}

double TimeScrubber::cursorX() const {
  return m_cursor ? std::clamp(m_scale.xOf(*m_cursor), 0.0, m_scale.width()) : m_scale.width();
}

std::optional<topology::UtcTime> TimeScrubber::timeAt(double x) const {
  x -= historyLeft;
  if (x >= m_scale.width() - snap)
    return std::nullopt;
  return m_scale.timeAt(std::max(0.0, x));
}

void TimeScrubber::moveTo(double x) {
  const auto at = timeAt(x);
  setCursor(at);
  Q_EMIT moved(at);
}

// Somebody else moves the slider: what reads the screen aloud.
void TimeScrubber::sliderChange(SliderChange change) {
  QAbstractSlider::sliderChange(change);
  if (change == SliderValueChange && !m_setting && m_scale.width() > 0)
    moveTo(historyLeft + static_cast<double>(value()) / fullValue * m_scale.width());
}

void TimeScrubber::drawTicks(QPainter& painter) const {
  painter.setFont(textFont(12));
  const auto metrics = painter.fontMetrics();
  const double right = historyLeft + m_scale.width();
  const QString end = m_endIsNow ? tr("now") : QString::fromStdString(clockText(m_scale.range().until));
  const double endWidth = metrics.horizontalAdvance(end);
  const QRectF endPlace(std::min(right - endWidth / 2, width() - endWidth - 1.0), textTop, endWidth + 1, textHeight);
  QRectF cursorPlace;
  if (m_cursor) {
    const QString text = QString::fromStdString(clockText(*m_cursor));
    const double wide = metrics.horizontalAdvance(text) + 6.0;
    cursorPlace =
        QRectF(std::clamp(historyLeft + cursorX() - wide / 2, 0.0, width() - wide), textTop, wide, textHeight);
    painter.setPen(m_theme.accent);
    painter.drawText(cursorPlace, Qt::AlignCenter, text);
  }
  painter.setPen(m_theme.secondaryText);
  if (!cursorPlace.intersects(endPlace))
    painter.drawText(endPlace, Qt::AlignCenter, end);
  double free = 0;
  for (const auto& tick : m_scale.ticks(96)) {
    const QString text = QString::fromStdString(tick.text);
    const double wide = metrics.horizontalAdvance(text) + 2.0;
    const QRectF place(std::max(0.0, historyLeft + tick.x - wide / 2), textTop, wide, textHeight);
    if (place.left() < free || place.right() + 8 > endPlace.left() || place.intersects(cursorPlace))
      continue;
    painter.drawText(place, Qt::AlignCenter, text);
    free = place.right() + 10;
  }
}

void TimeScrubber::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const double x = historyLeft + cursorX();
  const double right = historyLeft + m_scale.width();
  painter.setPen(Qt::NoPen);
  painter.setBrush(mixed(m_theme.pane, m_theme.accent, 0.18));
  painter.drawRoundedRect(QRectF(historyLeft, trackY - 2.5, m_scale.width(), 5), 2.5, 2.5);
  painter.setBrush(mixed(m_theme.pane, m_theme.accent, 0.42));
  painter.drawRoundedRect(QRectF(historyLeft, trackY - 2.5, x - historyLeft, 5), 2.5, 2.5);
  for (const auto& stretch : m_scale.stretches())
    if (!stretch.watched) { // nobody watched: the track is interrupted
      painter.setBrush(m_theme.pane);
      painter.drawRect(QRectF(historyLeft + stretch.left, trackY - 1, stretch.right - stretch.left, 2));
    }
  painter.setBrush(m_theme.accent);
  painter.drawEllipse(QPointF(std::min(x, right), trackY), handle / 2, handle / 2);
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.text, 1.5));
    painter.drawEllipse(QPointF(x, trackY), handle / 2 + 1, handle / 2 + 1);
  }
  drawTicks(painter);
}

void TimeScrubber::keyPressEvent(QKeyEvent* event) {
  const double x = historyLeft + cursorX();
  const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1;
  const double end = historyLeft + m_scale.width();
  const auto command = commandOf(*event, timeKeys());
  if (!command) {
    event->ignore();
    return;
  }
  switch (*command) {
  case TimeCommand::earlier:
    return moveTo(std::max(historyLeft, std::min(x - step, end - snap - 1)));
  case TimeCommand::later:
    return moveTo(x + step);
  case TimeCommand::muchEarlier:
    return moveTo(x - m_scale.width() / 10);
  case TimeCommand::muchLater:
    return moveTo(x + m_scale.width() / 10);
  case TimeCommand::start:
    return moveTo(historyLeft);
  case TimeCommand::present:
    return moveTo(end);
  case TimeCommand::previousEvent:
    return eventStepRequested(-1);
  case TimeCommand::nextEvent:
    return eventStepRequested(1);
  case TimeCommand::play:
    return playToggled();
  case TimeCommand::zoomIn:
    return zoomRequested(1.5);
  case TimeCommand::zoomOut:
    return zoomRequested(1 / 1.5);
  }
}

void TimeScrubber::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton)
    moveTo(event->position().x());
}

void TimeScrubber::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons().testFlag(Qt::LeftButton))
    moveTo(event->position().x());
}

void TimeScrubber::wheelEvent(QWheelEvent* event) {
  event->ignore(); // the chart zooms
}

void TimeScrubber::contextMenuEvent(QContextMenuEvent* event) {
  const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
  const double x = byKey ? historyLeft + cursorX() : event->pos().x();
  Q_EMIT menuRequested(timeAt(x).value_or(m_scale.range().until),
                       byKey ? mapToGlobal(QPoint(static_cast<int>(x), 0)) : event->globalPos());
}

} // namespace whichbase::ui
