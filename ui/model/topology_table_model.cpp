#include "model/topology_table_model.h"

#include "layout/box_text.h"
#include "style/environment_chip.h"
#include "style/locale_text.h"
#include "topology/card_lines.h"
#include "topology/wording.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>
#include <tuple>

namespace whichbase::ui {

namespace {

QString q(const std::string& text) {
  return QString::fromStdString(text);
}

std::string addressOf(const topology::Server& server) {
  return server.address;
}

std::string environmentOf(const topology::Server& server) {
  return server.environment;
}

QString usersOf(const topology::Database& database) {
  const std::string text = topology::usersText(database.users);
  if (text == "?")
    return TopologyTableModel::tr("? users");
  return text == "1" ? counted("TopologyTable", "1 user", QT_TRANSLATE_N_NOOP("TopologyTable", "%Ln users"), 1)
                     : TopologyTableModel::tr("%1 users").arg(localCount(text));
}

} // namespace

void TopologyTableModel::setView(const View& view) {
  beginResetModel();
  m_view = view;
  m_rows.clear();
  m_lines.clear();
  for (const auto& side : {view.after, view.before})
    addServers(side);
  const auto servers = static_cast<std::ptrdiff_t>(m_rows.size());
  for (const auto& side : {view.before, view.after})
    addDatabases(side);
  std::ranges::sort(m_rows.begin() + servers, m_rows.end(), {}, [](const Row& row) {
    return std::tuple(row.database.starts_with('?'), row.database.size(), row.database);
  });
  endResetModel();
}

void TopologyTableModel::addServers(const Side& side) {
  if (!side)
    return;
  std::set<std::string> known;
  for (const Row& row : m_rows)
    known.insert(row.server);
  for (const auto& server : side->servers)
    if (known.insert(server.name).second)
      m_rows.push_back({server.name, {}});
}

void TopologyTableModel::addDatabases(const Side& side) {
  if (!side)
    return;
  const auto lines = topology::allCardLines(*side, (side == m_view.after ? m_view.before : m_view.after).get());
  for (std::size_t i = 0; i < side->databases.size(); ++i) {
    const auto& database = side->databases[i];
    if (rowOf({{}, q(database.id)}) < 0)
      m_rows.push_back({{}, database.id});
    QStringList texts;
    for (const auto& line : lines[i])
      texts << q(line.text);
    m_lines[&database] = texts.join(QStringLiteral("; "));
  }
}

void TopologyTableModel::setTheme(const Theme& theme) {
  m_theme = theme;
  if (rowCount() > 0)
    Q_EMIT dataChanged(index(0, environmentColumn), index(rowCount() - 1, environmentColumn));
}

int TopologyTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TopologyTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : columns;
}

QString TopologyTableModel::whereText(const Side& side, const Row& row) const {
  if (!side)
    return tr("not probed");
  const auto* server = side->server(row.server);
  if (!server)
    return tr("not there");
  if (server->failure)
    return tr("not reached, %1").arg(q(layout::failureText(*server)));
  const auto* database = side->database(server->database);
  if (!database)
    return tr("unknown");
  if (!database->identityProven)
    return tr("? %1: identity unknown, %2").arg(q(layout::titleOf(*database)), q(database->identityReason));
  const QString text = tr("%1  %2").arg(letterOf(database->id), q(layout::titleOf(*database)));
  const QString moved = side == m_view.after ? movedText(row) : QString();
  return moved.isEmpty() ? text : tr("%1, %2").arg(text, moved);
}

QString TopologyTableModel::movedText(const Row& row) const {
  const auto* before = m_view.before && m_view.after ? m_view.before->server(row.server) : nullptr;
  const auto* after = before ? m_view.after->server(row.server) : nullptr;
  if (!after || !before->reached() || !after->reached() || before->database == after->database)
    return {};
  const auto* from = m_view.before->database(before->database);
  return from && from->identityProven ? tr("was %1").arg(letterOf(from->id)) : QString();
}

QString TopologyTableModel::cardText(const Side& side, const Row& row) const {
  if (!side)
    return tr("not probed");
  const auto* database = side->database(row.database);
  if (!database)
    return tr("not in use here");
  QStringList parts;
  if (side->serversOn(database->id).empty())
    parts << q(topology::absenceText(*side, *database));
  parts << usersOf(*database);
  if (const auto lines = m_lines.find(database); lines != m_lines.end() && !lines->second.isEmpty())
    parts << lines->second;
  return parts.join(QStringLiteral("; "));
}

QString TopologyTableModel::onBothSides(const Row& row, std::string (*text)(const topology::Server&)) const {
  const auto on = [&](const Side& side) { return side ? side->server(row.server) : nullptr; };
  const auto* now = on(m_view.after);
  const auto* before = on(m_view.before);
  if (!now || !before || text(*now) == text(*before))
    return now || before ? q(text(now ? *now : *before)) : QString();
  return text(*before).empty() ? q(text(*now)) : tr("%1 (before: %2)").arg(q(text(*now)), q(text(*before)));
}

const topology::Database* TopologyTableModel::databaseOf(const Row& row) const {
  for (const auto& side : {m_view.after, m_view.before}) {
    if (!side)
      continue;
    if (row.server.empty()) {
      if (const auto* database = side->database(row.database))
        return database;
    } else {
      const auto* server = side->server(row.server);
      return server ? side->database(server->database) : nullptr;
    }
  }
  return nullptr;
}

QString TopologyTableModel::serverCell(const Row& row, int column) const {
  switch (column) {
  case nameColumn:
    return q(row.server);
  case beforeColumn:
    return whereText(m_view.before, row);
  case nowColumn:
    return whereText(m_view.after, row);
  case roleColumn:
    return onBothSides(row, layout::roleText);
  case environmentColumn:
    return onBothSides(row, environmentOf);
  default:
    return onBothSides(row, addressOf);
  }
}

QString TopologyTableModel::databaseCell(const Row& row, int column) const {
  const auto* database = databaseOf(row);
  switch (column) {
  case nameColumn:
    return !database                  ? q(row.database)
           : database->identityProven ? tr("Database %1: %2").arg(letterOf(database->id), q(layout::titleOf(*database)))
                                      : tr("Database of unknown identity: %1").arg(q(layout::titleOf(*database)));
  case beforeColumn:
    return cardText(m_view.before, row);
  case nowColumn:
    return cardText(m_view.after, row);
  case addressColumn:
    return database ? q(layout::subtitleOf(*database)) : QString();
  default:
    return {};
  }
}

// Of a server whose environment somebody has given a word or a mark.
QVariant TopologyTableModel::environmentPicture(const Row& row) const {
  for (const auto& side : {m_view.after, m_view.before})
    if (const auto* server = side && !row.server.empty() ? side->server(row.server) : nullptr)
      return isOfItsOwn(m_theme, server->environment) ? environmentPixmap(m_theme, server->environment) : QVariant();
  return {};
}

QVariant TopologyTableModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid))
    return {};
  if (role == Qt::TextAlignmentRole && index.column() == usersColumn)
    return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
  if (role == Qt::DecorationRole && index.column() == environmentColumn)
    return environmentPicture(at(index.row()));
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
    return {};
  const Row& row = at(index.row());
  if (index.column() == usersColumn) {
    const auto* database = databaseOf(row);
    return database ? localCount(topology::usersText(database->users)) : QStringLiteral("?");
  }
  return row.server.empty() ? databaseCell(row, index.column()) : serverCell(row, index.column());
}

QVariant TopologyTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole)
    return {};
  if (orientation == Qt::Vertical)
    return section + 1;
  switch (section) {
  case nameColumn:
    return tr("Server or database");
  case beforeColumn:
    return tr("Before");
  case nowColumn:
    return m_view.hasBefore ? tr("After") : tr("Now");
  case usersColumn:
    return tr("Users");
  case roleColumn:
    return tr("Role");
  case environmentColumn:
    return tr("Environment");
  default:
    return tr("Address");
  }
}

Selection TopologyTableModel::selectionOf(const QModelIndex& index) const {
  return index.isValid() ? Selection{q(at(index.row()).server), q(at(index.row()).database)} : Selection{};
}

int TopologyTableModel::rowOf(const Selection& selection) const {
  if (selection == Selection{})
    return -1;
  const std::string server = selection.server.toStdString();
  const std::string database = selection.database.toStdString();
  const auto found =
      std::ranges::find_if(m_rows, [&](const Row& row) { return row.server == server && row.database == database; });
  return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

} // namespace whichbase::ui
