// Tables: columns as wide as what stands in them asks for, cells broken into lines, rows that stay whole.
#include "paper/blocks.h"

#include <algorithm>
#include <numeric>

namespace whichbase::paper {

namespace {

constexpr double padX = 4, padY = 2.5;
constexpr double typeSize = 8.5, smallTypeSize = 7;

struct Columns {
  std::vector<double> widths; // padding included
  double size = typeSize;
  double whole() const { return std::accumulate(widths.begin(), widths.end(), 0.0); }
};

document::Line headLine(const std::string& text) {
  return {{text, document::Run::Style::plain, {}}};
}

struct Wishes {
  std::vector<double> least, most; // the widest word, the whole in one line; padding included
};

Wishes wishesOf(const Typesetter& type, const document::Table& table, double size) {
  Wishes wishes;
  const std::size_t count = table.head.size();
  wishes.least.assign(count, 0);
  wishes.most.assign(count, 0);
  const auto look = [&](std::size_t column, const document::Line& line, const TextStyle& style) {
    double& least = wishes.least[column];
    double& most = wishes.most[column];
    const double width = type.widthOf(line, style) + 2 * padX + 0.5;
    most = std::max(most, width);
    if (width > least)
      least = std::max(least, type.widestWordOf(line, style) + 2 * padX + 0.5);
  };
  for (std::size_t column = 0; column < count; ++column)
    look(column, headLine(table.head[column]), {size, true});
  for (const auto& row : table.rows)
    for (std::size_t column = 0; column < std::min(count, row.size()); ++column)
      look(column, row[column], {size});
  return wishes;
}

// Every column gets its widest word, and what is left goes to those that want more. Where not even the words fit, no
// column is made narrower than an even share by the others' long words.
std::vector<double> shared(const Wishes& wishes, double whole) {
  const auto sum = [](const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); };
  if (sum(wishes.most) <= whole)
    return wishes.most;
  std::vector<double> widths = wishes.least;
  if (sum(widths) > whole) {
    const auto cut = [&](double limit) {
      double total = 0;
      for (const double least : wishes.least)
        total += std::min(least, limit);
      return total;
    };
    double low = 0, high = whole;
    for (int i = 0; i < 40; ++i)
      (cut((low + high) / 2) > whole ? high : low) = (low + high) / 2;
    for (double& width : widths)
      width = std::min(width, low);
    return widths;
  }
  const double left = whole - sum(widths);
  const double asked = sum(wishes.most) - sum(widths);
  for (std::size_t i = 0; i < widths.size(); ++i)
    widths[i] += left * (wishes.most[i] - wishes.least[i]) / asked;
  return widths;
}

Columns columnsOf(const Setting& setting, const document::Table& table) {
  const double whole = setting.sheet.bodyWidth();
  const Wishes wishes = wishesOf(setting.type, table, typeSize);
  if (std::accumulate(wishes.least.begin(), wishes.least.end(), 0.0) <= whole)
    return {shared(wishes, whole), typeSize};
  return {shared(wishesOf(setting.type, table, smallTypeSize), whole), smallTypeSize};
}

using Cells = std::vector<SetTextShared>;

// A row, or as much of it as a page takes: from each cell the lines that fit.
Strip rowStrip(const Cells& cells, std::vector<std::size_t>& from, const Columns& columns, double room) {
  Strip strip;
  double x = 0;
  for (std::size_t column = 0; column < cells.size(); ++column) {
    const auto& lines = cells[column]->lines;
    std::size_t end = from[column];
    while (end < lines.size() &&
           (end == from[column] || cells[column]->heightOf(from[column], end + 1) + 2 * padY <= room))
      ++end;
    if (end > from[column]) {
      strip.pieces.emplace_back(Words{cells[column], from[column], end, x + padX, padY});
      strip.height = std::max(strip.height, cells[column]->heightOf(from[column], end) + 2 * padY);
      from[column] = end;
    }
    x += columns.widths[column];
  }
  return strip;
}

bool finished(const Cells& cells, const std::vector<std::size_t>& from) {
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (from[i] < cells[i]->lines.size())
      return false;
  return true;
}

std::vector<Strip> rowStrips(const Cells& cells, const Columns& columns, double room) {
  std::vector<Strip> strips;
  std::vector<std::size_t> from(cells.size(), 0);
  do
    strips.push_back(rowStrip(cells, from, columns, room));
  while (!finished(cells, from));
  Strip& last = strips.back();
  last.pieces.emplace_back(Patch{0, last.height, columns.whole(), 0.6, ink().frame});
  last.height += 0.6;
  return strips;
}

Cells cellsOf(const Setting& setting, const document::Table& table, const std::vector<document::Line>& row,
              const Columns& columns, bool strong) {
  Cells cells;
  for (std::size_t column = 0; column < columns.widths.size(); ++column) {
    const bool number = column < table.numbers.size() && table.numbers[column];
    cells.push_back(setting.type.set(column < row.size() ? row[column] : document::Line{}, {columns.size, strong},
                                     columns.widths[column] - 2 * padX, number ? Align::right : Align::left));
  }
  return cells;
}

std::vector<Strip> headStrips(const Setting& setting, const document::Table& table, const Columns& columns) {
  std::vector<document::Line> head;
  for (const std::string& each : table.head)
    head.push_back(headLine(each));
  auto strips = rowStrips(cellsOf(setting, table, head, columns, true), columns, setting.sheet.bodyHeight());
  for (Strip& strip : strips)
    strip.pieces.insert(strip.pieces.begin(), Patch{0, 0, columns.whole(), strip.height, ink().tint});
  return strips;
}

} // namespace

std::vector<Strip> stripsOf(const Setting& setting, const document::Table& table) {
  std::vector<Strip> strips;
  constexpr double gap = 8;
  if (!table.caption.empty()) {
    strips = stripsOf(setting.type.set(table.caption, {9, true}, setting.sheet.bodyWidth()), 0, gap);
    for (Strip& strip : strips)
      strip.staysWithNext = true;
  }
  if (table.head.empty())
    return strips;
  const Columns columns = columnsOf(setting, table);
  auto heads = headStrips(setting, table, columns);
  heads.front().gap = strips.empty() ? gap : 3;
  const double headHeight = heads.front().height;
  // A head that would take a good part of every page is not repeated.
  const bool repeats = heads.size() == 1 && headHeight < setting.sheet.bodyHeight() / 3 && !table.rows.empty();
  const auto head = repeats ? std::make_shared<const Strip>(heads.front()) : nullptr;
  if (!repeats)
    std::ranges::move(heads, std::back_inserter(strips));
  bool first = true;
  for (const auto& row : table.rows) {
    const double room = setting.sheet.bodyHeight() - (repeats ? headHeight : 0) - 1;
    for (Strip& strip : rowStrips(cellsOf(setting, table, row, columns, false), columns, room)) {
      strip.head = head;
      strip.startsTable = first;
      first = false;
      strips.push_back(std::move(strip));
    }
  }
  return strips;
}

} // namespace whichbase::paper
