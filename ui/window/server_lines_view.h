// A table of the servers that take part in a verification.
#pragma once

#include "model/server_lines_model.h"

#include <QTableView>

namespace whichbase::ui {

class ServerLinesView : public QTableView {
  Q_OBJECT
public:
  explicit ServerLinesView(QWidget* parent = nullptr);
  ServerLinesModel& lines() { return *m_model; }
  const ServerLinesModel& lines() const { return *m_model; }
  void setTheme(const Theme& theme);
  int wantedHeight() const; // of all rows

protected:
  void resizeEvent(QResizeEvent* event) override;

private:
  void fitColumns();
  ServerLinesModel* m_model;
};

// What tables of a verification have in common.
void setUpTable(QTableView& table);

} // namespace whichbase::ui
