#include "model/topology_table_model.h"

#include <algorithm>

namespace whichbase::ui {

namespace {
QString q(const std::string& text) {
  return QString::fromStdString(text);
}
} // namespace

void TopologyTableModel::setView(const View& view) {
  beginResetModel();
  m_view = view;
  m_servers.clear();
  for (const auto& side : {view.after, view.before})
    if (side)
      for (const auto& server : side->servers)
        if (std::ranges::find(m_servers, server.name) == m_servers.end())
          m_servers.push_back(server.name);
  endResetModel();
}

int TopologyTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_servers.size());
}

int TopologyTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : columns;
}

const topology::Server* TopologyTableModel::on(const std::shared_ptr<const topology::Snapshot>& side, int row) const {
  return side ? side->server(m_servers[static_cast<std::size_t>(row)]) : nullptr;
}

QString TopologyTableModel::databaseText(const std::shared_ptr<const topology::Snapshot>& side, int row) const {
  if (!side)
    return tr("not probed");
  const auto* server = on(side, row);
  if (!server)
    return tr("not there");
  if (server->failure)
    return tr("not reached, %1: %2").arg(q(topology::toString(server->failure->stage)), q(server->failure->text));
  const auto* database = side->database(server->database);
  if (!database)
    return tr("unknown");
  if (!database->identityProven)
    return tr("? %1: identity unknown, %2").arg(q(database->label), q(database->identityReason));
  return tr("%1  %2").arg(letterOf(database->id), q(database->label));
}

QString TopologyTableModel::usersOf(int row) const {
  const auto& side = m_view.after ? m_view.after : m_view.before;
  const auto* server = on(side, row);
  const auto* database = server ? side->database(server->database) : nullptr;
  return database ? q(topology::usersText(database->users)) : QStringLiteral("?");
}

QVariant TopologyTableModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid))
    return {};
  if (role == Qt::TextAlignmentRole && index.column() == usersColumn)
    return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
    return {};
  const auto* server = on(m_view.after, index.row());
  if (!server)
    server = on(m_view.before, index.row());
  switch (index.column()) {
  case serverColumn:
    return q(server->name);
  case beforeColumn:
    return databaseText(m_view.before, index.row());
  case nowColumn:
    return databaseText(m_view.after, index.row());
  case usersColumn:
    return usersOf(index.row());
  case roleColumn:
    return q(topology::toString(server->role));
  case environmentColumn:
    return q(server->environment);
  default:
    return q(server->address);
  }
}

QVariant TopologyTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole)
    return {};
  if (orientation == Qt::Vertical)
    return section + 1;
  switch (section) {
  case serverColumn:
    return tr("Server");
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
  Selection selection;
  if (index.isValid())
    selection.server = q(m_servers[static_cast<std::size_t>(index.row())]);
  return selection;
}

int TopologyTableModel::rowOf(const QString& server) const {
  const auto found = std::ranges::find(m_servers, server.toStdString());
  return found == m_servers.end() ? -1 : static_cast<int>(found - m_servers.begin());
}

} // namespace whichbase::ui
