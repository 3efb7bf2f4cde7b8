// One side's connection of a server: where it is configured, the route there, what supplies its password, and a test.
#pragma once

#include "project/project.h"

#include <QWidget>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace whichbase::ui {

class ConfigurationForm;
class RouteForm;

class ConnectionForm : public QWidget {
  Q_OBJECT
public:
  explicit ConnectionForm(topology::Side side, QWidget* parent = nullptr);

  void setFolder(const std::filesystem::path& folder); // the project file's
  // `server` is the name that a password typed here is called after.
  void setSpec(const std::optional<project::ConnectionSpec>& spec, const std::string& server);
  std::optional<project::ConnectionSpec> spec() const; // nothing where nothing is configured
  void setServerName(const std::string& server) { m_server = server; }
  void setResult(const QString& text); // of a test
  QString problem() const;             // of what is written now; empty while there is none
  // Takes a password that was typed into the string out of it, into secrets().
  void takePassword();
  const std::map<std::string, std::string>& secrets() const { return m_secrets; }

Q_SIGNALS:
  void edited();
  void testRequested();

protected:
  void showEvent(QShowEvent* event) override;

private:
  QWidget* makeTestRow();
  void onEdited();

  topology::Side m_side;
  std::string m_server;
  project::ConnectionSpec m_spec; // what the fields do not show stays as it was
  std::map<std::string, std::string> m_secrets;
  ConfigurationForm* m_configuration;
  RouteForm* m_route;
  QFormLayout* m_more;
  QLineEdit* m_resolve;
  QLineEdit* m_passwordCommand;
  QPushButton* m_test;
  QLabel* m_result;
};

} // namespace whichbase::ui
