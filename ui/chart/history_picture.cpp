#include "chart/history_picture.h"

#include "chart/round_numbers.h"
#include "diagram/look.h"
#include "style/marks.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace whichbase::ui {

namespace {

constexpr double labelRow = 20;
constexpr double badge = 15;

void drawUnwatched(QPainter& painter, const HistoryDrawing& drawing, const QRectF& plot) {
  painter.setFont(textFont(11));
  for (const auto& stretch : drawing.scale.stretches()) {
    if (stretch.watched)
      continue;
    const QRectF rect(plot.left() + stretch.left, plot.top(), stretch.right - stretch.left, plot.height());
    painter.fillRect(rect, mixed(drawing.theme.pane, drawing.theme.button, 0.7));
    painter.fillRect(rect, QBrush(drawing.theme.border, Qt::BDiagPattern));
    const QString text = QString::fromStdString(topology::toDuration(stretch.time.until - stretch.time.from));
    const QRectF around = painter.fontMetrics().boundingRect(text).toRectF();
    if (around.width() + 10 > plot.height() || around.height() > rect.width())
      continue;
    painter.save(); // upwards, in the middle, on ground of its own
    painter.translate(rect.center());
    painter.rotate(-90);
    const QRectF ground(-around.width() / 2 - 4, -8, around.width() + 8, 16);
    painter.fillRect(ground, drawing.theme.pane);
    painter.setPen(drawing.theme.secondaryText);
    painter.drawText(ground, Qt::AlignCenter, text);
    painter.restore();
  }
}

void drawNumbers(QPainter& painter, const HistoryDrawing& drawing, const QRectF& plot, double top) {
  painter.setFont(textFont(12));
  const auto step = niceStep(std::max<std::int64_t>(drawing.series.greatest, 1));
  double free = plot.bottom() + 100;
  for (std::int64_t value = 0; static_cast<double>(value) <= top; value += step) {
    const double y = std::round(plot.bottom() - static_cast<double>(value) / top * plot.height()) + 0.5;
    painter.setPen(drawing.theme.border);
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    if (y + 8 > free) // low: some lines go without
      continue;
    free = y - 8;
    painter.setPen(drawing.theme.secondaryText);
    painter.drawText(QRectF(0, y - 9, historyLeft - 9, 18), Qt::AlignRight | Qt::AlignVCenter, shortNumber(value));
  }
}

void drawMarks(QPainter& painter, const HistoryDrawing& drawing, const QRectF& plot) {
  painter.setFont(HistoryPicture::labelFont());
  for (const auto& mark : drawing.marks) {
    const double x = plot.left() + mark.x + 0.5;
    const auto& event = drawing.events[mark.event];
    if (!mark.labelled) {
      painter.setPen(QPen(drawing.theme.secondaryText, 1));
      painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.top() + (event.isMajor() ? 7 : 4)));
      continue;
    }
    painter.setPen(QPen(drawing.theme.secondaryText, 1.4, Qt::DotLine));
    painter.drawLine(QPointF(x, plot.top() - labelRow + 4), QPointF(x, plot.bottom()));
    painter.setPen(drawing.theme.secondaryText);
    const QRectF place(plot.left() + mark.labelLeft, plot.top() - labelRow, mark.labelWidth + 1, labelRow - 3);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(QString::fromStdString(labelOf(event)), Qt::ElideRight,
                                                      static_cast<int>(std::ceil(mark.labelWidth))));
  }
}

// "A not reached since 14:20" at the end of its line: below it, or above, or left of the end; nowhere rather than over
// another one.
void drawEnds(QPainter& painter, const HistoryDrawing& drawing, const QRectF& plot, const HistoryPicture& picture) {
  painter.setFont(textFont(11.5, QFont::DemiBold));
  std::vector<QRectF> taken;
  const auto free = [&](const QRectF& rect) {
    return plot.contains(rect) && std::ranges::none_of(taken, [&](const QRectF& one) { return one.intersects(rect); });
  };
  for (std::size_t i = 0; i < drawing.series.lines.size(); ++i) {
    const auto& line = drawing.series.lines[i];
    if (!line.end)
      continue;
    const QPointF at(plot.left() + line.end->at.x, picture.yOf(line.end->at.users) - lineOffset(i));
    const QColor color = lineColor(drawing.theme, line.database, drawing.selected);
    painter.setPen(QPen(color, 2));
    painter.drawLine(QPointF(at.x(), at.y() - 5), QPointF(at.x(), at.y() + 5));
    const QString text = QString::fromStdString(line.end->text);
    const QSizeF size(painter.fontMetrics().horizontalAdvance(text) + 2.0, 16);
    for (const auto& corner : {QPointF(at.x() + 6, at.y() + 6), QPointF(at.x() - size.width() - 6, at.y() + 6),
                               QPointF(at.x() + 6, at.y() - 22), QPointF(at.x() - size.width() - 6, at.y() - 22)}) {
      const QRectF rect(corner, size);
      if (!free(rect))
        continue;
      painter.fillRect(rect, drawing.theme.pane);
      painter.setPen(drawing.theme.database(line.database));
      painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, text);
      taken.push_back(rect);
      break;
    }
  }
}

// The letters of the lines that reach the right end, moved apart where their numbers are alike.
void drawLetters(QPainter& painter, const HistoryDrawing& drawing, const QRectF& plot, const HistoryPicture& picture) {
  struct Letter {
    double y;
    const Line* line;
  };
  std::vector<Letter> letters;
  for (std::size_t i = 0; i < drawing.series.lines.size(); ++i)
    if (const auto& line = drawing.series.lines[i]; line.last)
      letters.push_back({picture.yOf(*line.last) - lineOffset(i), &line});
  std::ranges::sort(letters, std::greater(), &Letter::y);
  const double highest = 0;
  double below = plot.bottom() + 4; // lower edge of the next one
  for (auto& letter : letters) {
    const double top = std::min(letter.y - badge / 2, below - badge);
    if (top < highest)
      break; // no room for more
    const QRectF square(plot.right() + 6, top, badge, badge);
    const std::string& id = letter.line->database; // readable also while another one is chosen
    paintBadge(painter, square, id, drawing.theme.database(id), drawing.theme.onDatabase(id));
    below = top - 1;
  }
}

} // namespace

QRectF HistoryPicture::plotOf(const QSizeF& size) {
  return {historyLeft, labelRow + 2, std::max(10.0, size.width() - historyLeft - historyRight),
          std::max(10.0, size.height() - labelRow - 11)};
}

QFont HistoryPicture::labelFont() {
  return textFont(12);
}

double HistoryPicture::yOf(double users) const {
  return m_plot.bottom() - users / m_top * m_plot.height();
}

QPixmap HistoryPicture::draw(const HistoryDrawing& drawing, const QSize& size, double pixelRatio) {
  QPixmap pixmap(size * pixelRatio);
  pixmap.setDevicePixelRatio(pixelRatio);
  pixmap.fill(Qt::transparent);
  m_plot = plotOf(size);
  const auto greatest = std::max<std::int64_t>(drawing.series.greatest, 1);
  m_top = static_cast<double>(std::max(greatest, niceStep(greatest))) * 1.08; // lines do not touch the labels
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  drawUnwatched(painter, drawing, m_plot);
  drawNumbers(painter, drawing, m_plot, m_top);
  m_lines.draw(painter, drawing.series, drawing.theme, drawing.selected, m_plot, drawing.scale.width(), m_top);
  drawMarks(painter, drawing, m_plot);
  drawEnds(painter, drawing, m_plot, *this);
  drawLetters(painter, drawing, m_plot, *this);
  return pixmap;
}

} // namespace whichbase::ui
