// "Compare databases": two databases of what is open, their schemas and their rows. Values of rows are never shown.
#pragma once

#include "compare/databases.h"
#include "window/look_dialog.h"

#include <expected>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QTextBrowser;
class QTreeWidget;

namespace whichbase::ui {

class CompareDialog : public LookDialog {
  Q_OBJECT
public:
  using Compared = std::expected<compare::DatabasesComparison, compare::Problem>;

  CompareDialog(ProbeController& controller, Document::Surroundings surroundings, const Theme& theme, QWidget* parent);

  void choose(const std::string& from, const std::string& to); // ids
  void setTables(compare::Tables tables);
  void compare();
  void show(const Compared& compared);
  using QDialog::show;

Q_SIGNALS:
  void proven(const whichbase::topology::RowsFact& rows);
  void compared(); // and shown

private:
  // What one comparison is made of.
  struct Wish {
    Document::Surroundings surroundings;
    std::string from, to;
    compare::DatabasesRequest request;
  };
  static Compared carryOut(const Wish& wish, const std::stop_token& stop, const compare::OnDatabasesProgress& tell);

  void makeQuestion();
  void makeResult();
  void setRunning(bool running) override;
  void showProgress(const compare::DatabasesProgress& at);
  compare::DatabasesRequest request() const;
  void tellRows(const compare::DatabasesComparison& comparison);

  std::string m_from, m_to;
  bool m_ofUsers = false;
  QComboBox* m_fromChoice = nullptr;
  QComboBox* m_toChoice = nullptr;
  QComboBox* m_tables = nullptr;
  QLineEdit* m_named = nullptr;
  QCheckBox* m_keys = nullptr;
  QPushButton* m_compare = nullptr;
  QTreeWidget* m_differences = nullptr;
  QTextBrowser* m_notes = nullptr;
};

// The line that tells it all: "22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both".
QString headlineOf(const compare::DatabasesComparison& comparison);
// Rows, keys where they were asked for, warnings and what was not compared, for a text browser.
QString notesOf(const compare::DatabasesComparison& comparison);

} // namespace whichbase::ui
