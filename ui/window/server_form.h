// One server of a project, to be edited: name, address, environment, role, and its connection on each side.
#pragma once

#include "project/project.h"

#include <QWidget>

#include <array>
#include <map>
#include <string>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace whichbase::ui {

class ServerForm : public QWidget {
  Q_OBJECT
public:
  explicit ServerForm(QWidget* parent = nullptr);
  void setServer(const project::Server& server);
  project::Server server() const;
  void setResult(topology::Side side, const QString& text); // of a test of its connection
  // Passwords that were typed into the connection fields, by the ${NAME} that stands there now.
  const std::map<std::string, std::string>& secrets() const { return m_secrets; }

Q_SIGNALS:
  void edited();
  void testRequested(topology::Side side);

private:
  struct Connection {
    QLineEdit* url = nullptr;
    QCheckBox* direct = nullptr;
    QPushButton* test = nullptr;
    QLabel* result = nullptr;
  };
  QWidget* connectionBox(const QString& title, topology::Side side);
  void takePassword(topology::Side side);
  Connection& of(topology::Side side) { return m_connections[static_cast<std::size_t>(side)]; }
  const Connection& of(topology::Side side) const { return m_connections[static_cast<std::size_t>(side)]; }

  project::Server m_server; // what the fields do not show stays as it was
  std::map<std::string, std::string> m_secrets;
  QLineEdit* m_name;
  QLineEdit* m_address;
  QComboBox* m_environment;
  QComboBox* m_role;
  std::array<Connection, 2> m_connections;
};

} // namespace whichbase::ui
