#include "document/html_text.h"
#include "document/lines.h"
#include "document/report.h"
#include "document/written.h"

#include <fmt/format.h>

namespace whichbase::document {

namespace {

using namespace html;

std::string classOf(topology::Sign sign) {
  switch (sign) {
  case topology::Sign::good:
    return "good";
  case topology::Sign::warning:
    return "warning";
  case topology::Sign::bad:
    return "bad";
  case topology::Sign::unknown:
    return "unknown";
  case topology::Sign::none:
    break;
  }
  return "none";
}

std::string inlineHtml(const Line& line) {
  std::string out;
  for (const Run& run : line) {
    switch (run.style) {
    case Run::Style::strong:
      out += "<strong>" + text(run.text) + "</strong>";
      break;
    case Run::Style::code:
      out += "<code>" + text(run.text) + "</code>";
      break;
    case Run::Style::database:
      out += databaseBadge(run.text, run.database);
      break;
    case Run::Style::plain:
      out += text(run.text);
      break;
    }
  }
  return out;
}

class Writer {
public:
  std::string take() { return std::move(m_out); }
  void add(const std::string& markup) { m_out += markup + "\n"; }
  void operator()(const Paragraph& block) { add("<p>" + inlineHtml(block.text) + "</p>"); }
  void operator()(const Headline& block) {
    add(fmt::format("<p class=\"headline {}\"><span class=\"sign\" aria-hidden=\"true\">{}</span> "
                    "<span class=\"spoken\">{}: </span>{}</p>",
                    classOf(block.sign), markOf(block.sign), spokenSign(block.sign), inlineHtml(block.text)));
  }
  void operator()(const Bullets& block) {
    add("<ul>");
    for (const Line& item : block.items)
      add("<li>" + inlineHtml(item) + "</li>");
    add("</ul>");
  }
  void operator()(const Table& table);
  void operator()(const Figure& figure);
  void operator()(const Prompt& prompt);

private:
  std::string m_out;
};

void Writer::operator()(const Table& table) {
  const auto classOfColumn = [&](std::size_t i) { return table.numbers[i] ? " class=\"number\"" : ""; };
  // A region that can be scrolled has to be reached by keyboard, and named.
  add(fmt::format("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n<table>",
                  attribute(table.caption.empty() ? std::string("Table") : table.caption)));
  if (!table.caption.empty())
    add("<caption>" + text(table.caption) + "</caption>");
  add("<thead><tr>");
  for (std::size_t i = 0; i < table.head.size(); ++i)
    add(fmt::format("<th scope=\"col\"{}>{}</th>", classOfColumn(i), text(table.head[i])));
  add("</tr></thead>\n<tbody>");
  for (const auto& row : table.rows) {
    add("<tr>");
    for (std::size_t i = 0; i < row.size(); ++i)
      add(i == 0 ? fmt::format("<th scope=\"row\"{}>{}</th>", classOfColumn(i), inlineHtml(row[i]))
                 : fmt::format("<td{}>{}</td>", classOfColumn(i), inlineHtml(row[i])));
    add("</tr>");
  }
  add("</tbody>\n</table>\n</div>");
}

void Writer::operator()(const Figure& figure) {
  add(fmt::format("<figure id=\"figure-{}\">", attribute(figure.key)));
  if (figure.drawing)
    add("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + attribute(figure.caption) + "\">" +
        picture::toSvg(*figure.drawing, picture::Look::adaptive) + "</div>");
  else
    add("<pre>" + preformatted(figure.text) + "</pre>");
  if (!figure.caption.empty())
    add("<figcaption>" + text(figure.caption) + "</figcaption>");
  add("</figure>");
}

void Writer::operator()(const Prompt& prompt) {
  add(fmt::format("<div class=\"prompt\" id=\"prompt-{}\">\n<p><strong>{}</strong></p>", attribute(prompt.key),
                  text(prompt.question)));
  const std::string written = trimmed(prompt.written);
  if (written.empty())
    add("<p class=\"open\">To be written.</p>");
  else
    add("<p class=\"written\">" + preformatted(written) + "</p>");
  add("</div>");
}

} // namespace

std::string toHtml(const Report& report) {
  Writer writer;
  writer.add(fmt::format("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                         "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{}</style>\n"
                         "</head>\n<body>\n<a class=\"skip\" href=\"#report\">Skip to the report</a>",
                         text(report.title, Bidi::plain), styleSheet()));
  writer.add("<nav aria-label=\"Sections\"><ol>");
  for (const Section& section : report.sections)
    writer.add(fmt::format("<li><a href=\"#{}\">{}</a></li>", attribute(section.key), text(section.title)));
  writer.add("</ol></nav>\n<main id=\"report\" tabindex=\"-1\">\n<h1>" + text(report.title) + "</h1>");
  for (const Section& section : report.sections) {
    writer.add(fmt::format("<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>",
                           attribute(section.key), text(section.title)));
    for (const Block& block : section.blocks)
      std::visit(writer, block);
    writer.add("</section>");
  }
  writer.add("</main>\n<footer><p>Written from what was recorded. Times are UTC, passwords are masked.</p></footer>\n"
             "</body>\n</html>");
  return writer.take();
}

} // namespace whichbase::document
