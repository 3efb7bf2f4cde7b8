#include "document/claims.h"
#include "document/known.h"
#include "document/lines.h"
#include "document/prompts.h"
#include "document/sections.h"
#include "topology/proofs.h"
#include "topology/rows_words.h"
#include "topology/standpoint.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace whichbase::document {

using namespace topology;

namespace {

constexpr std::size_t databasesShown = 8;

std::string serversText(const Snapshot& snapshot, const std::string& id) {
  const auto servers = snapshot.serversOn(id);
  if (servers.empty())
    return "0";
  return fmt::format("{} of {}", servers.size(), snapshot.servers.size());
}

// Of the comparison's two sides, or the one that there is.
void addRow(Table& table, const Incident& incident, Line name, auto valueOn) {
  std::vector<Line> row{std::move(name)};
  for (const NamedSide& side : sidesOf(incident))
    row.push_back(said(valueOn(*side.snapshot)));
  table.rows.push_back(std::move(row));
}

Table numbersOf(const Incident& incident) {
  Table table{"Exact numbers", {"What"}, {false}, {}};
  for (const NamedSide& side : sidesOf(incident)) {
    table.head.push_back(side.name);
    table.numbers.push_back(true);
  }
  const auto databases = databasesOf(incident);
  for (std::size_t i = 0; i < std::min(databases.size(), databasesShown); ++i)
    addRow(table, incident, joined(said("Servers on "), letter(databases[i].id)),
           [&](const Snapshot& side) { return serversText(side, databases[i].id); });
  addRow(table, incident, said("Servers not reached"), [](const Snapshot& side) {
    return std::to_string(std::ranges::count_if(side.servers, [](const Server& each) { return !each.reached(); }));
  });
  for (std::size_t i = 0; i < std::min(databases.size(), databasesShown); ++i)
    addRow(table, incident, joined(said("Users in "), letter(databases[i].id)),
           [&](const Snapshot& side) { return usersCell(side.database(databases[i].id)); });
  return table;
}

std::vector<std::string> rowsTexts(const Incident& incident) {
  std::vector<std::string> texts;
  for (const auto& [side, rows] : comparedRows(incident))
    if (rows.ofUsers)
      texts.push_back(fmt::format("Users compared row by row{}: {}",
                                  incident.comparison() ? side.name == "Before" ? ", before" : ", after" : "",
                                  rowsSentence(*side.snapshot, rows)));
  return texts;
}

std::string reachText(const Snapshot& side) {
  if (side.servers.empty() || side.verdict.kind != VerdictKind::split ||
      !std::ranges::all_of(side.servers, &Server::reached))
    return {};
  return fmt::format("Nothing failed: {} reached a database that answered, and no error said that they were not one.",
                     side.servers.size() == 2 ? "both servers" : fmt::format("all {} servers", side.servers.size()));
}

bool isLoneName(const std::string& host) {
  return !host.empty() && host.find_first_of(".:/") == std::string::npos;
}

// Names that mean another machine on every server, each once.
std::vector<std::string> localNames(const Snapshot& side) {
  std::map<std::string, std::vector<std::string>> byHost;
  for (const Server& server : side.servers)
    if (const std::string& host = server.connection.host;
        !host.empty() && (staysOnItsMachine(host) || isLoneName(host)))
      byHost[host].push_back(server.name);
  std::vector<std::string> texts;
  for (const auto& [host, servers] : byHost)
    texts.push_back(fmt::format("{} {} configured for “{}”, which {} another machine on every server.",
                                someOf(servers, 4), servers.size() == 1 ? "is" : "are", host,
                                staysOnItsMachine(host) ? "is" : "can be"));
  return texts;
}

// Findings that tell how it could come to it, rather than that it did.
bool isFactor(const Finding& finding) {
  static constexpr const char* codes[] = {"same-name-different-database",
                                          "same-address-different-database",
                                          "route-changes-the-answer",
                                          "url-read-differently",
                                          "incomplete-connection-string",
                                          "clone",
                                          "stale-database",
                                          "triggers-missing",
                                          "reads-replica",
                                          "connected-elsewhere",
                                          "endpoint-moved",
                                          "sibling-database",
                                          "writers-and-readers-apart",
                                          "different-address-same-database"};
  return std::ranges::find(codes, finding.code) != std::end(codes);
}

} // namespace

Section impactSection(const Incident& incident) {
  Section section{"impact", "Impact", {}};
  section.blocks.push_back(numbersOf(incident));
  if (auto list = bullets(rowsTexts(incident)); !list.items.empty())
    section.blocks.push_back(std::move(list));
  if (auto list = bullets(durationOf(incident)); !list.items.empty()) {
    section.blocks.push_back(Paragraph{strong("How long")});
    section.blocks.push_back(std::move(list));
  }
  section.blocks.push_back(promptOf("impact", incident));
  return section;
}

Section factorsSection(const Incident& incident) {
  std::vector<std::string> texts{reachText(troubledSide(incident))};
  std::set<std::string> told; // what both sides have is one factor
  for (const Finding& finding : allFindings(incident))
    if (isFactor(finding) && (finding.title.empty() || told.insert(finding.title).second))
      texts.push_back(finding.title.empty() || finding.title == finding.text ? finding.text
                                                                             : finding.title + ". " + finding.text);
  for (std::string& text : localNames(troubledSide(incident)))
    texts.push_back(std::move(text));
  Section section{"factors", "Contributing factors", {}};
  if (auto list = bullets(texts); !list.items.empty())
    section.blocks.push_back(std::move(list));
  section.blocks.push_back(promptOf("causes", incident));
  return section;
}

} // namespace whichbase::document
