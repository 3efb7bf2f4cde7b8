#include "window/login_terminal.h"

#include "route/via.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

#include <array>

namespace whichbase::ui {

namespace {

// What stands between a terminal's name and the program that it is to run. Most take the words after -e as they are;
// these do not, or have another way that they keep.
QStringList wordsBefore(const QString& terminal) {
  const QString name = terminal.section(QLatin1Char('/'), -1);
  if (name == QStringLiteral("gnome-terminal") || name == QStringLiteral("ptyxis") || name == QStringLiteral("kgx") ||
      name == QStringLiteral("gnome-console") || name == QStringLiteral("wezterm"))
    return name == QStringLiteral("wezterm") ? QStringList{QStringLiteral("start"), QStringLiteral("--")}
                                             : QStringList{QStringLiteral("--")};
  if (name == QStringLiteral("xfce4-terminal") || name == QStringLiteral("mate-terminal") ||
      name == QStringLiteral("terminator"))
    return {QStringLiteral("-x")};
  if (name == QStringLiteral("kitty") || name == QStringLiteral("foot"))
    return {};
  return {QStringLiteral("-e")}; // xterm, konsole, alacritty, urxvt, st, x-terminal-emulator (by Debian's policy)
}

// Leaves the sign when the login is there; else what ssh said stays to be read.
QString scriptFor(const QString& command, const QString& sign) {
  const QString quotedSign = QString::fromStdString(route::shellQuoted(sign.toStdString()));
  const QString failed = LoginTerminal::tr("Not logged in. Press Enter to close.");
  return QStringLiteral("printf '%s\\n\\n' %1; if %2; then : > %3; else printf '\\n%s ' %4; read -r _; fi")
      .arg(QString::fromStdString(route::shellQuoted(command.toStdString())), command, quotedSign,
           QString::fromStdString(route::shellQuoted(failed.toStdString())));
}

} // namespace

std::optional<TerminalCommand> terminalCommand(const QString& script, const QString& chosen,
                                               const std::function<QString(const QString& program)>& find) {
  static constexpr std::array usual = {
      "x-terminal-emulator", "gnome-terminal", "konsole", "xfce4-terminal", "mate-terminal", "ptyxis", "kgx",  "kitty",
      "alacritty",           "foot",           "wezterm", "terminator",     "urxvt",         "st",     "xterm"};
  QStringList names;
  if (!chosen.trimmed().isEmpty())
    names << chosen.trimmed();
  for (const auto* name : usual)
    names << QLatin1String(name);
  for (const auto& name : names)
    if (const QString program = find(name); !program.isEmpty())
      return TerminalCommand{program,
                             wordsBefore(name) + QStringList{QStringLiteral("sh"), QStringLiteral("-c"), script}};
  return std::nullopt;
}

LoginTerminal::LoginTerminal(QObject* parent) : QObject(parent) {
  if (m_folder.isValid())
    m_watcher.addPath(m_folder.path());
  connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &LoginTerminal::look);
}

bool LoginTerminal::open(const QString& command) {
  const QString sign = m_folder.filePath(QStringLiteral("login-%1").arg(++m_opened));
  const auto terminal = terminalCommand(scriptFor(command, sign), qEnvironmentVariable("TERMINAL"),
                                        [](const QString& name) { return QStandardPaths::findExecutable(name); });
  if (!terminal || !QProcess::startDetached(terminal->program, terminal->arguments, QDir::homePath()))
    return false;
  m_awaited << sign;
  return true;
}

void LoginTerminal::look() {
  QStringList left;
  for (const auto& sign : std::as_const(m_awaited))
    if (!QFile::exists(sign))
      left << sign;
  if (left.size() == m_awaited.size())
    return;
  m_awaited = left;
  Q_EMIT loggedIn();
}

} // namespace whichbase::ui
