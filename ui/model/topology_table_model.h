// The diagram's content as a table, one server a row and below them one database a row: for screen readers, and for
// reading many servers quickly. It says all that the diagram of either side says.
#pragma once

#include "diagram/diagram_view.h"
#include "model/view.h"

#include <QAbstractTableModel>

#include <map>

namespace whichbase::ui {

class TopologyTableModel : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { nameColumn, beforeColumn, nowColumn, usersColumn, roleColumn, environmentColumn, addressColumn };
  static constexpr int columns = 7;

  using QAbstractTableModel::QAbstractTableModel;
  void setView(const View& view);
  void setTheme(const Theme& theme); // of the environments

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  Selection selectionOf(const QModelIndex& index) const;
  // Row of what is selected; -1 where there is none.
  int rowOf(const Selection& selection) const;
  bool hasBefore() const { return m_view.hasBefore; }

private:
  struct Row {
    std::string server;   // its name; empty: a database
    std::string database; // its id
  };
  using Side = std::shared_ptr<const topology::Snapshot>;

  void addServers(const Side& side);
  void addDatabases(const Side& side);
  const Row& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
  QString serverCell(const Row& row, int column) const;
  QString databaseCell(const Row& row, int column) const;
  QString whereText(const Side& side, const Row& row) const; // which database the server is on
  QVariant environmentPicture(const Row& row) const;
  QString movedText(const Row& row) const;
  QString cardText(const Side& side, const Row& row) const; // what the database's card says
  // Of the present side, and beside it what was otherwise before.
  QString onBothSides(const Row& row, std::string (*text)(const topology::Server&)) const;
  // The database as the present side knows it, else as the other one does.
  const topology::Database* databaseOf(const Row& row) const;

  View m_view;
  std::vector<Row> m_rows;
  std::map<const topology::Database*, QString> m_lines; // of the cards of both sides
  Theme m_theme = Theme::light();
};

} // namespace whichbase::ui
