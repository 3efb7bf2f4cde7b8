// A project, made or edited in the window: its servers, added by hand or by pasting what they have configured.
#pragma once

#include "window/connection_test.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace whichbase::ui {

class PasteField;
class ServerForm;

class ProjectDialog : public QDialog {
  Q_OBJECT
public:
  ProjectDialog(const project::Project& project, TestSurroundings surroundings, QWidget* parent);

  const project::Project& project() const { return m_project; }
  // Passwords typed here, for this run; empty when the user wanted them in the file.
  const std::map<std::string, std::string>& secrets() const { return m_secrets; }

  void paste(const QString& text);
  void accept() override; // refuses a project that could not be read back, and says why

private:
  void addTitles(QVBoxLayout* layout);
  void addEnd(QVBoxLayout* layout);
  QWidget* makeLeft();
  QWidget* makeRight();
  void select(int row);
  void takeForm(); // what the form shows into the project
  void addServer(const project::Server& server);
  void removeServer();
  void test(topology::Side side);
  void writePasswordsInto(project::Project& project) const;
  QString problem() const;

  project::Project m_project;
  std::filesystem::path m_folder;
  std::map<std::string, std::string> m_secrets;
  int m_row = -1;
  int m_testedRow = -1;
  topology::Side m_testedSide = topology::Side::after;
  ConnectionTest m_test;
  QLineEdit* m_title;
  QLineEdit* m_symptom;
  QLineEdit* m_users;
  QListWidget* m_list;
  QPushButton* m_remove;
  PasteField* m_paste;
  ServerForm* m_form;
  QCheckBox* m_keepPasswords;
  QLabel* m_problemLabel;
};

} // namespace whichbase::ui
