// "Check again": one line a server while it runs, then who sees whom. Beside the window, which stays usable.
#pragma once

#include "window/check_run.h"
#include "window/headline_row.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTableView;

namespace whichbase::ui {

class MatrixHeader;
class ServerLinesView;
class SightsModel;

class CheckDialog : public QDialog {
  Q_OBJECT
public:
  explicit CheckDialog(ProbeController& controller, QWidget* parent = nullptr);

  void start(const Document::Surroundings& surroundings);
  void setTheme(const Theme& theme);
  void reject() override; // cancels what runs

  // Of the run; public for who has values to show.
  void begin(const topology::Snapshot& snapshot);
  void show(const verify::CheckLine& line);
  void show(const verify::CheckResult& result);
  using QDialog::show;

Q_SIGNALS:
  void proven(const whichbase::topology::Verification& verification);
  void againRequested();
  void copied(const QString& what);

private:
  void makeHead();
  void makeButtons();
  void setHeadline(Sign sign, const QString& text);
  void makeMatrix();
  void stop();
  void refresh();
  void fit(); // tables as high as their rows need, within reason
  void resizeEvent(QResizeEvent* event) override;
  void fitMatrix();

  CheckRun m_run;
  std::optional<verify::CheckResult> m_result;
  HeadlineRow* m_head;
  QLabel* m_caption;
  ServerLinesView* m_lines;
  QLabel* m_matrixTitle;
  QTableView* m_matrix;
  SightsModel* m_sights;
  MatrixHeader* m_rows;
  MatrixHeader* m_columns;
  QLabel* m_described; // the cell that is chosen
  QPushButton* m_copy;
  QPushButton* m_again;
  QPushButton* m_stop;
};

} // namespace whichbase::ui
