// The diagram's content as a table, one server a row: for screen readers, and for reading many servers quickly.
#pragma once

#include "diagram/diagram_view.h"
#include "model/view.h"

#include <QAbstractTableModel>

namespace whichbase::ui {

class TopologyTableModel : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { serverColumn, beforeColumn, nowColumn, usersColumn, roleColumn, environmentColumn, addressColumn };
  static constexpr int columns = 7;

  using QAbstractTableModel::QAbstractTableModel;
  void setView(const View& view);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  Selection selectionOf(const QModelIndex& index) const;
  // Row of the selected server; -1 where there is none.
  int rowOf(const QString& server) const;
  bool hasBefore() const { return m_view.hasBefore; }

private:
  // A server as it stands on a side; null where it is not there.
  const topology::Server* on(const std::shared_ptr<const topology::Snapshot>& side, int row) const;
  QString databaseText(const std::shared_ptr<const topology::Snapshot>& side, int row) const;
  QString usersOf(int row) const;

  View m_view;
  std::vector<std::string> m_servers; // of both sides, in the project's order
};

} // namespace whichbase::ui
