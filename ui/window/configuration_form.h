// Where a server's connection string comes from: written here, or read from where its configuration lives.
#pragma once

#include "import/from.h"
#include "project/project.h"

#include <QWidget>

#include <filesystem>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace whichbase::ui {

class ConfigurationForm : public QWidget {
  Q_OBJECT
public:
  // `accessibleName` is that of the field for the connection string.
  explicit ConfigurationForm(const QString& accessibleName, const QString& placeholder, QWidget* parent = nullptr);

  void setFolder(const std::filesystem::path& folder) { m_folder = folder; } // the project file's
  void setSpec(const project::ConnectionSpec& spec);
  // url, from and variable of the spec; what was not touched stays as it was written.
  void fill(project::ConnectionSpec& spec) const;
  bool isEmpty() const; // nothing is configured here

  QLineEdit* url() const { return m_url; }
  QFormLayout* rows() const { return m_rows; } // to be aligned with others
  QString problem() const;                     // of what is written now; empty while there is none

Q_SIGNALS:
  void edited();

private:
  enum Kind { string, envFile, compose, kubernetes, service, command };
  void addRows();
  QWidget* fieldWithBrowse(QLineEdit* field);
  void showKind();
  void touched();
  void browse();
  void take(const QStringList& files);
  Kind kind() const;
  std::string from() const;

  std::filesystem::path m_folder;
  std::string m_written; // `from` as it was
  bool m_touched = false;
  QFormLayout* m_rows;
  QComboBox* m_kind;
  QLineEdit* m_url;
  QLineEdit* m_path;
  QLineEdit* m_name;
  QLineEdit* m_command;
  QLineEdit* m_variable;
  QWidget* m_pathRow;
  QLabel* m_pathLabel;
  QLabel* m_nameLabel;
  QLabel* m_explanation;
  QLabel* m_problem;
};

} // namespace whichbase::ui
