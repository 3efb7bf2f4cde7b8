// The pane below the diagrams: users per database, beside each other.
#pragma once

#include "chart/users_chart.h"

#include <QFrame>

class QLabel;

namespace whichbase::ui {

class ChartPane : public QFrame {
  Q_OBJECT
public:
  explicit ChartPane(QWidget* parent = nullptr);
  void setView(const View& view);
  void setTheme(const Theme& theme);
  void setSelection(const Selection& selection);

Q_SIGNALS:
  void selected(const whichbase::ui::Selection& selection);

private:
  UsersChart* m_chart;
  QLabel* m_relation;
  QLabel* m_empty;
};

} // namespace whichbase::ui
