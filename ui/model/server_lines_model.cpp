#include "model/server_lines_model.h"

#include "style/environment_chip.h"
#include "style/marks.h"

#include <algorithm>

namespace whichbase::ui {

void ServerLinesModel::setLines(std::vector<ServerLine> lines) {
  beginResetModel();
  m_lines = std::move(lines);
  endResetModel();
}

void ServerLinesModel::setLine(std::size_t row, const ServerLine& line) {
  if (row >= m_lines.size())
    return;
  ServerLine next = line;
  if (next.server.isEmpty())
    next.server = m_lines[row].server;
  if (next.database.isEmpty())
    next.database = m_lines[row].database;
  if (next == m_lines[row])
    return;
  m_lines[row] = next;
  const int at = static_cast<int>(row);
  Q_EMIT dataChanged(index(at, 0), index(at, columns - 1));
}

int ServerLinesModel::confirmed() const {
  return static_cast<int>(std::ranges::count(m_lines, topology::Sign::good, &ServerLine::sign));
}

void ServerLinesModel::setTheme(const Theme& theme) {
  m_theme = theme;
  if (!m_lines.empty())
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

void ServerLinesModel::setEnvironments(const topology::Snapshot& snapshot) {
  m_environments.clear();
  for (const auto& server : snapshot.servers)
    m_environments[QString::fromStdString(server.name)] = server.environment;
}

QString ServerLinesModel::toText() const {
  QStringList lines;
  for (const auto& line : m_lines)
    lines
        << QStringLiteral("%1 (%2): %3").arg(line.server, line.database.isEmpty() ? tr("?") : line.database, line.text);
  return lines.join(QLatin1Char('\n'));
}

int ServerLinesModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int ServerLinesModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : columns;
}

QVariant ServerLinesModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid())
    return {};
  const auto& line = m_lines[static_cast<std::size_t>(index.row())];
  switch (index.column()) {
  case serverColumn:
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
      return line.server;
    if (const auto known = m_environments.find(line.server);
        role == Qt::DecorationRole && known != m_environments.end() && !known->second.empty())
      return environmentPixmap(m_theme, known->second);
    break;
  case databaseColumn:
    if (role == Qt::DecorationRole && !line.database.isEmpty())
      return badgeIcon(line.database.toStdString(), m_theme);
    if (role == Qt::AccessibleTextRole)
      return line.database.isEmpty() ? tr("database not known") : tr("database %1").arg(line.database);
    break;
  case textColumn:
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
      return line.text;
    if (role == Qt::DecorationRole && line.sign != topology::Sign::none)
      return signIcon(line.sign, m_theme);
    if (role == Qt::ForegroundRole && line.sign == topology::Sign::none)
      return m_theme.secondaryText;
    break;
  default:
    break;
  }
  return {};
}

QVariant ServerLinesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
    return {};
  switch (section) {
  case serverColumn:
    return tr("Server");
  case databaseColumn:
    return tr("Is on");
  default:
    return tr("Its own session");
  }
}

} // namespace whichbase::ui
