#include "model/sights_model.h"

#include "model/verification_lines.h"
#include "style/marks.h"

#include <algorithm>
#include <utility>

namespace whichbase::ui {

namespace {

using verify::Sight;

template <class T>
const T* at(const std::vector<std::vector<T>>& table, int row, int column) {
  const auto r = static_cast<std::size_t>(row), c = static_cast<std::size_t>(column);
  return r < table.size() && c < table[r].size() ? &table[r][c] : nullptr;
}

topology::Sign signOf(Sight sight) {
  switch (sight) {
  case Sight::sameDatabase:
    return topology::Sign::good;
  case Sight::sameInstance:
  case Sight::notSeen:
    return topology::Sign::bad;
  case Sight::unknown:
    break;
  }
  return topology::Sign::unknown;
}

} // namespace

void SightsModel::setResult(verify::CheckResult result) {
  beginResetModel();
  m_result = std::move(result);
  endResetModel();
}

void SightsModel::setTheme(const Theme& theme) {
  m_theme = theme;
  if (rowCount() > 0)
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int SightsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_result.servers.size());
}

int SightsModel::columnCount(const QModelIndex& parent) const {
  return rowCount(parent);
}

bool SightsModel::isStandby(const QModelIndex& index) const {
  const auto inRecovery = [&](int server) {
    const auto i = static_cast<std::size_t>(server);
    return i < m_result.abilities.size() && m_result.abilities[i].inRecovery;
  };
  return inRecovery(index.row()) != inRecovery(index.column());
}

QString SightsModel::describe(const QModelIndex& index) const {
  if (!index.isValid())
    return {};
  const auto name = [&](int i) { return QString::fromStdString(m_result.servers[static_cast<std::size_t>(i)]); };
  const QString row = name(index.row()), column = name(index.column());
  const auto* sight = at(m_result.sights, index.row(), index.column());
  const auto* reason = at(m_result.reasons, index.row(), index.column());
  const QString why = reason && !reason->empty() ? QString::fromStdString(*reason) : tr("not looked at");
  QString text;
  if (index.row() == index.column())
    text = sight && *sight == Sight::sameDatabase ? tr("%1 sees its own flag").arg(row)
           : sight && *sight == Sight::notSeen
               ? tr("%1 does not see its own flag, so nothing can be told").arg(row)
               : tr("%1 raised no flag of its own: nobody could have seen it, or it was not reached").arg(row);
  else if (!sight || *sight == Sight::unknown)
    text = tr("It is not known whether %1 sees %2: %3").arg(row, column, why);
  else if (*sight == Sight::sameDatabase)
    text = tr("%1 sees the flag of %2 in its own database: they share one").arg(row, column);
  else if (*sight == Sight::sameInstance)
    text = tr("%1 sees the flag of %2 in another database of the same instance").arg(row, column);
  else
    text = tr("%1 does not see the flag of %2").arg(row, column) +
           (isStandby(index)             ? tr(": a flag is not replicated, and one of them is a standby")
            : reason && !reason->empty() ? QStringLiteral(": ") + why
                                         : QString());
  if (const auto* ms = at(m_result.notifyMs, index.column(), index.row()); ms && *ms && index.row() != index.column())
    text += tr("; a NOTIFY from there took %1").arg(delayText(**ms));
  return text + QLatin1Char('.');
}

QVariant SightsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid())
    return {};
  const auto* sight = at(m_result.sights, index.row(), index.column());
  const bool own = index.row() == index.column();
  switch (role) {
  case Qt::DisplayRole: {
    if (own)
      return QStringLiteral("–");
    if (sight && *sight == Sight::sameInstance)
      return tr("other database");
    if (sight && *sight == Sight::notSeen && isStandby(index))
      return tr("standby");
    const auto* ms = at(m_result.notifyMs, index.column(), index.row());
    return ms && *ms ? delayText(**ms) : QString();
  }
  case Qt::DecorationRole:
    // Of one that raised none, since nobody could have seen it, there is nothing to tell.
    if (own && (!sight || *sight == Sight::sameDatabase || *sight == Sight::unknown))
      return {};
    // A standby that does not see its primary's flag proves nothing against it.
    return signIcon(signOf(sight && !isStandby(index) ? *sight : Sight::unknown), m_theme);
  case Qt::ToolTipRole:
  case Qt::AccessibleTextRole:
    return describe(index);
  case Qt::ForegroundRole:
    return own ? QVariant(m_theme.secondaryText) : QVariant();
  default:
    return {};
  }
}

QVariant SightsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
    return {};
  const QString name = QString::fromStdString(m_result.servers[static_cast<std::size_t>(section)]);
  return orientation == Qt::Vertical && role == Qt::ToolTipRole ? tr("What %1 sees").arg(name) : name;
}

} // namespace whichbase::ui
