#include "topology/matrix.h"

#include "topology/sessions.h"
#include "topology/standpoint.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace whichbase::topology {

namespace {

// Databases to which servers were led by one host, port and database name, by where the servers stand.
using LedTo = std::map<std::string, std::set<std::string>>;
using AddressKey = std::tuple<std::string, int, std::string>;

AddressKey addressOf(const Server& server) {
  return {server.connection.host, server.connection.port, server.connection.dbname};
}

class MatrixBuilder {
public:
  explicit MatrixBuilder(const Snapshot& snapshot) : m_snapshot(snapshot), m_view(snapshot), m_sessions(m_view) {}
  Matrix take();

private:
  MatrixColumn columnOf(const Database& database) const;
  MatrixRow rowOf(const Server& server) const;
  void addLeads(const Server& server, std::map<std::size_t, MatrixCell>& cells) const;
  void addSessions(const Server& server, const MatrixRow& row, std::map<std::size_t, MatrixCell>& cells) const;
  std::set<std::string> configuredFor(const Server& server) const;

  const Snapshot& m_snapshot;
  const View m_view;
  const Sessions m_sessions;
  std::map<AddressKey, LedTo> m_ledTo;
  std::map<std::string, std::size_t> m_columnOf; // by database
  Matrix m_matrix;
};

std::string sessionsReasonOf(const Database& database) {
  if (database.gone)
    return "the database does not exist any more";
  if (!database.answered)
    return "the database was not reached in this sweep";
  if (!database.clients)
    return database.clients.reason.empty() ? "who is connected there was not read" : database.clients.reason;
  if (database.clients->hidden > 0)
    return fmt::format("{} there {} hidden from the probing role: grant it pg_read_all_stats",
                       counted(static_cast<std::size_t>(database.clients->hidden), "session"),
                       database.clients->hidden == 1 ? "is" : "are");
  return {};
}

std::string lookOf(const ClientGroup& group) {
  std::string look = group.address.empty() ? "the database's own machine" : group.address;
  if (!group.application.empty())
    look += ", " + group.application;
  return look;
}

MatrixColumn MatrixBuilder::columnOf(const Database& database) const {
  MatrixColumn column;
  column.database = database.id;
  column.sessionsReason = sessionsReasonOf(database);
  column.partlySeen = database.answered && database.clients && database.clients->hidden > 0;
  std::vector<const ClientGroup*> groups = m_sessions.ofNobody(database);
  std::ranges::stable_sort(groups, std::greater{}, &ClientGroup::sessions);
  for (const ClientGroup* group : groups) {
    column.strangers += group->sessions;
    if (const std::string look = lookOf(*group);
        std::ranges::find(column.strangersLook, look) == column.strangersLook.end())
      column.strangersLook.push_back(look);
  }
  return column;
}

// Its own, or the one to which its address leads others that stand where it does, as long as that is one.
std::set<std::string> MatrixBuilder::configuredFor(const Server& server) const {
  if (!server.database.empty())
    return {server.database};
  const std::string standpoint = standpointOf(server);
  const auto known = m_ledTo.find(addressOf(server));
  if (known == m_ledTo.end() || standpoint.empty())
    return {};
  const auto there = known->second.find(standpoint);
  return there == known->second.end() || there->second.size() > 1 ? std::set<std::string>{} : there->second;
}

void MatrixBuilder::addLeads(const Server& server, std::map<std::size_t, MatrixCell>& cells) const {
  const std::set<std::string> configured = configuredFor(server);
  for (const std::string& id : configured) {
    const auto column = m_columnOf.find(id);
    if (column == m_columnOf.end())
      continue;
    MatrixCell& cell = cells[column->second];
    cell.configured = true;
    cell.reached = id == server.database;
    cell.fromHere = cell.reached && server.lookedFromHere;
    cell.uncertain = cell.reached && !m_snapshot.databases[column->second].identityProven;
  }
  const auto known = m_ledTo.find(addressOf(server));
  if (known == m_ledTo.end())
    return;
  for (const auto& [standpoint, databases] : known->second)
    for (const std::string& id : databases)
      if (const auto column = m_columnOf.find(id); !configured.contains(id) && column != m_columnOf.end())
        cells[column->second].namesake = true;
}

void MatrixBuilder::addSessions(const Server& server, const MatrixRow& row,
                                std::map<std::size_t, MatrixCell>& cells) const {
  for (const SeenOn& seen : m_sessions.of(server).seen) {
    const std::size_t index = m_columnOf.at(seen.database->id);
    MatrixCell& cell = cells[index];
    cell.connected = Known<int>::of(seen.sessions);
    cell.atLeast = m_matrix.columns[index].partlySeen;
    cell.sharedLook = seen.shared;
    cell.elsewhere = seen.elsewhere;
  }
  for (auto& [index, cell] : cells) {
    if (cell.connected)
      continue;
    const std::string& reason =
        row.sessionsReason.empty() ? m_matrix.columns[index].sessionsReason : row.sessionsReason;
    cell.connected = reason.empty() ? Known<int>::of(0) : Known<int>::unknown(reason);
  }
}

MatrixRow MatrixBuilder::rowOf(const Server& server) const {
  MatrixRow row;
  row.server = server.name;
  if (!server.connection.host.empty())
    row.configured = endpointText(server.connection) +
                     (server.connection.dbname.empty() ? std::string() : "/" + server.connection.dbname);
  row.origin = server.connection.origin;
  row.route = server.route;
  if (server.failure)
    row.failure = fmt::format("{}: {}", toString(server.failure->stage), server.failure->text);
  if (Sessions::lookOf(server).empty())
    row.sessionsReason = "nothing says what its sessions look like: write client = [\"ADDRESS\", \"app:NAME\"] into "
                         "the project";
  std::map<std::size_t, MatrixCell> cells;
  addLeads(server, cells);
  addSessions(server, row, cells);
  for (auto& [index, cell] : cells) {
    cell.column = index;
    row.cells.push_back(std::move(cell));
  }
  return row;
}

Matrix MatrixBuilder::take() {
  for (const Database& database : m_snapshot.databases) {
    m_columnOf.emplace(database.id, m_matrix.columns.size());
    m_matrix.columns.push_back(columnOf(database));
  }
  for (const Server& server : m_snapshot.servers)
    if (!server.database.empty() && !server.connection.host.empty())
      m_ledTo[addressOf(server)][standpointOf(server)].insert(server.database);
  for (const Server& server : m_snapshot.servers)
    m_matrix.rows.push_back(rowOf(server));
  return std::move(m_matrix);
}

std::string joined(const std::string& a, const std::string& b) {
  return a.empty() || b.empty() ? a + b : a + ", " + b;
}

} // namespace

Matrix matrixOf(const Snapshot& snapshot) {
  return MatrixBuilder(snapshot).take();
}

MatrixCell cellAt(const Matrix& matrix, std::size_t row, std::size_t column) {
  const MatrixRow& of = matrix.rows[row];
  const auto found = std::ranges::lower_bound(of.cells, column, {}, &MatrixCell::column);
  if (found != of.cells.end() && found->column == column)
    return *found;
  MatrixCell cell;
  cell.column = column;
  const std::string& reason = of.sessionsReason.empty() ? matrix.columns[column].sessionsReason : of.sessionsReason;
  cell.connected = reason.empty() ? Known<int>::of(0) : Known<int>::unknown(reason);
  return cell;
}

std::string leadText(const MatrixCell& cell) {
  if (cell.namesake && !cell.configured)
    return "same address as a server here";
  std::string text = cell.configured ? "configured" : "";
  if (cell.reached)
    text = joined(text, cell.fromHere ? "reached from this computer" : "reached");
  return cell.uncertain ? joined(text, "identity unknown") : text;
}

std::string connectedText(const MatrixCell& cell) {
  if (!cell.connected)
    return "sessions unknown";
  if (*cell.connected == 0)
    return cell.configured ? "no session seen" : "";
  std::string text = counted(static_cast<std::size_t>(*cell.connected), "session");
  if (cell.atLeast)
    text = "at least " + text;
  if (cell.elsewhere)
    text += ", but configured for another";
  if (cell.sharedLook)
    text += ", its own or another server's";
  return text;
}

std::string cellText(const MatrixCell& cell) {
  return joined(leadText(cell), connectedText(cell));
}

} // namespace whichbase::topology
