// One server of a project, to be edited: name, address, environment, role, and its connection on each side.
#pragma once

#include "project/project.h"

#include <QWidget>

#include <array>
#include <filesystem>
#include <map>
#include <string>

class QComboBox;
class QLineEdit;
class QTabWidget;

namespace whichbase::ui {

class ConnectionForm;

class ServerForm : public QWidget {
  Q_OBJECT
public:
  explicit ServerForm(QWidget* parent = nullptr);
  void setFolder(const std::filesystem::path& folder); // the project file's, for relative paths
  void setServer(const project::Server& server);
  project::Server server() const;
  void setResult(topology::Side side, const QString& text); // of a test of its connection
  // Passwords that were typed into the connection fields, by the ${NAME} that stands there now.
  std::map<std::string, std::string> secrets() const;

Q_SIGNALS:
  void edited();
  void testRequested(topology::Side side);

private:
  void addFields();
  void addConnections();
  void refreshTabs();
  ConnectionForm& of(topology::Side side) const { return *m_connections[static_cast<std::size_t>(side)]; }

  project::Server m_server; // what the fields do not show stays as it was
  bool m_clientTouched = false;
  QLineEdit* m_name;
  QLineEdit* m_address;
  QComboBox* m_environment;
  QComboBox* m_role;
  QLineEdit* m_client;
  QTabWidget* m_tabs;
  std::array<ConnectionForm*, 2> m_connections{};
};

} // namespace whichbase::ui
