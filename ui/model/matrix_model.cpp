#include "model/matrix_model.h"

#include "model/view.h"
#include "style/environment_chip.h"
#include "style/marks.h"
#include "topology/standpoint.h"
#include "topology/wording.h"

#include <algorithm>

namespace whichbase::ui {

using topology::MatrixCell;
using topology::MatrixColumn;
using topology::MatrixRow;

namespace {

QString q(const std::string& text) {
  return QString::fromStdString(text);
}

MatrixModel::Mark markOf(const MatrixCell& cell) {
  if (cell.reached)
    return cell.uncertain || cell.fromHere ? MatrixModel::unsureMark : MatrixModel::reachedMark;
  if (cell.configured)
    return MatrixModel::configuredMark;
  return cell.namesake ? MatrixModel::sameAddressMark : MatrixModel::noMark;
}

// As much of topology::leadText as a narrow cell holds: what was reached is what is configured.
QString shortLead(const MatrixCell& cell) {
  if (cell.reached && cell.uncertain)
    return MatrixModel::tr("which is it?");
  if (cell.reached)
    return cell.fromHere ? MatrixModel::tr("from here") : MatrixModel::tr("reached");
  if (cell.configured)
    return MatrixModel::tr("configured");
  return cell.namesake ? MatrixModel::tr("by address") : QString();
}

QString shortConnected(const MatrixCell& cell) {
  if (!cell.connected)
    return MatrixModel::tr("? sessions");
  if (*cell.connected == 0)
    return cell.configured ? MatrixModel::tr("none seen") : QString();
  const QString text = q(topology::counted(static_cast<std::size_t>(*cell.connected), "session"));
  if (cell.atLeast)
    return QStringLiteral("≥ ") + text;
  return cell.sharedLook ? text + QStringLiteral(" ?") : text;
}

} // namespace

void MatrixModel::setSnapshot(std::shared_ptr<const topology::Snapshot> snapshot) {
  topology::Matrix matrix = snapshot ? topology::matrixOf(*snapshot) : topology::Matrix{};
  const auto labelsOf = [](const topology::Snapshot* of) {
    std::vector<std::pair<std::string, bool>> labels;
    if (of)
      for (const auto& database : of->databases)
        labels.emplace_back(database.label, database.ghost);
    return labels;
  };
  const bool same = matrix == m_matrix && labelsOf(snapshot.get()) == labelsOf(m_snapshot.get());
  if (same) { // what is scrolled to and where the keyboard is stay
    m_snapshot = std::move(snapshot);
    return;
  }
  beginResetModel();
  m_snapshot = std::move(snapshot);
  m_matrix = std::move(matrix);
  m_hasStrangers =
      std::ranges::any_of(m_matrix.columns, [](const MatrixColumn& column) { return column.strangers > 0; });
  endResetModel();
}

void MatrixModel::setTheme(const Theme& theme) {
  m_theme = theme;
  if (columnCount() > 0)
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
  if (rowCount() > 0)
    Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
}

int MatrixModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_matrix.rows.size()) + (m_hasStrangers ? 1 : 0);
}

int MatrixModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_matrix.columns.size());
}

QString MatrixModel::strangersText(int column) const {
  const MatrixColumn& of = m_matrix.columns[static_cast<std::size_t>(column)];
  return of.strangers == 0 ? QString() : q(topology::counted(static_cast<std::size_t>(of.strangers), "session"));
}

QVariant MatrixModel::strangers(int column, int role) const {
  switch (role) {
  case Qt::DisplayRole:
  case connectedRole:
    return strangersText(column);
  case Qt::AccessibleTextRole:
    return tr("Other sessions on %1: %2").arg(databaseName(column), strangersText(column));
  case markRole:
    return static_cast<int>(noMark);
  default:
    return {};
  }
}

QVariant MatrixModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid))
    return {};
  const auto column = static_cast<std::size_t>(index.column());
  if (role == databaseRole)
    return q(m_matrix.columns[column].database);
  if (role == Qt::ToolTipRole)
    return describe(index);
  if (isStrangers(index.row()))
    return strangers(index.column(), role);
  const MatrixCell cell = topology::cellAt(m_matrix, static_cast<std::size_t>(index.row()), column);
  switch (role) {
  case Qt::DisplayRole:
    return q(topology::cellText(cell));
  case Qt::AccessibleTextRole: {
    const std::string text = topology::cellText(cell);
    return tr("%1 on %2: %3")
        .arg(q(m_matrix.rows[static_cast<std::size_t>(index.row())].server), databaseName(index.column()),
             text.empty() ? tr("nothing") : q(text));
  }
  case markRole:
    return static_cast<int>(markOf(cell));
  case leadRole:
    return shortLead(cell);
  case connectedRole:
    return shortConnected(cell);
  case elsewhereRole:
    return cell.elsewhere;
  default:
    return {};
  }
}

QString MatrixModel::databaseName(int column) const {
  const auto& database = m_snapshot->databases[static_cast<std::size_t>(column)];
  const QString letter = letterOf(database.id);
  return database.label.empty() ? letter : letter + QLatin1Char(' ') + q(database.label);
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (section < 0 || section >= (orientation == Qt::Horizontal ? columnCount() : rowCount()))
    return {};
  if (orientation == Qt::Vertical) {
    if (role == Qt::DisplayRole)
      return isStrangers(section) ? tr("Other sessions") : q(m_matrix.rows[static_cast<std::size_t>(section)].server);
    if (role == Qt::ToolTipRole)
      return isStrangers(section) ? tr("Sessions that look like those of no server here.") : describeServer(section);
    if (const auto environment = environmentOf(section); role == Qt::DecorationRole && isMarked(m_theme, environment))
      return environmentPixmap(m_theme, environment);
    return {};
  }
  const auto& database = m_snapshot->databases[static_cast<std::size_t>(section)];
  switch (role) {
  case Qt::DisplayRole: // the letter stands on the badge beside it
    return q(database.label);
  case Qt::DecorationRole:
    return badgeIcon(database.id, m_theme);
  case Qt::AccessibleTextRole:
  case Qt::ToolTipRole:
    return databaseName(section) + (database.ghost ? tr(", not in use here") : QString());
  default:
    return {};
  }
}

std::string MatrixModel::environmentOf(int row) const {
  const auto* server =
      isStrangers(row) ? nullptr : m_snapshot->server(m_matrix.rows[static_cast<std::size_t>(row)].server);
  return server ? server->environment : std::string();
}

QString MatrixModel::describeServer(int row) const {
  const MatrixRow& of = m_matrix.rows[static_cast<std::size_t>(row)];
  QString text = q(of.server);
  if (!of.configured.empty())
    text += tr(" is configured for %1").arg(q(of.configured));
  if (!of.origin.empty())
    text += tr(", read from %1").arg(q(of.origin));
  if (!of.route.empty() && of.route != "direct")
    text += tr(", looked at %1").arg(q(topology::overRoute(of.route)));
  text += QLatin1Char('.');
  if (!of.failure.empty())
    text += tr(" Not reached, %1.").arg(q(of.failure));
  return text;
}

QString MatrixModel::describe(const QModelIndex& index) const {
  const auto column = static_cast<std::size_t>(index.column());
  if (isStrangers(index.row())) {
    const MatrixColumn& of = m_matrix.columns[column];
    return of.strangers == 0 ? QString()
                             : tr("On %1: %2 that look like those of no server here (%3).")
                                   .arg(databaseName(index.column()), strangersText(index.column()),
                                        q(topology::someOf(of.strangersLook, 4)));
  }
  const MatrixCell cell = topology::cellAt(m_matrix, static_cast<std::size_t>(index.row()), column);
  const std::string words = cell.connected ? topology::cellText(cell) : topology::leadText(cell);
  QString text = describeServer(index.row());
  if (cell.connected || !words.empty())
    text += tr(" On %1: %2.").arg(databaseName(index.column()), words.empty() ? tr("no session seen") : q(words));
  if (!cell.connected)
    text += tr(" Its sessions on %1 are unknown: %2.").arg(databaseName(index.column()), q(cell.connected.reason));
  else if (cell.atLeast)
    text += QLatin1Char(' ') + q(topology::capitalised(m_matrix.columns[column].sessionsReason)) + QLatin1Char('.');
  return text;
}

Selection MatrixModel::selectionOf(const QModelIndex& index) const {
  if (!index.isValid())
    return {};
  if (isStrangers(index.row()))
    return {{}, q(m_matrix.columns[static_cast<std::size_t>(index.column())].database)};
  return {q(m_matrix.rows[static_cast<std::size_t>(index.row())].server), {}};
}

int MatrixModel::rowOf(const QString& server) const {
  const auto found = std::ranges::find(m_matrix.rows, server.toStdString(), &MatrixRow::server);
  return found == m_matrix.rows.end() ? -1 : static_cast<int>(found - m_matrix.rows.begin());
}

int MatrixModel::columnOf(const QString& database) const {
  const auto found = std::ranges::find(m_matrix.columns, database.toStdString(), &MatrixColumn::database);
  return found == m_matrix.columns.end() ? -1 : static_cast<int>(found - m_matrix.columns.begin());
}

int MatrixModel::homeOf(int row) const {
  if (row < 0 || row >= static_cast<int>(m_matrix.rows.size()))
    return 0;
  const auto& cells = m_matrix.rows[static_cast<std::size_t>(row)].cells;
  const auto found = std::ranges::find(cells, true, &MatrixCell::configured);
  return found == cells.end() ? 0 : static_cast<int>(found->column);
}

} // namespace whichbase::ui
