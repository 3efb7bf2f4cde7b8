#include "window/table_panel.h"

#include "style/theme.h"

#include <QHeaderView>

#include <algorithm>

namespace whichbase::ui {

TablePanel::TablePanel(QWidget* parent) : QTableView(parent), m_model(new TopologyTableModel(this)) {
  setModel(m_model);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setTabKeyNavigation(false);
  setWordWrap(true);
  setShowGrid(false);
  setFrameShape(QFrame::NoFrame);
  setFont(textFont(12.5));
  setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  setAccessibleName(tr("Servers and their databases"));
  verticalHeader()->hide();
  verticalHeader()->setDefaultSectionSize(28);
  horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  horizontalHeader()->setHighlightSections(false);
  connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
    if (current.isValid() && !m_settingSelection)
      Q_EMIT selected(m_model->selectionOf(current));
  });
}

void TablePanel::setView(const View& view) {
  const auto kept = m_model->selectionOf(currentIndex());
  m_settingSelection = true;
  m_model->setView(view);
  setColumnHidden(TopologyTableModel::beforeColumn, !view.hasBefore);
  resizeColumnsToContents();
  for (const int column :
       {TopologyTableModel::nameColumn, TopologyTableModel::beforeColumn, TopologyTableModel::nowColumn})
    setColumnWidth(column, std::min(columnWidth(column), 190));
  m_settingSelection = false;
  select(kept);
}

void TablePanel::select(const Selection& selection) {
  const int row = m_model->rowOf(selection);
  m_settingSelection = true;
  if (row < 0) {
    clearSelection();
    setCurrentIndex({});
  } else if (row != currentIndex().row()) {
    selectRow(row);
  }
  m_settingSelection = false;
}

} // namespace whichbase::ui
