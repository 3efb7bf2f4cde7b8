// Draws a history's lines, marks and axis into a picture, once for every change of what is shown: a cursor that moves
// over it repaints nothing else.
#pragma once

#include "chart/history_lines.h"
#include "model/history_marks.h"
#include "model/history_series.h"
#include "style/theme.h"

#include <QPixmap>
#include <QRectF>

namespace whichbase::ui {

// Space beside the lines, in pixels: numbers at the left, letters of the lines at the right.
constexpr double historyLeft = 40;
constexpr double historyRight = 24;

struct HistoryDrawing {
  const TimeScale& scale;
  const HistorySeries& series;
  const std::vector<EventMark>& marks;
  const std::vector<history::Event>& events;
  const Theme& theme;
  std::string selected; // a database's id; the others fade
};

class HistoryPicture {
public:
  // Where the lines are, in a widget of that size.
  static QRectF plotOf(const QSizeF& size);
  static QFont labelFont();
  QPixmap draw(const HistoryDrawing& drawing, const QSize& size, double pixelRatio);
  // The y of that number in the picture drawn last.
  double yOf(double users) const;

private:
  HistoryLines m_lines;
  QRectF m_plot;
  double m_top = 1;
};

} // namespace whichbase::ui
