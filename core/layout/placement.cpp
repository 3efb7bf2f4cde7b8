#include "layout/placement.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace whichbase::layout {

namespace {

constexpr double margin = 16;
constexpr double topMargin = 8;
constexpr double cardGap = 16;
constexpr double leastCardWidth = 168;
constexpr double bestCardWidth = 264;
constexpr double leastServerWidth = 150;
constexpr double bestServerWidth = 170;
constexpr double serverHeight = 74;
constexpr double serverGap = 16;       // wide enough for a stack's back cards and for the lane of the rows below
constexpr double tightGap = 8;         // where there are neither
constexpr double leastCardAbove = 232; // a card grouped with its servers is not made narrower than this
constexpr double rowGap = 18;
constexpr double edgeHeight = 130; // between cards and servers
constexpr double bandGap = 44;
constexpr double captionHeight = 40;
constexpr double leastNotReachedWidth = 240;
constexpr double bestNotReachedWidth = 300;
constexpr double tallestShape = 2.4;      // height to width; a taller diagram becomes wider than its pane
constexpr std::size_t mostRowsBeside = 3; // databases share a band while none has more rows of servers than this

double blockWidth(std::size_t count, double each, double gap) {
  return count == 0 ? 0 : static_cast<double>(count) * each + static_cast<double>(count - 1) * gap;
}

std::size_t rowsFor(std::size_t servers, std::size_t perRow) {
  return servers == 0 ? 0 : (servers + perRow - 1) / perRow;
}

// A database with the servers below it.
struct Column {
  std::size_t card = 0;
  std::vector<std::size_t> units;
  std::size_t perRow = 1;
  double width = 0;
  std::size_t rows() const { return rowsFor(units.size(), perRow); }
};

struct Band {
  std::vector<Column> columns;
  bool oneRow = false; // all servers in one row
  std::size_t servers() const {
    std::size_t count = 0;
    for (const Column& column : columns)
      count += column.units.size();
    return count;
  }
  std::size_t rows() const {
    std::size_t most = 0;
    for (const Column& column : columns)
      most = std::max(most, column.rows());
    return most;
  }
};

double columnsWidth(const Band& band, double serverWidth) {
  double total = cardGap * static_cast<double>(band.columns.size() - 1);
  for (const Column& column : band.columns)
    total += std::max(leastCardWidth, blockWidth(std::min(column.perRow, column.units.size()), serverWidth, serverGap));
  return total;
}

// Decides how many servers stand beside each other in each column; false where even one a column is too wide.
bool arrange(Band& band, double available) {
  const std::size_t servers = band.servers();
  if (blockWidth(band.columns.size(), leastCardWidth, cardGap) > available)
    return false;
  band.oneRow = blockWidth(servers, leastServerWidth, serverGap) <= available;
  for (Column& column : band.columns)
    column.perRow = band.oneRow ? std::max<std::size_t>(1, column.units.size()) : 1;
  if (band.oneRow)
    return true;
  while (true) {
    Column& tallest = *std::ranges::max_element(band.columns, {}, [](const Column& c) { return c.rows(); });
    if (tallest.rows() <= 1)
      return true;
    ++tallest.perRow;
    if (columnsWidth(band, leastServerWidth) > available) {
      --tallest.perRow;
      return true;
    }
  }
}

std::vector<Band> bandsOf(std::vector<Column> columns, double available) {
  std::vector<Band> bands;
  for (Column& column : columns) {
    if (!bands.empty()) {
      Band wider = bands.back();
      wider.columns.push_back(column);
      if (arrange(wider, available) && wider.rows() <= std::max(mostRowsBeside, bands.back().rows())) {
        bands.back() = std::move(wider);
        continue;
      }
    }
    bands.emplace_back().columns.push_back(std::move(column));
    arrange(bands.back(), available);
  }
  return bands;
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
    const auto bands = bandsOf(columns(), m_available);
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
  std::vector<Column> columns() const {
    std::vector<Column> result(m_things.cardLines.size());
    for (std::size_t i = 0; i < result.size(); ++i)
      result[i].card = i;
    for (const std::size_t unit : m_things.order)
      if (m_things.home[unit])
        result[*m_things.home[unit]].units.push_back(unit);
    return result;
  }

  double cardHeight(const Band& band) const {
    std::size_t lines = 2;
    for (const Column& column : band.columns)
      lines = std::max(lines, m_things.cardLines[column.card]);
    return cardHeadHeight + cardLineHeight * static_cast<double>(lines);
  }

  void placeBand(Band band) {
    const double height = cardHeight(band);
    const double rowsTop = m_y + height + edgeHeight;
    m_gap = band.oneRow && !m_things.hasStacks ? tightGap : serverGap;
    const double serverWidth = chooseServerWidth(band);
    double cardWidth = bestCardWidth;
    double total = setWidths(band, cardWidth, serverWidth);
    const double narrowest = band.oneRow ? leastCardAbove : leastCardWidth;
    while (total > m_available && cardWidth > narrowest) {
      cardWidth = std::max(narrowest, cardWidth - 8);
      total = setWidths(band, cardWidth, serverWidth);
    }
    if (total <= m_available)
      placeColumns(band, total, cardWidth, height, serverWidth, rowsTop);
    else
      placeApart(band, height, serverWidth, rowsTop);
    m_y = band.rows() == 0 ? m_y + height : rowsTop + blockWidth(band.rows(), serverHeight, rowGap);
  }

  // Every column as wide as its card or its servers need; returns the width of all.
  double setWidths(Band& band, double cardWidth, double serverWidth) const {
    double total = cardGap * static_cast<double>(band.columns.size() - 1);
    for (Column& column : band.columns) {
      column.width = std::max(cardWidth, blockWidth(std::min(column.perRow, column.units.size()), serverWidth, m_gap));
      total += column.width;
    }
    return total;
  }

  // The widest up to the best that needs no more rows than the narrowest.
  double chooseServerWidth(const Band& band) const {
    for (double width = bestServerWidth; width > leastServerWidth; width -= 5)
      if (band.oneRow ? blockWidth(band.servers(), width, m_gap) <= m_available
                      : columnsWidth(band, width) <= m_available)
        return width;
    return leastServerWidth;
  }

  // Every card stands centred above its own servers.
  void placeColumns(const Band& band, double total, double cardWidth, double cardHeight, double serverWidth,
                    double rowsTop) {
    const double spare = m_available - total;
    const double extra = std::floor(std::min(56.0, spare / static_cast<double>(band.columns.size() + 1)));
    double x = std::floor(margin + (m_available - total - extra * static_cast<double>(band.columns.size() - 1)) / 2);
    for (const Column& column : band.columns) {
      m_result.cards[column.card] = {x + std::floor((column.width - cardWidth) / 2), m_y, cardWidth, cardHeight};
      const std::size_t perRow = std::min(column.perRow, column.units.size());
      const double left = x + std::floor((column.width - blockWidth(perRow, serverWidth, m_gap)) / 2);
      for (std::size_t i = 0; i < column.units.size(); ++i) {
        const std::size_t row = i / column.perRow;
        placeServer(column.units[i], left + static_cast<double>(i % column.perRow) * (serverWidth + m_gap), rowsTop,
                    row, serverWidth);
      }
      x += column.width + cardGap + extra;
    }
  }

  // A row of servers too wide to group below the cards: servers stand side by side, a little apart between databases,
  // and every card as near above its own as its neighbours let it.
  void placeApart(const Band& band, double cardHeight, double serverWidth, double rowsTop) {
    const auto cards = static_cast<double>(band.columns.size());
    const double cardWidth = std::floor(std::min(bestCardWidth, (m_available - cardGap * (cards - 1)) / cards));
    const double servers = blockWidth(band.servers(), serverWidth, m_gap);
    const double extra = std::floor(std::min(40.0, (m_available - servers) / cards));
    double x = std::floor(margin + (m_available - servers - extra * (cards - 1)) / 2);
    std::vector<double> lefts;
    for (const Column& column : band.columns) {
      const double group = blockWidth(column.units.size(), serverWidth, m_gap);
      lefts.push_back(x + std::floor((group - cardWidth) / 2));
      for (const std::size_t unit : column.units) {
        placeServer(unit, x, rowsTop, 0, serverWidth);
        x += serverWidth + m_gap;
      }
      x += extra;
    }
    double least = margin;
    for (double& left : lefts) {
      left = std::max(left, least);
      least = left + cardWidth + cardGap;
    }
    double most = margin + m_available - cardWidth;
    for (std::size_t i = lefts.size(); i-- > 0;) {
      lefts[i] = std::min(lefts[i], most);
      most = lefts[i] - cardWidth - cardGap;
      m_result.cards[band.columns[i].card] = {lefts[i], m_y, cardWidth, cardHeight};
    }
  }

  void placeServer(std::size_t unit, double x, double rowsTop, std::size_t row, double width) {
    ServerPlace& server = m_result.servers[unit];
    server.rect = {x, rowsTop + static_cast<double>(row) * (serverHeight + rowGap), width, serverHeight};
    server.laneX = x + width + serverGap - 5;
    server.rowsTop = rowsTop;
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
    m_y = top + blockWidth(rowsFor(m_things.notReached.size(), perRow), serverHeight, rowGap);
  }

  const Things& m_things;
  double m_available;
  double m_y = topMargin;
  double m_gap = serverGap; // between the servers of the band being placed
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
