// The diagram's content as a table, beside it.
#pragma once

#include "model/topology_table_model.h"

#include <QTableView>

namespace whichbase::ui {

class TablePanel : public QTableView {
  Q_OBJECT
public:
  explicit TablePanel(QWidget* parent = nullptr);
  void setView(const View& view);
  void setTheme(const Theme& theme) { m_model->setTheme(theme); }
  void select(const Selection& selection); // marks its row; emits nothing

Q_SIGNALS:
  void selected(const whichbase::ui::Selection& selection);

private:
  TopologyTableModel* m_model;
  bool m_settingSelection = false;
};

} // namespace whichbase::ui
