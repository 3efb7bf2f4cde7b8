#include "document/lines.h"
#include "document/markdown_text.h"
#include "document/report.h"
#include "document/written.h"

namespace whichbase::document {

namespace {

using namespace markdown;

std::string inlineText(const Line& line, bool inTable, bool starts) {
  std::string out;
  for (const Run& run : line) {
    const bool isFirst = starts && out.empty();
    if (run.text.empty())
      continue;
    if (run.style == Run::Style::code)
      out += codeSpan(run.text, inTable);
    else if (run.style == Run::Style::plain)
      out += escaped(run.text, isFirst);
    else
      out += bold(run.text);
  }
  return out;
}

class Writer {
public:
  std::string take() { return std::move(m_out); }
  void heading(int level, const std::string& text) {
    gap();
    m_out += std::string(std::size_t(level), '#') + " " + escaped(text, false) + "\n";
  }
  void operator()(const Paragraph& block) { text(inlineText(block.text, false, true)); }
  void operator()(const Headline& block) { text(bold(markOf(block.sign) + " " + plainOf(block.text))); }
  void operator()(const Bullets& block) {
    gap();
    for (const Line& item : block.items)
      m_out += "- " + inlineText(item, false, true) + "\n";
  }
  void operator()(const Table& table);
  void operator()(const Figure& figure) {
    if (figure.text.empty())
      return;
    gap();
    m_out += fenced(figure.text);
    if (!figure.caption.empty())
      text("*" + escaped(figure.caption, false) + "*");
  }
  void operator()(const Prompt& prompt);
  void text(const std::string& line) {
    gap();
    m_out += line + "\n";
  }

private:
  void gap() {
    if (!m_out.empty())
      m_out += "\n";
  }
  void row(const std::vector<std::string>& cells) {
    m_out += "|";
    for (const std::string& cell : cells)
      m_out += " " + cell + (cell.empty() ? "|" : " |");
    m_out += "\n";
  }
  std::string m_out;
};

void Writer::operator()(const Table& table) {
  if (!table.caption.empty())
    text(bold(table.caption));
  gap();
  std::vector<std::string> cells;
  for (const std::string& name : table.head)
    cells.push_back(escaped(name, false));
  row(cells);
  cells.clear();
  for (const bool isNumber : table.numbers)
    cells.emplace_back(isNumber ? "---:" : "---");
  row(cells);
  for (const auto& line : table.rows) {
    cells.clear();
    for (const Line& cell : line)
      cells.push_back(inlineText(cell, true, false));
    row(cells);
  }
}

void Writer::operator()(const Prompt& prompt) {
  text(bold(prompt.question));
  gap();
  const std::string written = trimmed(prompt.written);
  m_out += beginMark(prompt.key) + "\n";
  // Empty lines around it, so that it is read as Markdown and not as part of the comments.
  m_out += "\n" + (written.empty() ? std::string(placeholder) : guarded(written)) + "\n\n";
  m_out += endMark(prompt.key) + "\n";
  if (const std::string fence = openFence(written); !fence.empty())
    m_out += fence + "\n"; // what comes next is no code
}

} // namespace

std::string toMarkdown(const Report& report) {
  Writer writer;
  writer.heading(1, report.title);
  for (const Section& section : report.sections) {
    writer.heading(2, section.title);
    for (const Block& block : section.blocks)
      std::visit(writer, block);
  }
  writer.text("---");
  writer.text("*Written from what was recorded. Times are UTC, passwords are masked.*");
  return writer.take();
}

} // namespace whichbase::document
