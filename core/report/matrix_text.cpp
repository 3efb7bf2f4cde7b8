#include "report/matrix_text.h"

#include "report/side_cards.h"
#include "report/text_sections.h"
#include "topology/matrix.h"
#include "topology/standpoint.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace whichbase::report {
namespace {

using namespace topology;
using Kind = Ink::Kind;

constexpr int indent = 2, gap = 2, leastCell = 20, mostCell = 34, leastName = 28, mostName = 40;
// Up to as many servers stand each for itself.
constexpr std::size_t mostAlone = 8;

// Rows that say the same of their servers, except for how many sessions they have.
struct Alike {
  std::vector<std::string> servers;
  std::size_t row = 0;       // the first of them
  std::vector<int> sessions; // of all of them, by cell of that row
};

// What two rows must have in common to be told as one.
std::string keyOf(const MatrixRow& row) {
  std::string key =
      fmt::format("{}\n{}\n{}\n{}\n{}", row.configured, row.origin, row.route, row.failure, row.sessionsReason);
  for (const MatrixCell& cell : row.cells)
    key += fmt::format("\n{} {} {} {} {} {}", cell.column, leadText(cell),
                       cell.connected ? (*cell.connected > 0 ? "some" : "none") : cell.connected.reason, cell.atLeast,
                       cell.sharedLook, cell.elsewhere);
  return key;
}

std::vector<Alike> alikeRows(const Matrix& matrix) {
  std::vector<Alike> all;
  std::map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < matrix.rows.size(); ++i) {
    const MatrixRow& row = matrix.rows[i];
    const std::string key = matrix.rows.size() > mostAlone ? keyOf(row) : row.server;
    const auto [at, isNew] = known.emplace(key, all.size());
    if (isNew)
      all.push_back({{}, i, std::vector<int>(row.cells.size())});
    Alike& alike = all[at->second];
    alike.servers.push_back(row.server);
    for (std::size_t cell = 0; cell < row.cells.size(); ++cell)
      alike.sessions[cell] += row.cells[cell].connected.value.value_or(0);
  }
  return all;
}

// The cell of the first of them, with the sessions of all.
MatrixCell cellOf(const Matrix& matrix, const Alike& alike, std::size_t column) {
  MatrixCell cell = cellAt(matrix, alike.row, column);
  const auto& cells = matrix.rows[alike.row].cells;
  const auto found = std::ranges::find(cells, column, &MatrixCell::column);
  if (found != cells.end() && cell.connected)
    cell.connected = Known<int>::of(alike.sessions[static_cast<std::size_t>(found - cells.begin())]);
  return cell;
}

std::string nameOf(const Alike& alike) {
  return alike.servers.size() == 1 ? alike.servers.front()
                                   : fmt::format("{} and {} more", alike.servers.front(), alike.servers.size() - 1);
}

struct Line {
  std::string text;
  Ink ink;
  std::size_t most = 4; // lines that it may be wrapped to
};

// What stands under a server's name: how it is configured, from where that was looked at, why it was not reached.
std::vector<Line> underName(const MatrixRow& row) {
  std::vector<Line> lines;
  if (!row.configured.empty())
    lines.push_back({row.configured, {}, 1});
  if (!row.origin.empty())
    lines.push_back({"from " + row.origin, {Kind::dim}, 2});
  if (!row.route.empty() && row.route != "direct")
    lines.push_back({overRoute(row.route), {Kind::dim}, 2});
  if (!row.failure.empty())
    lines.push_back({"✗ " + row.failure, {Kind::bad}, 3});
  return lines;
}

// With the signs that the legend names.
std::vector<Line> linesOf(const MatrixCell& cell) {
  std::vector<Line> lines;
  if (const std::string lead = leadText(cell); !lead.empty()) {
    const bool sure = cell.reached && !cell.uncertain && !cell.fromHere;
    lines.push_back({(sure           ? "● "
                      : cell.reached ? "? "
                                     : "○ ") +
                         lead,
                     {cell.reached && !sure ? Kind::warning : Kind::plain}});
  }
  if (const std::string connected = connectedText(cell); !connected.empty())
    lines.push_back({(!cell.connected  ? "? "
                      : cell.elsewhere ? "! "
                                       : "  ") +
                         connected,
                     {!cell.connected  ? Kind::dim
                      : cell.elsewhere ? Kind::warning
                                       : Kind::plain}});
  return lines;
}

// Lines below each other from a column and a row on; those that are too long are wrapped under their text.
int putLines(Canvas& sheet, int x, int y, int width, const std::vector<Line>& lines, int hanging) {
  for (const Line& line : lines) {
    bool first = true;
    const std::string text = line.text.starts_with("  ") ? line.text.substr(2) : line.text;
    const int shift = line.text.starts_with("  ") ? 2 : 0;
    for (const std::string& part : wrapElided(text, width - hanging, line.most, sheet.charset())) {
      sheet.put(x + (first ? shift : hanging), y++, part, line.ink);
      first = false;
    }
  }
  return y;
}

struct Columns {
  int name = 0, cell = 0;
};

// No columns: it does not fit.
Columns columnsFor(int width, std::size_t databases) {
  const int count = static_cast<int>(databases);
  const int cells = (width - indent - leastName) / std::max(count, 1) - gap;
  if (databases == 0 || cells < leastCell)
    return {};
  Columns columns;
  columns.cell = std::min(cells, mostCell);
  columns.name = std::min(width - indent - count * (columns.cell + gap), mostName);
  return columns;
}

std::string headOf(const Database& database) {
  std::string head = letterOf(database);
  return database.label.empty() ? head : head + " " + database.label;
}

void addTable(Canvas& sheet, const Snapshot& snapshot, const Matrix& matrix, Columns columns) {
  const auto placeOf = [&](std::size_t column) {
    return indent + columns.name + gap + static_cast<int>(column) * (columns.cell + gap);
  };
  const int head = sheet.rows();
  for (std::size_t i = 0; i < matrix.columns.size(); ++i)
    sheet.put(placeOf(i), head, elideMiddle(headOf(snapshot.databases[i]), columns.cell, sheet.charset()),
              inkOf(snapshot.databases[i]));
  for (std::size_t i = 0; i < matrix.columns.size(); ++i)
    if (snapshot.databases[i].ghost)
      sheet.put(placeOf(i) + 2, head + 1, absenceText(snapshot, snapshot.databases[i]), {Kind::dim});
  for (const Alike& alike : alikeRows(matrix)) {
    const int top = sheet.rows();
    sheet.put(indent, top, elideMiddle(nameOf(alike), columns.name, sheet.charset()), {Kind::bold});
    putLines(sheet, indent, top + 1, columns.name, underName(matrix.rows[alike.row]), 0);
    for (std::size_t i = 0; i < matrix.columns.size(); ++i)
      putLines(sheet, placeOf(i), top, columns.cell, linesOf(cellOf(matrix, alike, i)), 2);
  }
  const bool strangers = std::ranges::any_of(matrix.columns, [](const auto& column) { return column.strangers > 0; });
  if (!strangers)
    return;
  const int top = sheet.rows();
  sheet.put(indent, top, elideMiddle("other sessions", columns.name, sheet.charset()), {Kind::dim});
  for (std::size_t i = 0; i < matrix.columns.size(); ++i)
    if (const MatrixColumn& column = matrix.columns[i]; column.strangers > 0)
      putLines(sheet, placeOf(i), top, columns.cell,
               {{"  " + counted(static_cast<std::size_t>(column.strangers), "session"), {}},
                {"  " + someOf(column.strangersLook, 2), {Kind::dim}}},
               2);
}

// One line for each database of which there is something to say.
void addList(Canvas& sheet, int width, const Snapshot& snapshot, const Matrix& matrix) {
  for (const Alike& alike : alikeRows(matrix)) {
    std::string name = nameOf(alike);
    for (const Line& line : underName(matrix.rows[alike.row]))
      name += " · " + line.text;
    const int top = sheet.rows();
    sheet.addWrapped(indent, width, name);
    sheet.put(indent, top, nameOf(alike).substr(0, name.find(" · ")), {Kind::bold});
    for (const MatrixCell& cell : matrix.rows[alike.row].cells) {
      const Database& database = snapshot.databases[cell.column];
      const int row = sheet.rows();
      sheet.addWrapped(indent + 8, width, cellText(cellOf(matrix, alike, cell.column)),
                       {cell.elsewhere ? Kind::warning : Kind::plain});
      sheet.put(indent + 2, row, database.id, inkOf(database));
      if (cell.elsewhere)
        sheet.put(indent + 6, row, "!", {Kind::warning});
    }
  }
  for (const MatrixColumn& column : matrix.columns)
    if (column.strangers > 0)
      sheet.addWrapped(indent, width,
                       fmt::format("Other sessions on {}: {} ({})", column.database,
                                   counted(static_cast<std::size_t>(column.strangers), "session"),
                                   someOf(column.strangersLook, 3)),
                       {Kind::dim});
}

// Why sessions are unknown, each reason once.
void addReasons(Canvas& sheet, int width, const Matrix& matrix) {
  std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
  const auto note = [&](const std::string& reason, const std::string& who) {
    if (reason.empty())
      return;
    auto at = std::ranges::find(reasons, reason, &std::pair<std::string, std::vector<std::string>>::first);
    if (at == reasons.end())
      at = reasons.insert(at, {reason, {}});
    at->second.push_back(who);
  };
  for (const MatrixRow& row : matrix.rows)
    note(row.sessionsReason, row.server);
  for (const MatrixColumn& column : matrix.columns)
    note(column.sessionsReason, column.database);
  for (const auto& [reason, who] : reasons) {
    const int row = sheet.rows();
    sheet.addWrapped(indent + 2, width, fmt::format("Sessions of {}: {}.", someOf(who, 3), reason), {Kind::dim});
    sheet.put(indent, row, "?", {Kind::dim});
  }
}

} // namespace

void addMatrix(Canvas& sheet, int width, const std::vector<const Snapshot*>& sides) {
  if (std::ranges::all_of(sides, [](const Snapshot* side) { return side->servers.empty(); }))
    return;
  addHeading(sheet, "CONFIGURED, REACHED, CONNECTED");
  for (const Snapshot* side : sides) {
    if (side->servers.empty())
      continue;
    if (sides.size() > 1)
      sheet.addLine(indent, side->side == Side::before ? "Before" : "After", {Kind::bold});
    const Matrix matrix = matrixOf(*side);
    if (const Columns columns = columnsFor(width, matrix.columns.size()); columns.cell > 0)
      addTable(sheet, *side, matrix, columns);
    else
      addList(sheet, width, *side, matrix);
    addReasons(sheet, width, matrix);
  }
  if (std::ranges::all_of(sides, [](const Snapshot* side) { return side->databases.empty(); }))
    return;
  sheet.addWrapped(indent, width,
                   "● the probe ended there, from where the server stands; ○ only the address says so; "
                   "! sessions where the server is not configured; ? unknown",
                   {Kind::dim});
}

} // namespace whichbase::report
