#include "chart/history_chart.h"

#include "chart/time_scrubber.h"
#include "diagram/look.h"
#include "model/history_texts.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace whichbase::ui {

namespace {

using topology::UtcTime;

constexpr double widestLabel = 190;
constexpr std::chrono::seconds shortestRange{10};

// Whether all is the same but until when it was watched.
bool sameButUntil(const history::Overview& one, const history::Overview& other) {
  if (one.points.size() != other.points.size() || one.events.size() != other.events.size() ||
      one.spans.size() != other.spans.size() || one.labels != other.labels)
    return false;
  const auto from = [](const history::Span& span) { return span.from; };
  if (!std::ranges::equal(one.spans, other.spans, {}, from, from))
    return false;
  for (std::size_t i = 0; i + 1 < one.spans.size(); ++i)
    if (one.spans[i] != other.spans[i])
      return false;
  return one.points == other.points && one.events == other.events;
}

} // namespace

HistoryChart::HistoryChart(QWidget* parent) : QWidget(parent), m_scrubber(new TimeScrubber(this)) {
  setFocusProxy(m_scrubber);
  setMinimumSize(240, 90);
  setAccessibleName(tr("Users over time"));
  connect(m_scrubber, &TimeScrubber::moved, this, &HistoryChart::moveTo);
  connect(m_scrubber, &TimeScrubber::eventStepRequested, this, &HistoryChart::eventStepRequested);
  connect(m_scrubber, &TimeScrubber::playToggled, this, &HistoryChart::playToggled);
  connect(m_scrubber, &TimeScrubber::menuRequested, this, &HistoryChart::showMenu);
  connect(m_scrubber, &TimeScrubber::zoomRequested, this,
          [this](double factor) { zoom(factor, historyLeft + (m_cursor ? m_scale.xOf(*m_cursor) : m_scale.width())); });
}

HistoryChart::~HistoryChart() = default;

void HistoryChart::setOverview(const history::Overview& overview, bool live) {
  const auto whole = wholeRange(overview);
  if (live == m_live && sameButUntil(overview, m_overview)) {
    m_whole = whole;
    m_overview.spans = overview.spans;
    const bool watches = m_follows || !m_range;
    if (watches && std::abs(m_scale.xOf(shownRange().until) - m_scale.width()) >= 1)
      refreshScale();
    return;
  }
  m_overview = overview;
  m_live = live;
  m_whole = whole;
  m_databases = pointsByDatabase(overview);
  setAccessibleDescription(describeHistory(m_databases, m_overview.labels, m_whole));
  refreshScale();
}

TimeRange HistoryChart::shownRange() const {
  if (!m_range)
    return m_whole;
  if (!m_follows)
    return *m_range;
  return {m_whole.until - (m_range->until - m_range->from), m_whole.until};
}

void HistoryChart::setRange(const std::optional<TimeRange>& range, bool follows) {
  const auto length = range ? range->until - range->from : m_whole.until - m_whole.from;
  const bool all = !range || length >= m_whole.until - m_whole.from;
  m_range = all ? std::nullopt : range;
  m_follows = follows;
  refreshScale();
  const auto minutes = std::chrono::round<std::chrono::minutes>(length).count();
  if (all)
    Q_EMIT rangeChanged(tr("All"));
  else if (minutes == 0)
    Q_EMIT rangeChanged(tr("%L1 s").arg(std::chrono::round<std::chrono::seconds>(length).count()));
  else if (minutes % 60 == 0 || minutes >= 600)
    Q_EMIT rangeChanged(tr("%L1 h").arg((minutes + 30) / 60));
  else
    Q_EMIT rangeChanged(tr("%L1 min").arg(minutes));
}

void HistoryChart::showLast(std::chrono::minutes length) {
  if (length.count() == 0)
    return setRange(std::nullopt, false);
  if (!m_cursor)
    return setRange(TimeRange{m_whole.until - length, m_whole.until}, true);
  const auto from = std::clamp(*m_cursor - length / 2, m_whole.from, std::max(m_whole.from, m_whole.until - length));
  setRange(TimeRange{from, from + length}, false);
}

void HistoryChart::zoom(double factor, double x) {
  x = std::clamp(x - historyLeft, 0.0, m_scale.width());
  TimeRange range{m_scale.timeAt(x - x / factor), m_scale.timeAt(x + (m_scale.width() - x) / factor)};
  if (range.until - range.from < shortestRange)
    return;
  range = {std::max(range.from, m_whole.from), std::min(range.until, m_whole.until)};
  const auto onePixel = m_scale.timeAt(m_scale.width()) - m_scale.timeAt(m_scale.width() - 1);
  if (factor < 1 && range.from <= m_whole.from && range.until >= m_whole.until)
    return setRange(std::nullopt, false);
  setRange(range, range.until + onePixel >= m_whole.until);
}

QSize HistoryChart::plotSize() const {
  return {width(), std::max(10, height() - m_scrubber->height())};
}

void HistoryChart::refreshScale() {
  m_scale = TimeScale(m_overview.spans, shownRange(), HistoryPicture::plotOf(plotSize()).width());
  m_series = seriesOf(m_databases, m_scale);
  const QFontMetricsF metrics(HistoryPicture::labelFont());
  m_marks = marksOf(
      m_overview.events, m_scale,
      [&](const std::string& text) { return metrics.horizontalAdvance(QString::fromStdString(text)) + 2; },
      widestLabel);
  m_scrubber->setScale(m_scale, m_live && (!m_range || m_follows));
  m_stale = true;
  update();
}

void HistoryChart::redraw() {
  m_stale = true;
  update();
}

void HistoryChart::setTheme(const Theme& theme) {
  m_theme = theme;
  m_scrubber->setTheme(theme);
  redraw();
}

void HistoryChart::setSelection(const Selection& selection) {
  const auto database = selection.database.toStdString();
  const bool known = std::ranges::any_of(m_databases, [&](const auto& one) { return one.database == database; });
  if (const std::string selected = known ? database : std::string(); selected != m_selected) {
    m_selected = selected;
    redraw();
  }
}

void HistoryChart::setCursor(std::optional<UtcTime> at) {
  if (at == m_cursor)
    return;
  update(cursorRect());
  m_cursor = at;
  update(cursorRect());
  m_scrubber->setCursor(at);
  const auto shown = shownRange();
  if (m_range && at && (*at < shown.from || *at > shown.until)) { // the view goes along
    const auto length = shown.until - shown.from;
    const auto from = std::clamp(*at - length / 2, m_whole.from, std::max(m_whole.from, m_whole.until - length));
    setRange(TimeRange{from, from + length}, false);
  } else if (m_range && !at && !m_follows) {
    setRange(TimeRange{m_whole.until - (shown.until - shown.from), m_whole.until}, true);
  }
}

void HistoryChart::moveTo(std::optional<UtcTime> at) {
  if (!at && m_range && !m_follows) // the right end of what is shown is not the present
    at = shownRange().until;
  setCursor(at);
  if (at)
    Q_EMIT scrubbed(*at);
  else
    Q_EMIT liveRequested();
}

QRect HistoryChart::cursorRect() const {
  if (!m_cursor)
    return {};
  const double x = historyLeft + m_scale.xOf(*m_cursor);
  return QRectF(x - 6, 0, 12, plotSize().height() + 1.0).toAlignedRect();
}

void HistoryChart::drawCursor(QPainter& painter) const {
  const QRectF plot = HistoryPicture::plotOf(plotSize());
  const double x = plot.left() + m_scale.xOf(*m_cursor);
  if (x < plot.left() - 1 || x > plot.right() + 1)
    return;
  painter.setPen(QPen(m_theme.accent, 1.5));
  painter.drawLine(QPointF(x, plot.top() - 4), QPointF(x, plot.bottom() + 4));
  const double column = x - plot.left();
  const auto watched = std::ranges::any_of(m_scale.stretches(), [&](const Stretch& stretch) {
    return stretch.watched && stretch.left <= column && column <= stretch.right;
  });
  for (std::size_t i = 0; watched && i < m_databases.size(); ++i) {
    const auto& database = m_databases[i];
    const auto* point = pointAt(database, *m_cursor);
    if (!point || !point->users || (database.unreached && *m_cursor >= *database.unreached))
      continue;
    painter.setPen(QPen(m_theme.pane, 1.5));
    painter.setBrush(lineColor(m_theme, database.database, m_selected));
    painter.drawEllipse(QPointF(x, m_picture.yOf(static_cast<double>(*point->users)) - lineOffset(i)), 4, 4);
  }
}

void HistoryChart::paintEvent(QPaintEvent* event) {
  if (m_stale || m_drawn.devicePixelRatio() != devicePixelRatioF()) {
    m_drawn = m_picture.draw({m_scale, m_series, m_marks, m_overview.events, m_theme, m_selected}, plotSize(),
                             devicePixelRatioF());
    m_stale = false;
    ++m_pictures;
  }
  QPainter painter(this);
  const QRectF rect = event->rect();
  const double ratio = m_drawn.devicePixelRatio();
  painter.drawPixmap(rect, m_drawn, QRectF(rect.topLeft() * ratio, rect.size() * ratio));
  painter.setRenderHint(QPainter::Antialiasing);
  if (m_cursor)
    drawCursor(painter);
}

void HistoryChart::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int tall = m_scrubber->sizeHint().height();
  m_scrubber->setGeometry(0, height() - tall, width(), tall);
  refreshScale();
}

} // namespace whichbase::ui
