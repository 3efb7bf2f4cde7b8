#include "chart/history_chart.h"

namespace whichbase::ui {

HistoryChart::HistoryChart(QWidget* parent) : QWidget(parent) {}
HistoryChart::~HistoryChart() = default;
void HistoryChart::setOverview(const history::Overview&, bool) {}
void HistoryChart::setCursor(std::optional<topology::UtcTime>) {}
void HistoryChart::setTheme(const Theme&) {}
void HistoryChart::setSelection(const Selection&) {}
void HistoryChart::showLast(std::chrono::minutes) {}

} // namespace whichbase::ui
