// Opens a terminal in which somebody logs in to a host with the real ssh, and tells when they have.
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>
#include <optional>

namespace whichbase::ui {

struct TerminalCommand {
  QString program;
  QStringList arguments;
  bool operator==(const TerminalCommand&) const = default;
};

// How `script`, for sh, is run in a terminal of this computer: $TERMINAL, x-terminal-emulator, then the usual ones.
// Nothing where there is none. `find` gives the path of a program, empty where there is none.
std::optional<TerminalCommand> terminalCommand(const QString& script, const QString& chosen,
                                               const std::function<QString(const QString& program)>& find);

class LoginTerminal : public QObject {
  Q_OBJECT
public:
  explicit LoginTerminal(QObject* parent = nullptr);

  // Runs the command there; false where no terminal was found or started. It stays open where the login fails.
  bool open(const QString& command);

Q_SIGNALS:
  void loggedIn(); // the command ended well

private:
  void look();

  QTemporaryDir m_folder; // where the terminal's shell leaves a sign
  QFileSystemWatcher m_watcher;
  int m_opened = 0;
  QStringList m_awaited;
};

} // namespace whichbase::ui
