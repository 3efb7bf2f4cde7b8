// One side's matrix: servers as rows, whose names stay in place when it is scrolled, databases as columns.
#pragma once

#include "model/matrix_model.h"
#include "window/matrix_cell.h"

#include <QTableView>

namespace whichbase::ui {

class MatrixHeader;

class MatrixTable : public QTableView {
  Q_OBJECT
public:
  explicit MatrixTable(QWidget* parent = nullptr);

  void setSnapshot(std::shared_ptr<const topology::Snapshot> snapshot);
  void select(const Selection& selection); // marks row or column; emits nothing
  void setTheme(const Theme& theme);
  QString description() const; // of the current cell, in sentences; empty without one

Q_SIGNALS:
  void selected(const whichbase::ui::Selection& selection);
  void described(const QString& text); // of the current cell
  void copyWanted();

protected:
  void resizeEvent(QResizeEvent* event) override;
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
  void keyPressEvent(QKeyEvent* event) override;

private:
  void fitColumns();
  int wantedHeight() const; // of everything in it, without scrolling

  MatrixModel* m_model;
  MatrixCellDelegate* m_delegate;
  MatrixHeader* m_servers;
  MatrixHeader* m_databases;
  bool m_quiet = false; // the selection comes from elsewhere
};

} // namespace whichbase::ui
