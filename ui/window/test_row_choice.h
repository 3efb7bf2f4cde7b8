// The first step of a test row: through which server, and into which table.
#pragma once

#include "verify/test_row.h"
#include "window/document.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QRadioButton;

namespace whichbase::ui {

class TestRowChoice : public QWidget {
  Q_OBJECT
public:
  // Of the servers of that state, and the users relation that was found there.
  explicit TestRowChoice(const topology::Snapshot& snapshot, QWidget* parent = nullptr);

  verify::TestRowWish wish() const;
  void choose(const std::string& writer, verify::TestRowPlace place);
  // Looking at the catalog; or why that failed; or neither.
  void setLooking(bool looking);
  void setProblem(const QString& problem);
  void focusFirst();

private:
  void fillServers(const topology::Snapshot& snapshot);

  QComboBox* m_writer;
  QRadioButton* m_ownTable;
  QRadioButton* m_usersTable;
  QLabel* m_state;
  QLabel* m_problem;
};

} // namespace whichbase::ui
