// The last step of a test row: one line a server, ticking, and what came of it.
#pragma once

#include "verify/test_row.h"
#include "window/headline_row.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace whichbase::ui {

class ServerLinesView;

class TestRowProgress : public QWidget {
  Q_OBJECT
public:
  explicit TestRowProgress(QWidget* parent = nullptr);

  void begin(const topology::Snapshot& snapshot, const verify::TestRowPlan& plan);
  void show(const verify::TestRowLine& line);
  void setDeleting(); // somebody stopped it: the row is deleted before anything else
  void show(const verify::TestRowResult& result);
  using QWidget::show;
  int wantedHeight() const; // without what may be left behind
  void setTheme(const Theme& theme);

private:
  void setHeadline(Sign sign, const QString& text);

  verify::TestRowStep m_step = verify::TestRowStep::inserting;
  bool m_deleting = false;
  HeadlineRow* m_head;
  ServerLinesView* m_lines;
  QLabel* m_problems;
  QLabel* m_leftTitle;
  QPlainTextEdit* m_left;
};

} // namespace whichbase::ui
