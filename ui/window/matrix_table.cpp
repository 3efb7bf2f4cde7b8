#include "window/matrix_table.h"

#include "window/matrix_header.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace whichbase::ui {

namespace {

constexpr int rowPixels = 42, headPixels = 38, leastColumn = 92, mostColumn = 200, leastName = 84, mostName = 170;

} // namespace

MatrixTable::MatrixTable(QWidget* parent)
    : QTableView(parent), m_model(new MatrixModel(this)), m_delegate(new MatrixCellDelegate(this)) {
  setModel(m_model);
  setItemDelegate(m_delegate);
  setSelectionBehavior(QAbstractItemView::SelectItems);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setTabKeyNavigation(false);
  setShowGrid(false);
  setFrameShape(QFrame::NoFrame);
  setFont(textFont(12.5));
  setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setMinimumHeight(headPixels + rowPixels);
  setHorizontalHeader(m_databases = new MatrixHeader(Qt::Horizontal, this));
  setVerticalHeader(m_servers = new MatrixHeader(Qt::Vertical, this));
  m_databases->setFixedHeight(headPixels);
  m_servers->setDefaultSectionSize(rowPixels);
  connect(m_model, &QAbstractItemModel::modelReset, this, &MatrixTable::fitColumns);
  connect(m_databases, &QHeaderView::sectionClicked, this, [this](int column) {
    Q_EMIT selected({{}, m_model->data(m_model->index(0, column), MatrixModel::databaseRole).toString()});
  });
  connect(m_servers, &QHeaderView::sectionClicked, this,
          [this](int row) { setCurrentIndex(m_model->index(row, std::max(0, currentIndex().column()))); });
}

void MatrixTable::setSnapshot(std::shared_ptr<const topology::Snapshot> snapshot) {
  const auto kept = m_model->selectionOf(currentIndex());
  const auto column = currentIndex().data(MatrixModel::databaseRole).toString();
  m_quiet = true;
  m_model->setSnapshot(std::move(snapshot));
  if (const int row = m_model->rowOf(kept.server); row >= 0 && !currentIndex().isValid())
    setCurrentIndex(m_model->index(row, std::max(0, m_model->columnOf(column))));
  m_quiet = false;
}

void MatrixTable::select(const Selection& selection) {
  const int row = selection.server.isEmpty() ? -1 : m_model->rowOf(selection.server);
  const int column = selection.database.isEmpty() ? -1 : m_model->columnOf(selection.database);
  m_delegate->setSelected(row, column);
  m_servers->setSelected(row);
  m_databases->setSelected(column);
  m_quiet = true;
  if (row >= 0 && m_model->columnCount() > 0) {
    if (row != currentIndex().row())
      setCurrentIndex(m_model->index(row, m_model->homeOf(row)));
  } else if (column < 0) {
    setCurrentIndex({});
  } else {
    scrollTo(m_model->index(std::max(0, currentIndex().row()), column));
  }
  m_quiet = false;
  viewport()->update();
}

void MatrixTable::setTheme(const Theme& theme) {
  m_model->setTheme(theme);
  m_delegate->setTheme(theme);
  m_servers->setTheme(theme);
  m_databases->setTheme(theme);
  viewport()->update();
}

QString MatrixTable::description() const {
  return currentIndex().isValid() ? m_model->describe(currentIndex()) : QString();
}

int MatrixTable::wantedHeight() const {
  return headPixels + m_model->rowCount() * rowPixels + 2;
}

void MatrixTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  fitColumns();
}

void MatrixTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QTableView::currentChanged(current, previous);
  Q_EMIT described(description());
  if (current.isValid() && !m_quiet)
    Q_EMIT selected(m_model->selectionOf(current));
}

void MatrixTable::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy))
    Q_EMIT copyWanted();
  else
    QTableView::keyPressEvent(event);
}

// Names take what they need, up to a part of the width; the databases share the rest.
void MatrixTable::fitColumns() {
  const int columns = m_model->columnCount();
  if (columns == 0)
    return;
  const int bar = wantedHeight() > height() ? verticalScrollBar()->sizeHint().width() : 0;
  const int room = width() - bar - 2;
  const int name = std::min(m_servers->wantedWidth(), std::clamp(room - columns * leastColumn, leastName, mostName));
  m_servers->setFixedWidth(name);
  const int each = std::clamp((room - name) / columns, leastColumn, mostColumn);
  for (int column = 0; column < columns; ++column)
    setColumnWidth(column, each);
}

} // namespace whichbase::ui
