#include "document/figures.h"
#include "document/known.h"
#include "document/lines.h"
#include "document/sections.h"
#include "report/section_words.h"
#include "topology/rows_words.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::document {

using namespace topology;

namespace {

std::string tablesCell(const Database* database) {
  const bool isKnown = database && database->tables;
  return cellOf(database, isKnown ? withCommas(std::int64_t(database->tables->size())) : "?");
}

std::string guardsCell(const Database* database) {
  if (!database || !database->triggers)
    return cellOf(database, "?");
  return cellOf(database, std::to_string(std::ranges::count_if(*database->triggers, [](const Trigger& trigger) {
                  return trigger.enabled && trigger.protects;
                })));
}

std::string nameOf(const Database& database) {
  return database.label.empty() ? database.name : database.label;
}

// Since when the numbers of one that does not answer any more are what they are.
std::string noteOf(const Database* database) {
  if (!database || !database->ghost)
    return {};
  if (database->gone)
    return "deleted";
  if (database->answered)
    return "no server uses it";
  return database->lastReachedAt ? "not in use, last reached " + dated(*database->lastReachedAt)
                                 : "not in use, not reached";
}

Table countsOf(const Incident& incident) {
  const bool isTwo = incident.comparison() != nullptr;
  Table table{"What each database holds", {"Letter", "Database"}, {false, false}, {}};
  for (const char* what : {"Users", "Tables", "Protection triggers"})
    for (const NamedSide& side : sidesOf(incident)) {
      table.head.push_back(isTwo ? fmt::format("{} {}", what, side.name == "Before" ? "before" : "after") : what);
      table.numbers.push_back(true);
    }
  table.head.emplace_back("Note");
  table.numbers.push_back(false);
  for (const KnownDatabase& each : databasesOf(incident)) {
    std::vector<Line> row{letter(each.id), said(nameOf(each.newest()))};
    for (const auto& valueIn : {usersCell, tablesCell, guardsCell}) {
      if (isTwo)
        row.push_back(said(valueIn(each.before)));
      row.push_back(said(valueIn(each.after)));
    }
    row.push_back(said(noteOf(each.after)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::vector<std::string> rowsOf(const Incident& incident) {
  std::vector<std::string> texts;
  for (const auto& [side, rows] : comparedRows(incident))
    texts.push_back((incident.comparison() ? side.name + ": " : "") + report::rowsLine(rows, *side.snapshot));
  return texts;
}

bool isLeftBehind(const Finding& finding) {
  return finding.code == "left-behind" || finding.code == "tables-missing" || finding.code == "triggers-missing";
}

} // namespace

Section contentSection(const Incident& incident, const ReportOptions& options) {
  Section section{"content", "Users and tables", {}};
  if (databasesOf(incident).empty())
    return section;
  section.blocks.push_back(countsOf(incident));
  if (auto figure = usersFigure(incident, options))
    section.blocks.push_back(std::move(*figure));
  if (auto list = bullets(rowsOf(incident)); !list.items.empty()) {
    section.blocks.push_back(Paragraph{strong("Rows compared")});
    section.blocks.push_back(std::move(list));
  } else if (databasesOf(incident).size() > 1) {
    section.blocks.push_back(paragraph("Rows were not compared: equal numbers do not mean equal rows."));
  }
  return section;
}

Section leftBehindSection(const Incident& incident) {
  Section section{"left-behind", "What was left behind", {}};
  Table table{"", {"What", "Which", "What to do"}, {false, false, false}, {}};
  for (const Finding& finding : openFindings(incident))
    if (isLeftBehind(finding))
      table.rows.push_back({strong(report::titleOf(finding)), said(finding.text), said(finding.remedy)});
  if (!table.rows.empty())
    section.blocks.push_back(std::move(table));
  return section;
}

} // namespace whichbase::document
