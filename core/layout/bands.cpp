#include "layout/bands.h"

#include "layout/placement.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace whichbase::layout {

namespace {

constexpr double leastCardWidth = 168;
constexpr double leastCardAbove = 232; // a card in one row with its servers is not made narrower than this
constexpr double leastServerWidth = 150;
constexpr double bestServerWidth = 200;
constexpr std::size_t mostRowsBeside = 3; // databases share a band while none has more rows of servers than this

double blockWidth(std::size_t count, double each, double gap) {
  return count == 0 ? 0 : static_cast<double>(count) * each + static_cast<double>(count - 1) * gap;
}

double sumOf(const std::vector<double>& widths, double gap) {
  double sum = widths.empty() ? 0 : gap * static_cast<double>(widths.size() - 1);
  for (const double width : widths)
    sum += width;
  return sum;
}

// Lets widths grow alike towards what each one wants, within `room` for their sum.
void grow(std::vector<double>& widths, const std::vector<double>& wants, double room) {
  room -= sumOf(widths, 0);
  while (room >= 1) {
    std::size_t hungry = 0;
    for (std::size_t i = 0; i < widths.size(); ++i)
      hungry += widths[i] + 0.5 < wants[i] ? 1 : 0;
    if (hungry == 0)
      return;
    const double share = room / static_cast<double>(hungry);
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const double more = std::clamp(wants[i] - widths[i], 0.0, share);
      widths[i] += more;
      room -= more;
    }
  }
}

double columnsWidth(const Band& band) {
  double total = cardGap * static_cast<double>(band.columns.size() - 1);
  for (const Column& column : band.columns)
    total +=
        std::max(leastCardWidth, blockWidth(std::min(column.perRow, column.units.size()), leastServerWidth, laneGap));
  return total;
}

// Decides how many servers stand beside each other in each column; false where even one a column is too wide.
bool arrange(Band& band, bool hasStacks, double available) {
  if (blockWidth(band.columns.size(), leastCardWidth, cardGap) > available)
    return false;
  band.gap = hasStacks ? laneGap : tightGap;
  band.oneRow = blockWidth(band.servers(), leastServerWidth, band.gap) <= available;
  for (Column& column : band.columns)
    column.perRow = band.oneRow ? std::max<std::size_t>(1, column.units.size()) : 1;
  if (band.oneRow)
    return true;
  band.gap = laneGap;
  while (true) {
    Column& tallest = *std::ranges::max_element(band.columns, {}, &Column::rows);
    if (tallest.rows() <= 1)
      return true;
    ++tallest.perRow;
    if (columnsWidth(band) > available) {
      --tallest.perRow;
      return true;
    }
  }
}

void growColumns(Band& band, const std::vector<double>& wants, double available) {
  std::vector<double> widths;
  for (const Column& column : band.columns)
    widths.push_back(column.width);
  grow(widths, wants, available - cardGap * static_cast<double>(band.columns.size() - 1));
  for (std::size_t i = 0; i < widths.size(); ++i)
    band.columns[i].width = std::floor(widths[i]);
}

// Rows are balanced, and what room is left makes cards and servers wider.
void sizeRows(Band& band, double available) {
  std::vector<double> wants;
  for (Column& column : band.columns) {
    const std::size_t perRow = column.units.empty() ? 1 : (column.units.size() + column.rows() - 1) / column.rows();
    column.perRow = perRow;
    const std::size_t beside = std::min(perRow, column.units.size());
    column.width = std::max(leastCardWidth, blockWidth(beside, leastServerWidth, band.gap));
    wants.push_back(std::max(bestCardWidth, blockWidth(beside, bestServerWidth, band.gap)));
  }
  growColumns(band, wants, available);
  for (Column& column : band.columns) {
    const auto beside = static_cast<double>(std::min(column.perRow, column.units.size()));
    const double each = beside == 0 ? 0 : std::floor((column.width - (beside - 1) * band.gap) / beside);
    column.serverWidths.assign(column.units.size(), std::min(bestServerWidth, each));
  }
}

// Every server as wide as its texts want, as far as there is room; columns where they fit, else cards and servers
// apart.
void sizeOneRow(Band& band, const Things& things, double available) {
  std::vector<double> wants;
  for (const Column& column : band.columns)
    for (const std::size_t unit : column.units)
      wants.push_back(std::clamp(things.serverWants[unit], leastServerWidth, bestServerWidth));
  std::vector<double> widths(wants.size(), leastServerWidth);
  const double gaps = band.gap * static_cast<double>(widths.empty() ? 0 : widths.size() - 1);
  grow(widths, wants, available - gaps);
  std::vector<double> columnWants(band.columns.size(), bestCardWidth);
  double total = cardGap * static_cast<double>(band.columns.size() - 1);
  std::size_t next = 0;
  for (Column& column : band.columns) {
    for (std::size_t i = 0; i < column.units.size(); ++i)
      column.serverWidths.push_back(std::floor(widths[next++]));
    column.width = std::max(leastCardAbove, sumOf(column.serverWidths, band.gap));
    total += column.width;
  }
  band.aboveOwn = total <= available;
  const auto cards = static_cast<double>(band.columns.size());
  band.cardWidth = std::floor(std::min(bestCardWidth, (available - cardGap * (cards - 1)) / cards));
  if (band.aboveOwn)
    growColumns(band, columnWants, available);
}

} // namespace

std::size_t Band::servers() const {
  std::size_t count = 0;
  for (const Column& column : columns)
    count += column.units.size();
  return count;
}

std::size_t Band::rows() const {
  std::size_t most = 0;
  for (const Column& column : columns)
    most = std::max(most, column.rows());
  return most;
}

std::vector<Band> bandsOf(const Things& things, double available) {
  std::vector<Column> columns(things.cardLines.size());
  for (std::size_t i = 0; i < columns.size(); ++i)
    columns[i].card = i;
  for (const std::size_t unit : things.order)
    if (things.home[unit])
      columns[*things.home[unit]].units.push_back(unit);
  std::vector<Band> bands;
  for (Column& column : columns) {
    if (!bands.empty()) {
      Band wider = bands.back();
      wider.columns.push_back(column);
      if (arrange(wider, things.hasStacks, available) &&
          wider.rows() <= std::max(mostRowsBeside, bands.back().rows())) {
        bands.back() = std::move(wider);
        continue;
      }
    }
    bands.emplace_back().columns.push_back(std::move(column));
    arrange(bands.back(), things.hasStacks, available);
  }
  for (Band& band : bands) {
    if (band.oneRow)
      sizeOneRow(band, things, available);
    else
      sizeRows(band, available);
  }
  return bands;
}

} // namespace whichbase::layout
