// The incident report as a value: sections of paragraphs, lists, tables, figures and prompts, which every format
// renders. It holds masked strings only.
#pragma once

#include "document/incident.h"
#include "picture/drawing.h"
#include "topology/card_lines.h"

#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace whichbase::document {

// A piece of text in one style. `database`: the id whose letter and colour go with it ("A"), for style database.
struct Run {
  enum class Style { plain, strong, code, database };
  std::string text;
  Style style = Style::plain;
  std::string database{};
  bool operator==(const Run&) const = default;
};
using Line = std::vector<Run>;

struct Paragraph {
  Line text;
  bool operator==(const Paragraph&) const = default;
};

// The sentence to say aloud, with the verdict's sign: told by sign and words, not by colour alone.
struct Headline {
  topology::Sign sign;
  Line text;
  bool operator==(const Headline&) const = default;
};

struct Bullets {
  std::vector<Line> items;
  bool operator==(const Bullets&) const = default;
};

struct Table {
  std::string caption; // may be empty
  std::vector<std::string> head;
  std::vector<bool> numbers; // which columns are numbers, aligned at their ends; as many as `head`
  std::vector<std::vector<Line>> rows;
  bool operator==(const Table&) const = default;
};

struct Figure {
  std::string key;     // "topology", "users", "timeline"; also the id in HTML
  std::string caption; // below it
  std::shared_ptr<const picture::Drawing> drawing;
  // What stands for it in Markdown, in text and for a screen reader: the command line's diagram, or a table's rows.
  std::string text;
};

// Asks for what needs judgement; nothing is invented for it. `written` is what the engineer wrote, plain text with line
// breaks; empty: the question is shown as what is still to be written.
struct Prompt {
  std::string key;      // "lessons", "actions", "impact", …: stable
  std::string question; // "What would have shown this sooner?"
  std::string written;
  bool operator==(const Prompt&) const = default;
};

using Block = std::variant<Paragraph, Headline, Bullets, Table, Figure, Prompt>;

struct Section {
  std::string key; // stable: "summary", "impact", "topology", "verification", "left-behind", "timeline", "evidence", …
  std::string title;
  std::vector<Block> blocks;
};

struct Report {
  std::string title;  // "TovPlay: production wrote to A while the others read B"
  std::string status; // "Fixed, and proven by a test row", "Open", "Not known"
  topology::UtcTime at{};
  std::vector<Section> sections;
};

struct ReportOptions {
  bool drawings = true; // false: figures have their text only, where no format needs them drawn
  // Of a figure's text: how wide, in cells of a terminal, and whether it keeps to ASCII.
  int columns = 110;
  bool ascii = false;
};

// In the order in which a reader wants it; a section without anything to say is left out, and what could not be checked
// is said.
Report reportOf(const Incident& incident, const ReportOptions& options = {});

// The questions that such a report asks, in its order, with what was written; for a form to write in.
std::vector<Prompt> promptsOf(const Incident& incident);

std::string toMarkdown(const Report& report);
// One file without scripts: light and dark, printable, with figures as inline SVG.
std::string toHtml(const Report& report);
// `columns` wide, as a terminal shows it; `ascii` as in report::TextOptions.
std::string toPlainText(const Report& report, int columns, bool ascii);
// {"format": "whichbase/report", "version": 1, …}: the sections, and the recorded state itself.
std::string toJson(const Report& report, const Incident& incident);

// What was written into an earlier report in Markdown, by the prompts' keys; untouched questions are left out.
std::map<std::string, std::string> writtenIn(std::string_view markdown);
// The same of a file; nothing where there is no file of that name. The error, a sentence: it is one and cannot be read.
std::expected<std::map<std::string, std::string>, std::string> writtenInFile(const std::filesystem::path& file);

} // namespace whichbase::document
