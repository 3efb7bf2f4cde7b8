// The lines of a history's picture, by Qt Charts: a chart that no view shows, drawn where it is asked to.
#pragma once

#include "model/history_series.h"
#include "style/theme.h"

#include <QRectF>

#include <memory>
#include <string>

class QPainter;

namespace whichbase::ui {

class HistoryLines {
public:
  HistoryLines();
  ~HistoryLines();

  // `width` and `top`: what the plot is wide and high, in the series' values.
  void draw(QPainter& painter, const HistorySeries& series, const Theme& theme, const std::string& selected,
            const QRectF& plot, double width, double top);

private:
  class Chart;
  std::unique_ptr<Chart> m_chart;
};

// The lines' colour when a database is selected, and when not.
QColor lineColor(const Theme& theme, const std::string& database, const std::string& selected);
// Lines of equal numbers stand beside each other, not upon each other: pixels up from where the number is.
double lineOffset(std::size_t line);

} // namespace whichbase::ui
