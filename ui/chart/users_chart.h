// Users per database as bars in the databases' colours, grouped Before | After. Only this
// folder knows Qt Charts.
#pragma once

#include "diagram/diagram_view.h"
#include "model/user_counts.h"
#include "style/theme.h"

#include <QWidget>

#include <memory>

namespace whichbase::ui {

class UsersChart : public QWidget {
  Q_OBJECT
public:
  explicit UsersChart(QWidget* parent = nullptr);
  ~UsersChart() override;

  void setBars(const std::vector<UserBars>& groups); // does nothing when they are the same
  void setTheme(const Theme& theme);
  void setSelection(const Selection& selection); // the other databases' bars fade

Q_SIGNALS:
  void selected(const whichbase::ui::Selection& selection);

private:
  class View;
  View* m_view;
};

} // namespace whichbase::ui
