#include "report/canvas.h"

#include <array>

namespace whichbase::report {
namespace {

// ANSI colours of the databases; red, yellow and green are for verdicts.
std::string_view escapeOf(const Ink& ink) {
  static constexpr std::array<std::string_view, 6> databases{"\x1b[34m", "\x1b[35m", "\x1b[36m",
                                                             "\x1b[94m", "\x1b[95m", "\x1b[96m"};
  switch (ink.kind) {
  case Ink::Kind::plain:
    return "";
  case Ink::Kind::bold:
    return "\x1b[1m";
  case Ink::Kind::dim:
    return "\x1b[2m";
  case Ink::Kind::good:
    return "\x1b[32m";
  case Ink::Kind::warning:
    return "\x1b[33m";
  case Ink::Kind::bad:
    return "\x1b[31m";
  case Ink::Kind::database:
    return databases[static_cast<std::size_t>(ink.database) % databases.size()];
  }
  return "";
}

} // namespace

void Canvas::set(int x, int y, Cell cell) {
  if (x < 0 || y < 0)
    return;
  const auto row = static_cast<std::size_t>(y), column = static_cast<std::size_t>(x);
  if (m_rows.size() <= row)
    m_rows.resize(row + 1);
  if (m_rows[row].size() <= column)
    m_rows[row].resize(column + 1);
  m_rows[row][column] = std::move(cell);
}

int Canvas::put(int x, int y, std::string_view text, Ink ink) {
  for (const Glyph& glyph : glyphs(text, m_charset)) {
    set(x, y, {glyph.bytes, ink});
    for (int half = 1; half < glyph.width; ++half)
      set(x + half, y, {"", ink});
    x += glyph.width;
  }
  return x;
}

int Canvas::addWrapped(int x, int width, std::string_view text, Ink ink) {
  const auto lines = wrap(text, width - x, m_charset);
  for (const auto& line : lines)
    addLine(x, line, ink);
  return static_cast<int>(lines.size());
}

int Canvas::addLine(int x, std::string_view text, Ink ink) {
  const int row = rows();
  addEmpty();
  put(x, row, text, ink);
  return row;
}

void Canvas::addEmpty() {
  m_rows.emplace_back();
}

void Canvas::paste(int x, int y, const Canvas& other) {
  for (std::size_t row = 0; row < other.m_rows.size(); ++row)
    for (std::size_t column = 0; column < other.m_rows[row].size(); ++column)
      set(x + static_cast<int>(column), y + static_cast<int>(row), other.m_rows[row][column]);
  if (rows() < y + other.rows())
    m_rows.resize(static_cast<std::size_t>(y) + other.m_rows.size());
}

std::string Canvas::text(bool colour) const {
  std::string out;
  for (const auto& row : m_rows) {
    std::size_t end = row.size();
    while (end > 0 && row[end - 1].bytes == " ")
      --end;
    Ink ink;
    for (std::size_t column = 0; column < end; ++column) {
      const Cell& cell = row[column];
      if (colour && cell.ink != ink && cell.bytes != " ") {
        if (ink.kind != Ink::Kind::plain)
          out += "\x1b[0m";
        out += escapeOf(cell.ink);
        ink = cell.ink;
      }
      out += cell.bytes;
    }
    if (ink.kind != Ink::Kind::plain)
      out += "\x1b[0m";
    out += '\n';
  }
  return out;
}

} // namespace whichbase::report
