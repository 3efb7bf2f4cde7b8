// The second step of a test row: exactly what will run, what may happen beyond it, and what forbids it.
#pragma once

#include "style/theme.h"
#include "verify/test_row.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace whichbase::ui {

class TestRowSql : public QWidget {
  Q_OBJECT
public:
  explicit TestRowSql(QWidget* parent = nullptr);

  // `confirmation`: what has to be typed where the plan writes to production.
  void setPlan(const verify::TestRowPlan& plan, const QString& confirmation);
  void setTheme(const Theme& theme);
  void setLooking(bool looking);           // at what was completed
  void setProblem(const QString& problem); // why that could not be looked at

  std::string insertSql() const; // as it stands in the field
  bool isChanged() const;        // since the plan: it has to be looked at again first
  bool mayWrite() const;         // complete, not refused, not changed, and confirmed
  QString whyNot() const;        // empty where it may
  bool canLook() const { return m_editable && isChanged(); }
  void focusFirst();

Q_SIGNALS:
  void changed(); // mayWrite() or isChanged()

private:
  void addNotes(const std::vector<std::string>& texts, int sign);
  void clearNotes();

  verify::TestRowPlan m_plan;
  QString m_confirmation;
  bool m_editable = false;
  bool m_looking = false;
  Theme m_theme = Theme::light();
  QLabel* m_heading;
  QLabel* m_insertTitle;
  QPlainTextEdit* m_insert;
  QLabel* m_sqlTitle;
  QPlainTextEdit* m_sql;
  QWidget* m_notes;
  QVBoxLayout* m_noteLayout;
  QLabel* m_problem;
  QWidget* m_confirm;
  QLabel* m_confirmLabel;
  QLineEdit* m_typed;
};

} // namespace whichbase::ui
