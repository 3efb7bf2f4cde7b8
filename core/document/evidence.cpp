#include "document/known.h"
#include "document/lines.h"
#include "document/sections.h"
#include "topology/matrix.h"
#include "topology/standpoint.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::document {

using namespace topology;

namespace {

constexpr std::size_t sentencesShown = 40;

std::string confidenceOf(const Snapshot& side, const Server& server) {
  if (server.failure)
    return fmt::format("unknown: not reached, {}: {}", toString(server.failure->stage), server.failure->text);
  const Database* database = side.database(server.database);
  if (!database || !database->identityProven)
    return "unknown: " + (database && !database->identityReason.empty() ? database->identityReason : "not identified");
  if (server.lookedFromHere)
    return "proven from this computer only: the name may mean another machine on the server";
  return "proven";
}

Table serversTable(const NamedSide& side) {
  const Snapshot& seen = *side.snapshot;
  Table table{fmt::format("{}: what each server is configured with, and where that leads ({})", side.name,
                          datedMinute(seen.finishedAt)),
              {"Server", "Configured (masked)", "Address", "Seen", "Database", "Own sessions there", "Confidence"},
              {false, false, false, false, false, false, false},
              {}};
  const Matrix matrix = matrixOf(seen);
  for (std::size_t row = 0; row < seen.servers.size(); ++row) {
    const Server& server = seen.servers[row];
    const auto column = std::ranges::find(matrix.columns, server.database, &MatrixColumn::database);
    const std::string sessions = server.database.empty() || column == matrix.columns.end()
                                     ? std::string("–")
                                     : connectedText(cellAt(matrix, row, std::size_t(column - matrix.columns.begin())));
    table.rows.push_back({said(server.name), code(server.connection.text), code(endpointText(server.connection)),
                          said(overRoute(server.route)), server.database.empty() ? said("–") : letter(server.database),
                          said(sessions.empty() ? "none" : sessions), said(confidenceOf(seen, server))});
  }
  return table;
}

Line timeOr(const std::optional<UtcTime>& time) {
  return said(time ? dated(*time) : "?");
}

Table databasesTable(const NamedSide& side) {
  Table table{side.name + ": the databases",
              {"Letter", "Name", "Address", "System identifier", "Oid", "Initialised (initdb)", "Started", "Version",
               "Identity"},
              {false, false, false, true, true, false, false, false, false},
              {}};
  for (const Database& database : side.snapshot->databases) {
    std::string identity = database.identityProven ? "proven" : "unknown: " + database.identityReason;
    if (!database.letterBasis.empty())
      identity += ", " + database.letterBasis;
    if (!database.replicaOf.empty())
      identity += ", standby of " + database.replicaOf;
    if (database.gone)
      identity += ", deleted";
    else if (!database.answered)
      identity += database.lastReachedAt ? ", last reached " + dated(*database.lastReachedAt) : ", not reached";
    table.rows.push_back({letter(database.id), said(database.name), code(database.address),
                          said(database.systemIdentifier ? std::to_string(*database.systemIdentifier) : "?"),
                          said(database.oid ? std::to_string(database.oid) : "?"), timeOr(database.initializedAt),
                          timeOr(database.startedAt),
                          said(database.serverVersion.empty() ? "?" : database.serverVersion), said(identity)});
  }
  return table;
}

std::vector<std::string> proofsOf(const Incident& incident) {
  std::vector<std::string> texts;
  for (const NamedSide& side : sidesOf(incident)) {
    const std::string when = incident.comparison() ? side.name + ": " : "";
    const auto& evidence = side.snapshot->evidence;
    for (std::size_t i = 0; i < std::min(sentencesShown, evidence.size()); ++i)
      texts.push_back(when + evidence[i].text);
    if (evidence.size() > sentencesShown)
      texts.push_back(when + fmt::format("{} more in the JSON form.", evidence.size() - sentencesShown));
  }
  return texts;
}

} // namespace

Section evidenceSection(const Incident& incident) {
  Section section{"evidence", "Appendix: evidence", {}};
  for (const NamedSide& side : sidesOf(incident)) {
    if (!side.snapshot->servers.empty())
      section.blocks.push_back(serversTable(side));
    if (!side.snapshot->databases.empty())
      section.blocks.push_back(databasesTable(side));
  }
  if (auto list = bullets(proofsOf(incident)); !list.items.empty()) {
    section.blocks.push_back(Paragraph{strong("How we know")});
    section.blocks.push_back(std::move(list));
  }
  return section;
}

} // namespace whichbase::document
