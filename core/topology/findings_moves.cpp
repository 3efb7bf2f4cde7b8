#include "topology/findings.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::topology {

namespace {

// Servers behind one endpoint move together.
struct Move {
  std::string from, to;
  UtcTime at{};
  bool isToStandby = false;
  std::vector<std::string> servers;
};

std::vector<Move> movesOf(const Snapshot& snapshot) {
  std::vector<Move> moves;
  for (const EndpointMove& each : snapshot.endpointMoves) {
    auto at = std::ranges::find_if(
        moves, [&](const Move& move) { return move.from == each.from && move.to == each.to && move.at == each.at; });
    if (at == moves.end())
      at = moves.insert(moves.end(), {each.from, each.to, each.at, each.isToStandby, {}});
    at->servers.push_back(each.server);
  }
  return moves;
}

bool runsAsPrimary(const Database* database) {
  return database && database->answered && !database->inRecovery;
}

// It went where all the others were already: this is how a split is mended by way of a name or a proxy.
bool hasJoinedOthers(const Move& move, const View& view, const Database& to) {
  const auto hasMoved = [&](const Server& server) {
    return std::ranges::find(move.servers, server.name) != move.servers.end();
  };
  const auto& servers = view.snapshot().servers;
  const bool areTogether = std::ranges::all_of(servers, [&](const Server& server) {
    const Database* database = view.databaseOf(server);
    return database && database->identityProven && view.source(*database).id == view.source(to).id;
  });
  return areTogether && !std::ranges::all_of(servers, hasMoved);
}

Finding findingFor(const Move& move, const View& view, const Database& to) {
  const Database* from = view.database(move.from);
  const std::string fromName = from ? View::named(*from) : move.from;
  const std::string since = toShortClock(move.at, view.snapshot().finishedAt);
  const bool isOne = move.servers.size() == 1;
  Finding finding{"endpoint-moved", Severity::error, {move.from, move.to}, {}, {}, {}};
  finding.subjects.insert(finding.subjects.end(), move.servers.begin(), move.servers.end());
  finding.title =
      fmt::format("{} {} moved from {} to {}", someOf(move.servers, 2), isOne ? "was" : "were", move.from, move.to);
  finding.text = fmt::format("The unchanged {} of {} {} to {}, and since {} to {}.",
                             isOne ? "connection string" : "connection strings", someOf(move.servers, 3),
                             isOne ? "led" : "each led", fromName, since, View::named(to));
  if (!move.isToStandby) {
    if (hasJoinedOthers(move, view, to)) {
      finding.severity = Severity::warning;
      finding.text += " All the other servers are there, too.";
    }
    finding.remedy = "Find out what moved on the way: the name's address, a proxy or pooler, a container's network. "
                     "What was written since then is in " +
                     move.to + ".";
    return finding;
  }
  if (to.inRecovery) {
    finding.severity = Severity::warning;
    finding.text += fmt::format(" {} is a standby of {}, and read only.", move.to, move.from);
    finding.remedy = "Point what has to write at the primary.";
  } else if (runsAsPrimary(from)) {
    finding.text += fmt::format(" {} was its standby and is a primary now, and {} still runs as one: both can be "
                                "written to.",
                                move.to, move.from);
    finding.remedy =
        fmt::format("Stop {} or make it a standby of {} before more is written to it.", move.from, move.to);
  } else {
    finding.severity = Severity::warning;
    finding.text += fmt::format(" {} was the standby of {} and is a primary now: a failover.", move.to, move.from);
    finding.remedy = fmt::format("Make sure that {} does not come back as a primary, and find out whether its last "
                                 "writes had arrived in {}.",
                                 move.from, move.to);
  }
  return finding;
}

} // namespace

void addMoveFindings(Findings& findings, const View& view) {
  for (const Move& move : movesOf(view.snapshot()))
    if (const Database* to = view.database(move.to))
      findings.push_back(findingFor(move, view, *to));
}

} // namespace whichbase::topology
