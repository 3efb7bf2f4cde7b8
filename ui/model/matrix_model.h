// Servers against databases of one side, as a table: what each server is configured for, what the probe reached, and
// where its own sessions are. The last row, where there is one, holds the sessions that are no server's of these.
#pragma once

#include "diagram/diagram_view.h"
#include "topology/matrix.h"

#include <QAbstractTableModel>

#include <memory>

namespace whichbase::ui {

class MatrixModel : public QAbstractTableModel {
  Q_OBJECT
public:
  // How a cell is led to: as a mark, beside its words.
  enum Mark { noMark, reachedMark, configuredMark, sameAddressMark, unsureMark };
  enum Role {
    markRole = Qt::UserRole, // Mark
    leadRole,                // "reached", "configured", "by address"; short, for a narrow cell
    connectedRole,           // "5 sessions", "none seen", "?"
    elsewhereRole,           // true: sessions where the server is not configured
    databaseRole,            // id of the column's database
  };

  using QAbstractTableModel::QAbstractTableModel;

  // Resets only where something changed; null: empty.
  void setSnapshot(std::shared_ptr<const topology::Snapshot> snapshot);
  void setTheme(const Theme& theme); // of the badges in the header

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  // The server of a row; of the last row the database of its column.
  Selection selectionOf(const QModelIndex& index) const;
  int rowOf(const QString& server) const;      // -1 where there is none
  int columnOf(const QString& database) const; // -1 where there is none
  int homeOf(int row) const;                   // the column for which its server is configured; 0 where none is
  // Everything that is known of a cell and its server, in sentences.
  QString describe(const QModelIndex& index) const;

private:
  bool isStrangers(int row) const { return row == static_cast<int>(m_matrix.rows.size()); }
  QVariant strangers(int column, int role) const;
  QString strangersText(int column) const;
  QString databaseName(int column) const;
  QString describeServer(int row) const;
  std::string environmentOf(int row) const; // of its server

  std::shared_ptr<const topology::Snapshot> m_snapshot;
  topology::Matrix m_matrix;
  bool m_hasStrangers = false;
  Theme m_theme = Theme::light();
};

} // namespace whichbase::ui
