#include "reports.h"

#include "support/sample_snapshots.h"

#include <fmt/format.h>

namespace whichbase::paper {

using document::Line;
using document::Run;

const std::string longWord = [] {
  std::string word;
  for (int i = 0; i < 20; ++i)
    word += fmt::format("long{:02}word", i);
  return word;
}();

namespace {

const topology::UtcTime at = topology::fromIso8601("2025-12-03T14:31:30.000Z").value();

Line mixed(const std::string& text) {
  return {{text},
          {" is "},
          {"strong", Run::Style::strong},
          {", reads "},
          {"A", Run::Style::database, "A"},
          {" by "},
          {"postgresql://app:***@203.0.113.196:5432/TovPlay", Run::Style::code}};
}

document::Report reportWith(const std::vector<std::string>& names) {
  document::Report report{names.front(), "Open: " + names.front(), at, {}};
  document::Table table{"Table of " + names.back(), {"Name", "Count", names.front()}, {false, true, false}, {}};
  document::Bullets bullets;
  document::Section words{"words", "Words of " + names.front(), {}};
  document::Section prompts{"lessons", "Lessons", {}};
  for (const std::string& name : names) {
    words.blocks.emplace_back(document::Headline{topology::Sign::bad, {{name}, {" writes to A"}}});
    words.blocks.emplace_back(document::Paragraph{mixed(name)});
    bullets.items.push_back(mixed(name));
    table.rows.push_back({{{name}}, {{"22"}}, mixed(name)});
    prompts.blocks.emplace_back(document::Prompt{"lessons", "What of " + name + "?", name + "\n\nand " + name});
  }
  words.blocks.emplace_back(bullets);
  words.blocks.emplace_back(table);
  prompts.blocks.emplace_back(document::Prompt{"actions", "What will be done?", ""});
  report.sections = {words, prompts};
  return report;
}

} // namespace

document::Report incidentReport() {
  document::Incident incident;
  incident.state = samples::incident();
  return document::reportOf(incident);
}

document::Report smallReport() {
  return reportWith({"Production Backend"});
}

document::Report nastyReport() {
  return reportWith({longWord, "שרת הייצור של החברה", "خادم الإنتاج الرئيسي", "👩‍💻 Emoji 🚀 server 🇮🇱",
                     "turned \u202Eevil\u202C name", "bell \a escape \x1b[31m tab\tend", "no text \xff\xfe here",
                     "<b>& \"markup\" </b>", "製品版サーバー", "e\u0301\u0302\u0303\u0304 combining"});
}

document::Report longReport(std::size_t servers) {
  document::Table table{
      "What each server is configured with",
      {"Server", "Configured (masked)", "Address", "Seen", "Database", "System identifier", "Verdict", "Confidence"},
      {false, false, false, false, false, true, false, false},
      {}};
  for (std::size_t i = 0; i < servers; ++i)
    table.rows.push_back({{{fmt::format("Server {:04}", i)}},
                          {{"postgresql://app:***@db.example.org:5432/TovPlay", Run::Style::code}},
                          {{"203.0.113.196:5432"}},
                          {{"from this computer"}},
                          {{i % 2 == 0 ? "A" : "B", Run::Style::database, i % 2 == 0 ? "A" : "B"}},
                          {{fmt::format("{}", 7578418168285106101 + i)}},
                          {{"single source"}},
                          {{"proven"}}});
  return {"Many servers", "Open", at, {{"evidence", "Appendix: evidence", {table}}}};
}

document::Report figureReport(double width, double height) {
  auto drawing = std::make_shared<picture::Drawing>();
  drawing->width = width;
  drawing->height = height;
  drawing->title = "A figure";
  drawing->shapes.push_back({picture::Block{{1, 1, width - 2, height - 2}, 8}});
  const auto say = [&](double x, double y, const std::string& text, double size) {
    picture::Words words;
    words.at = {x, y};
    words.text = text;
    words.size = size;
    drawing->shapes.push_back({words});
  };
  say(20, 30, "UpperCorner", 13);
  say(width - 120, height - 20, "LowerCorner", 11);
  for (double y = 200; y + 200 < height; y += 200)
    say(width / 2, y, fmt::format("Row{:.0f}", y), 13);
  document::Figure figure{"topology", "What the figure shows", drawing, "the figure in words"};
  document::Section section{"topology", "Before and after", {figure}};
  section.blocks.emplace_back(document::Paragraph{{{"After the figure."}}});
  return {"With a figure", "Open", at, {section}};
}

} // namespace whichbase::paper
