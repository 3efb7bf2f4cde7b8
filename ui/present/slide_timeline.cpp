#include "present/slide_timeline.h"

#include "chart/round_numbers.h"
#include "model/history_series.h"
#include "style/marks.h"

#include <QFontMetricsF>

#include <algorithm>

namespace whichbase::ui {

namespace {

constexpr double badge = 48;

struct Plot {
  QRectF rect;
  double top = 1; // users at the upper edge
  std::int64_t step = 1;
  QPointF at(const PlotPoint& point) const {
    return {rect.left() + point.x, rect.bottom() - point.users / top * rect.height()};
  }
};

void paintGround(const SlideBrush& brush, const Plot& plot, const TimeScale& scale) {
  const auto& theme = brush.theme();
  auto& painter = brush.painter();
  for (std::int64_t users = 0; users <= static_cast<std::int64_t>(plot.top); users += plot.step) {
    const double y = plot.at({0, static_cast<double>(users)}).y();
    painter.setPen(QPen(theme.border, 2));
    painter.drawLine(QPointF(plot.rect.left(), y), QPointF(plot.rect.right(), y));
    brush.line(QRectF(plot.rect.left() - 150, y - 20, 130, 40), shortNumber(users), leastSlideText, theme.secondaryText,
               QFont::Normal, Qt::AlignRight);
  }
  for (const auto& tick : scale.ticks(240)) {
    const double x = std::clamp(plot.rect.left() + tick.x, plot.rect.left() + 60, plot.rect.right() - 60);
    brush.line(QRectF(x - 100, plot.rect.bottom() + 8, 200, 36), QString::fromStdString(tick.text), leastSlideText,
               theme.secondaryText, QFont::Normal, Qt::AlignHCenter);
  }
}

// Lines of equal numbers stand beside each other, not upon each other.
void paintLine(const SlideBrush& brush, const Plot& plot, const Line& line, std::size_t place) {
  constexpr double apart = 7;
  const QPointF beside(0, -apart * static_cast<double>(place % 4));
  const QColor color = brush.theme().database(line.database);
  auto& painter = brush.painter();
  painter.setBrush(Qt::NoBrush);
  for (const auto& run : line.runs) {
    QPen pen(color, 6);
    if (run.estimate)
      pen.setStyle(Qt::DashLine);
    painter.setPen(pen);
    QPolygonF points;
    for (const auto& point : run.points)
      points << plot.at(point) + beside;
    painter.drawPolyline(points);
  }
}

// Letters where the lines end, one below the other where lines end at the same height.
void paintLetters(const SlideBrush& brush, const Plot& plot, const HistorySeries& series) {
  std::vector<std::pair<QPointF, const Line*>> ends;
  for (const auto& line : series.lines)
    if (!line.runs.empty() && !line.runs.back().points.empty())
      ends.emplace_back(plot.at(line.runs.back().points.back()), &line);
  std::ranges::stable_sort(ends, {}, [](const auto& each) { return each.first.y(); });
  double y = plot.rect.top() - badge;
  for (const auto& [end, line] : ends) {
    y = std::max(end.y() - badge / 2, y + badge + 6);
    if (y + badge > plot.rect.bottom() + badge)
      break;
    const auto& theme = brush.theme();
    paintBadge(brush.painter(), QRectF(end.x() + 18, y, badge, badge), line->database, theme.database(line->database),
               theme.onDatabase(line->database));
  }
}

} // namespace

bool hasTimeline(const history::Overview& overview) {
  return overview.points.size() > 1 && overview.points.front().at < wholeRange(overview).until;
}

void paintTimeline(const SlideBrush& brush, const history::Overview& overview, const QRectF& area) {
  Plot plot;
  plot.rect = area.adjusted(160, 24, -badge - 24, -48);
  const TimeScale scale(overview.spans, wholeRange(overview), plot.rect.width());
  const auto series = seriesOf(pointsByDatabase(overview), scale);
  plot.step = niceStep(std::max<std::int64_t>(1, series.greatest));
  plot.top = static_cast<double>((std::max<std::int64_t>(1, series.greatest) + plot.step - 1) / plot.step * plot.step);
  paintGround(brush, plot, scale);
  for (std::size_t i = 0; i < series.lines.size(); ++i)
    paintLine(brush, plot, series.lines[i], i);
  paintLetters(brush, plot, series);
}

} // namespace whichbase::ui
