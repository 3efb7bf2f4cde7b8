// "Write a test row…": which and where, the exact SQL, then one line a server. Nothing is written before its last
// button was pressed, and it does not close over a row that is still there.
#pragma once

#include "window/test_row_run.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace whichbase::ui {

class TestRowChoice;
class TestRowProgress;
class TestRowSql;

class TestRowDialog : public QDialog {
  Q_OBJECT
public:
  enum class Page { choice, sql, progress };

  // `confirmation`: what has to be typed before anything is written to production.
  TestRowDialog(ProbeController& controller, const Document::Surroundings& surroundings, QString confirmation,
                QWidget* parent = nullptr);

  void choose(const std::string& writer, verify::TestRowPlace place);
  void setTheme(const Theme& theme);
  void reject() override; // deletes the row first where there is one, and closes then
  bool isRowOut() const { return m_run.isRowOut(); }
  Page page() const;

  // For who has values to show.
  void show(const verify::TestRowPlan& plan);
  TestRowProgress& progress() { return *m_progress; }
  void showPage(Page page);
  using QDialog::show;

Q_SIGNALS:
  void proven(const whichbase::topology::Verification& verification);
  void over(const whichbase::verify::TestRowResult& result);
  void copied(const QString& what);

private:
  void makeButtons();
  void connectRun();
  void look();
  void write();
  void finish(const verify::TestRowResult& result);
  void refresh();

  TestRowRun m_run;
  QString m_confirmation;
  bool m_closing = false;
  std::optional<verify::TestRowResult> m_result;
  QLabel* m_step;
  QStackedWidget* m_pages;
  TestRowChoice* m_choice;
  TestRowSql* m_sql;
  TestRowProgress* m_progress;
  QPushButton* m_copy;
  QPushButton* m_back;
  QPushButton* m_look;
  QPushButton* m_write;
  QPushButton* m_close;
};

} // namespace whichbase::ui
