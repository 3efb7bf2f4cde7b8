#include "window/matrix_table.h"

#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace whichbase::ui {

namespace {

constexpr int rowPixels = 42, headPixels = 32, leastColumn = 92, mostColumn = 200, mostName = 170;

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
  for (QHeaderView* header : {horizontalHeader(), verticalHeader()}) {
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setTextElideMode(Qt::ElideMiddle);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionsClickable(true);
    header->setIconSize(QSize(16, 16));
    header->setFont(textFont(12.5));
  }
  horizontalHeader()->setFixedHeight(headPixels);
  horizontalHeader()->setMinimumSectionSize(leastColumn);
  verticalHeader()->setDefaultSectionSize(rowPixels);
  connect(m_model, &QAbstractItemModel::modelReset, this, &MatrixTable::fitColumns);
  connect(horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int column) {
    Q_EMIT selected({{}, m_model->data(m_model->index(0, column), MatrixModel::databaseRole).toString()});
  });
  connect(verticalHeader(), &QHeaderView::sectionClicked, this,
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
  m_quiet = true;
  if (row >= 0 && m_model->columnCount() > 0) {
    if (row != currentIndex().row())
      setCurrentIndex(m_model->index(row, std::max(0, currentIndex().column())));
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
  viewport()->update();
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
  Q_EMIT described(current.isValid() ? m_model->describe(current) : QString());
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
  int name = 0;
  const QFontMetrics metrics(verticalHeader()->font());
  for (int row = 0; row < m_model->rowCount(); ++row)
    name =
        std::max(name, metrics.horizontalAdvance(m_model->headerData(row, Qt::Vertical, Qt::DisplayRole).toString()));
  const int widest = std::clamp(width() - columns * leastColumn, 92, mostName);
  verticalHeader()->setFixedWidth(std::min(name + 18, widest));
  const int room = width() - verticalHeader()->width() - 2;
  const int each = std::clamp(room / columns, leastColumn, mostColumn);
  for (int column = 0; column < columns; ++column)
    setColumnWidth(column, each);
}

} // namespace whichbase::ui
