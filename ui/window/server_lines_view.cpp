#include "window/server_lines_view.h"

#include <QHeaderView>

#include <algorithm>

namespace whichbase::ui {

namespace {
constexpr int rowPixels = 30, badgeColumn = 56, leastName = 90, mostName = 220;
}

void setUpTable(QTableView& table) {
  table.setSelectionMode(QAbstractItemView::SingleSelection);
  table.setEditTriggers(QAbstractItemView::NoEditTriggers);
  table.setTabKeyNavigation(false);
  table.setShowGrid(false);
  table.setWordWrap(true);
  table.setTextElideMode(Qt::ElideRight);
  table.setFont(textFont(12.5));
  table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table.horizontalHeader()->setHighlightSections(false);
}

ServerLinesView::ServerLinesView(QWidget* parent) : QTableView(parent), m_model(new ServerLinesModel(this)) {
  setModel(m_model);
  setUpTable(*this);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setAccessibleName(tr("Servers, and what their own sessions see"));
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  verticalHeader()->hide();
  verticalHeader()->setDefaultSectionSize(rowPixels);
  setMinimumHeight(4 * rowPixels);
  connect(m_model, &QAbstractItemModel::modelReset, this, &ServerLinesView::fitColumns);
  connect(m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex& first, const QModelIndex& last) {
    for (int row = first.row(); row <= last.row(); ++row)
      resizeRowToContents(row); // a reason may need more lines than one
  });
}

void ServerLinesView::setTheme(const Theme& theme) {
  m_model->setTheme(theme);
}

int ServerLinesView::wantedHeight() const {
  return horizontalHeader()->sizeHint().height() + verticalHeader()->length() + 4;
}

void ServerLinesView::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  fitColumns();
}

void ServerLinesView::fitColumns() {
  const int name = std::clamp(sizeHintForColumn(ServerLinesModel::serverColumn) + 16, leastName, mostName);
  setColumnWidth(ServerLinesModel::serverColumn, name);
  setColumnWidth(ServerLinesModel::databaseColumn, badgeColumn);
  setColumnWidth(ServerLinesModel::textColumn, std::max(160, viewport()->width() - name - badgeColumn));
  constexpr int mostMeasured = 200; // of more, lines that change are measured one by one
  if (m_model->rowCount() <= mostMeasured)
    resizeRowsToContents();
}

} // namespace whichbase::ui
