#include "document/known.h"
#include "document/lines.h"
#include "document/sections.h"
#include "report/section_words.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::document {

using namespace topology;

namespace {

constexpr std::size_t namesShown = 8;

Line configured(const Server* server) {
  return server ? code(server->connection.text) : said("(no connection on this side)");
}

// What the servers now share: a string, a database, or neither.
std::string sharedNote(const Snapshot& present) {
  std::vector<std::string> strings;
  for (const Server& server : present.servers)
    if (std::ranges::find(strings, server.connection.text) == strings.end())
      strings.push_back(server.connection.text);
  if (present.servers.size() < 2)
    return {};
  const std::string all = present.servers.size() == 2 ? "Both" : fmt::format("All {}", present.servers.size());
  const bool isOne = present.verdict.kind == VerdictKind::singleSource;
  if (strings.size() == 1)
    return all + (isOne ? " now share one connection string, and it leads to one database."
                        : " share one connection string; that alone proves no common database.");
  return isOne ? fmt::format("{} lead to one database, by {} different strings.", all, strings.size())
               : fmt::format("{} servers have {} different strings.", present.servers.size(), strings.size());
}

} // namespace

Section connectionsSection(const Incident& incident) {
  Section section{"connections", incident.comparison() ? "Connections before and after" : "Connections", {}};
  const auto all = report::configuredIn(incident.before(), &incident.present());
  if (all.empty())
    return section;
  Table table{"Passwords are masked", {"Server"}, {false}, {}};
  for (const NamedSide& side : sidesOf(incident)) {
    table.head.push_back(incident.comparison() ? side.name : "Connection string");
    table.numbers.push_back(false);
  }
  Bullets notes;
  for (const report::Configured& each : all) {
    const std::string names = someOf(each.servers, namesShown); // the appendix has each
    std::vector<Line> row{said(names)};
    if (incident.comparison())
      row.push_back(configured(each.before));
    row.push_back(configured(each.after));
    table.rows.push_back(std::move(row));
    if (const std::string safe = each.safeForm(); !safe.empty())
      notes.items.push_back(joined(said("Safely written for " + names + ": "), code(safe)));
    if (const std::string source = each.source(); !source.empty())
      notes.items.push_back(said(fmt::format("Read for {}: {}.", names, source)));
  }
  section.blocks.push_back(std::move(table));
  if (const std::string shared = sharedNote(incident.present()); !shared.empty())
    section.blocks.push_back(paragraph(shared));
  if (!notes.items.empty())
    section.blocks.push_back(std::move(notes));
  return section;
}

} // namespace whichbase::document
