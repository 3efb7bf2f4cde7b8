// How a session gets to the address in a server's connection string.
#pragma once

#include <QWidget>

#include <string>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace whichbase::ui {

class RouteForm : public QWidget {
  Q_OBJECT
public:
  explicit RouteForm(QWidget* parent = nullptr);
  void setVia(const std::string& via);
  std::string via() const;                     // as it was written where it was not touched
  QFormLayout* rows() const { return m_rows; } // to be aligned with others
  QString problem() const;                     // of what is written now; empty while there is none

Q_SIGNALS:
  void edited();

private:
  enum Kind { unstated, direct, ssh, command };
  void showKind();
  void touched();
  Kind kind() const;

  std::string m_written;
  bool m_touched = false;
  QFormLayout* m_rows;
  QComboBox* m_kind;
  QLineEdit* m_text;
  QLabel* m_textLabel;
  QLabel* m_explanation;
  QLabel* m_problem;
};

} // namespace whichbase::ui
