#include "layout/placement.h"

#include "layout/bands.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace whichbase::layout {

namespace {

constexpr double margin = 16;
constexpr double topMargin = 8;
constexpr double serverHeight = 74;
constexpr double rowGap = 18;
constexpr double edgeHeight = 130;     // between cards and servers
constexpr double shortEdgeHeight = 96; // in the narrow panes of small windows, which are low, too
constexpr double narrowPane = 460;
constexpr double bandGap = 44;
constexpr double captionHeight = 40;
constexpr double leastNotReachedWidth = 240;
constexpr double bestNotReachedWidth = 300;
constexpr double tallestShape = 2.4; // height to width; a taller diagram becomes wider than its pane

double rowsHeight(std::size_t rows) {
  return rows == 0 ? 0 : static_cast<double>(rows) * (serverHeight + rowGap) - rowGap;
}

// Places one band after the other, from the top.
class Placer {
public:
  Placer(const Things& things, double width) : m_things(things), m_available(width - 2 * margin) {
    m_result.width = width;
    m_result.cards.resize(things.cardLines.size());
    m_result.servers.resize(things.home.size());
    m_result.notReached.resize(things.home.size());
  }

  Placement run() {
    const auto bands = bandsOf(m_things, m_available);
    for (const Band& band : bands) {
      if (&band != &bands.front())
        m_y += bandGap;
      placeBand(band);
    }
    placeNotReached();
    m_result.height = m_y + margin;
    return std::move(m_result);
  }

private:
  double cardHeight(const Band& band) const {
    std::size_t lines = 2;
    for (const Column& column : band.columns)
      lines = std::max(lines, m_things.cardLines[column.card]);
    return cardHeadHeight + cardLineHeight * static_cast<double>(lines);
  }

  void placeBand(const Band& band) {
    const double height = cardHeight(band);
    m_rowsTop = m_y + height + (m_result.width < narrowPane ? shortEdgeHeight : edgeHeight);
    if (band.aboveOwn)
      placeColumns(band, height);
    else
      placeApart(band, height);
    m_y = band.rows() == 0 ? m_y + height : m_rowsTop + rowsHeight(band.rows());
  }

  // Every card stands centred above its own servers.
  void placeColumns(const Band& band, double height) {
    double total = cardGap * static_cast<double>(band.columns.size() - 1);
    for (const Column& column : band.columns)
      total += column.width;
    const double extra =
        std::floor(std::min(56.0, (m_available - total) / static_cast<double>(band.columns.size() + 1)));
    double x = std::floor(margin + (m_available - total - extra * static_cast<double>(band.columns.size() - 1)) / 2);
    for (const Column& column : band.columns) {
      const double cardWidth = std::min(bestCardWidth, column.width);
      m_result.cards[column.card] = {x + std::floor((column.width - cardWidth) / 2), m_y, cardWidth, height};
      placeServers(column, x, band.gap);
      x += column.width + cardGap + extra;
    }
  }

  void placeServers(const Column& column, double columnX, double gap) {
    double left = 0;
    double x = 0;
    for (std::size_t i = 0; i < column.units.size(); ++i) {
      const double width = column.serverWidths[i];
      if (i == 0)
        left = columnX + std::floor((column.width - firstRowWidth(column, gap)) / 2);
      if (i % column.perRow == 0)
        x = left;
      placeServer(column.units[i], x, i / column.perRow, width, gap);
      x += width + gap;
    }
  }

  static double firstRowWidth(const Column& column, double gap) {
    double width = -gap;
    for (std::size_t i = 0; i < std::min(column.perRow, column.units.size()); ++i)
      width += column.serverWidths[i] + gap;
    return width;
  }

  // Servers stand side by side, a little apart between databases, and every card as near above its own as its
  // neighbours let it.
  void placeApart(const Band& band, double height) {
    const auto cards = static_cast<double>(band.columns.size());
    double servers = band.gap * static_cast<double>(band.servers() - 1);
    for (const Column& column : band.columns)
      for (const double width : column.serverWidths)
        servers += width;
    const double extra = std::floor(std::min(40.0, (m_available - servers) / cards));
    double x = std::floor(margin + (m_available - servers - extra * (cards - 1)) / 2);
    std::vector<double> lefts;
    for (const Column& column : band.columns) {
      const double start = x;
      for (std::size_t i = 0; i < column.units.size(); ++i) {
        placeServer(column.units[i], x, 0, column.serverWidths[i], band.gap);
        x += column.serverWidths[i] + band.gap;
      }
      const double group = std::max(0.0, x - start - band.gap);
      lefts.push_back(start + std::floor((group - band.cardWidth) / 2));
      x += extra;
    }
    placeCardsNear(band, std::move(lefts), height);
  }

  void placeCardsNear(const Band& band, std::vector<double> lefts, double height) {
    double least = margin;
    for (double& left : lefts) {
      left = std::max(left, least);
      least = left + band.cardWidth + cardGap;
    }
    double most = margin + m_available - band.cardWidth;
    for (std::size_t i = lefts.size(); i-- > 0;) {
      lefts[i] = std::min(lefts[i], most);
      most = lefts[i] - band.cardWidth - cardGap;
      m_result.cards[band.columns[i].card] = {lefts[i], m_y, band.cardWidth, height};
    }
  }

  void placeServer(std::size_t unit, double x, std::size_t row, double width, double gap) {
    ServerPlace& server = m_result.servers[unit];
    server.rect = {x, m_rowsTop + static_cast<double>(row) * (serverHeight + rowGap), width, serverHeight};
    server.laneX = x + width + gap - 5;
    server.rowsTop = m_rowsTop;
    server.row = row;
  }

  void placeNotReached() {
    if (m_things.notReached.empty())
      return;
    m_result.caption = {margin, m_y + captionHeight - 14};
    const double top = m_y + captionHeight;
    const auto perRow =
        std::max<std::size_t>(1, static_cast<std::size_t>((m_available + cardGap) / (leastNotReachedWidth + cardGap)));
    const double each = std::floor(std::min(
        bestNotReachedWidth, (m_available - cardGap * static_cast<double>(perRow - 1)) / static_cast<double>(perRow)));
    for (std::size_t i = 0; i < m_things.notReached.size(); ++i)
      m_result.notReached[m_things.notReached[i]] = {margin + static_cast<double>(i % perRow) * (each + cardGap),
                                                     top + static_cast<double>(i / perRow) * (serverHeight + rowGap),
                                                     each, serverHeight};
    m_y = top + rowsHeight((m_things.notReached.size() + perRow - 1) / perRow);
  }

  const Things& m_things;
  double m_available;
  double m_y = topMargin;
  double m_rowsTop = 0; // of the band being placed
  Placement m_result;
};

} // namespace

Placement place(const Things& things, double width) {
  width = std::floor(std::max(width, 2 * margin + leastNotReachedWidth));
  Placement placement = Placer(things, width).run();
  for (int attempt = 0; attempt < 3 && placement.height > tallestShape * std::max(width, 640.0); ++attempt) {
    width = std::floor(width * std::sqrt(placement.height / width / 1.4));
    placement = Placer(things, width).run();
  }
  return placement;
}

} // namespace whichbase::layout
