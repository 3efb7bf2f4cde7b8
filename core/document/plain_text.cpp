#include "document/lines.h"
#include "document/report.h"
#include "document/written.h"
#include "report/canvas.h"

#include <algorithm>

namespace whichbase::document {

namespace {

using report::Canvas;
using report::Charset;

constexpr int leastColumns = 40, indent = 2, columnGap = 2, leastCell = 8;

class Writer {
public:
  Writer(int columns, Charset charset) : m_columns(columns), m_sheet(charset) {}
  std::string take() { return m_sheet.text(false); }
  void heading(const std::string& text) {
    if (m_sheet.rows() > 0)
      m_sheet.addEmpty();
    m_sheet.addWrapped(0, m_columns, text);
  }
  // Between what does not belong together.
  void gap() { m_sheet.addEmpty(); }
  void underline(char with) {
    const std::string above = m_sheet.text(false);
    const auto line = above.rfind('\n', above.size() - 2);
    const int width = report::displayWidth(std::string_view(above).substr(line == std::string::npos ? 0 : line + 1),
                                           m_sheet.charset());
    m_sheet.addLine(0, std::string(std::size_t(std::max(1, width - 1)), with));
  }
  void operator()(const Paragraph& block) { m_sheet.addWrapped(indent, m_columns, plainOf(block.text)); }
  void operator()(const Headline& block) { marked(markOf(block.sign), plainOf(block.text)); }
  void operator()(const Bullets& block) {
    for (const Line& item : block.items)
      marked("•", plainOf(item));
  }
  void operator()(const Figure& figure);
  void operator()(const Prompt& prompt);
  void operator()(const Table& table);

private:
  void marked(const std::string& mark, const std::string& text) {
    const int row = m_sheet.rows();
    m_sheet.addWrapped(indent + 2, m_columns, text);
    m_sheet.put(indent, row, mark);
  }
  std::vector<int> widthsOf(const Table& table) const;
  void row(const Table& table, const std::vector<int>& widths, const std::vector<std::string>& cells);
  void asList(const Table& table);

  int m_columns;
  Canvas m_sheet;
};

template <class Do>
void forEachLine(std::string_view text, Do todo) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    todo(std::string(text.substr(0, end)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

void Writer::operator()(const Figure& figure) {
  if (figure.text.empty())
    return;
  forEachLine(figure.text, [&](const std::string& line) { m_sheet.addLine(0, line); });
}

void Writer::operator()(const Prompt& prompt) {
  marked("?", prompt.question);
  const std::string written = trimmed(prompt.written);
  if (written.empty())
    m_sheet.addLine(indent + 2, "(to be written)");
  forEachLine(written, [&](const std::string& line) {
    if (line.empty())
      m_sheet.addEmpty();
    else
      m_sheet.addWrapped(indent + 2, m_columns, line);
  });
}

// As wide as what they hold, the widest cut first until all fit; empty where they do not.
std::vector<int> Writer::widthsOf(const Table& table) const {
  std::vector<int> widths;
  for (std::size_t i = 0; i < table.head.size(); ++i) {
    int width = report::displayWidth(table.head[i], m_sheet.charset());
    for (const auto& cells : table.rows)
      if (i < cells.size())
        width = std::max(width, report::displayWidth(plainOf(cells[i]), m_sheet.charset()));
    widths.push_back(width);
  }
  const int room = m_columns - indent - columnGap * (int(widths.size()) - 1);
  int sum = 0;
  for (const int width : widths)
    sum += width;
  while (sum > room) {
    const auto widest = std::ranges::max_element(widths);
    if (widest == widths.end() || *widest <= leastCell)
      return {};
    --*widest;
    --sum;
  }
  return widths;
}

void Writer::row(const Table& table, const std::vector<int>& widths, const std::vector<std::string>& cells) {
  const int top = m_sheet.rows();
  int x = indent;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    int y = top;
    const std::string cell = i < cells.size() ? cells[i] : std::string();
    for (const std::string& line : report::wrap(cell, std::max(1, widths[i]), m_sheet.charset())) {
      const int shift = table.numbers[i] ? widths[i] - report::displayWidth(line, m_sheet.charset()) : 0;
      m_sheet.put(x + std::max(0, shift), y++, line);
    }
    x += widths[i] + columnGap;
  }
}

// Where a table does not fit: one entry a row, each value behind its column's name.
void Writer::asList(const Table& table) {
  for (const auto& cells : table.rows) {
    const int top = m_sheet.rows();
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (const std::string value = plainOf(cells[i]); !value.empty())
        m_sheet.addWrapped(indent + 2, m_columns, table.head[i] + ": " + value);
    m_sheet.put(indent, top, "•");
  }
}

void Writer::operator()(const Table& table) {
  if (!table.caption.empty())
    m_sheet.addWrapped(indent, m_columns, table.caption + ":");
  const auto widths = widthsOf(table);
  if (widths.empty())
    return asList(table);
  row(table, widths, table.head);
  int x = indent;
  const int line = m_sheet.rows();
  for (const int width : widths) {
    m_sheet.put(x, line, std::string(std::size_t(std::max(1, width)), '-'));
    x += width + columnGap;
  }
  for (const auto& cells : table.rows) {
    std::vector<std::string> texts;
    for (const Line& cell : cells)
      texts.push_back(plainOf(cell));
    row(table, widths, texts);
  }
}

bool standsApart(const Block& above, const Block& block) {
  const auto isLarge = [](const Block& each) {
    return !std::holds_alternative<Paragraph>(each) && !std::holds_alternative<Bullets>(each) &&
           !std::holds_alternative<Headline>(each);
  };
  return isLarge(above) || isLarge(block) || std::holds_alternative<Bullets>(above);
}

} // namespace

std::string toPlainText(const Report& report, int columns, bool ascii) {
  Writer writer(std::max(columns, leastColumns), ascii ? Charset::ascii : Charset::unicode);
  writer.heading(report.title);
  writer.underline('=');
  for (const Section& section : report.sections) {
    writer.heading(section.title);
    writer.underline('-');
    for (std::size_t i = 0; i < section.blocks.size(); ++i) {
      if (i > 0 && standsApart(section.blocks[i - 1], section.blocks[i]))
        writer.gap();
      std::visit(writer, section.blocks[i]);
    }
  }
  return writer.take();
}

} // namespace whichbase::document
