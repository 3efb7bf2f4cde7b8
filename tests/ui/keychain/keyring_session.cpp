#include "keyring_session.h"

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <thread>

namespace whichbase::test {

namespace {

bool waitFor(const std::function<bool()>& condition) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition() && std::chrono::steady_clock::now() < limit)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  return condition();
}

bool isInstalled(const std::string& program) {
  const auto found = process::run({"/bin/sh", {"-c", "command -v " + program}});
  return found && found->exitCode == 0;
}

bool hasOwner(const std::string& name) {
  const auto asked = process::run({"/usr/bin/env",
                                   {"dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/",
                                    "org.freedesktop.DBus.NameHasOwner", "string:" + name}});
  return asked && asked->output.find("boolean true") != std::string::npos;
}

} // namespace

KeyringSession::KeyringSession() {
  std::string folder = (std::filesystem::temp_directory_path() / "whichbase-keyring-XXXXXX").string();
  m_folder = ::mkdtemp(folder.data());
  const std::string address = "unix:path=" + (m_folder / "bus").string();
  ::setenv("DBUS_SESSION_BUS_ADDRESS", address.c_str(), 1);
  ::setenv("WHICHBASE_TEST_KEYCHAIN", "own", 1);
  ::setenv("HOME", m_folder.c_str(), 1);
  ::setenv("XDG_RUNTIME_DIR", m_folder.c_str(), 1);
  ::setenv("XDG_DATA_HOME", (m_folder / "data").c_str(), 1);
  for (const auto* name : {"KDE_FULL_SESSION", "XDG_CURRENT_DESKTOP", "GNOME_KEYRING_CONTROL", "DISPLAY"})
    ::unsetenv(name);
  for (const auto* program : {"dbus-daemon", "dbus-send", "gnome-keyring-daemon"})
    if (!isInstalled(program)) {
      m_problem = std::string(program) + " is not installed";
      return;
    }
  const auto start = [&](const std::string& command, const char* log) {
    auto child = process::ChildProcess::start({"/bin/sh", {"-c", command}}, {m_folder / log});
    return child ? std::move(*child) : nullptr;
  };
  m_bus = start("exec dbus-daemon --session --nofork --nopidfile --address=" + address, "bus.log");
  if (!m_bus || !waitFor([&] { return std::filesystem::exists(m_folder / "bus"); })) {
    m_problem = "no session bus can be started here";
    return;
  }
  m_keyring = start("printf test | gnome-keyring-daemon --foreground --unlock --components=secrets", "keyring.log");
  if (!m_keyring || !waitFor([] { return hasOwner("org.freedesktop.secrets"); }))
    m_problem = "gnome-keyring-daemon does not start here";
}

KeyringSession::~KeyringSession() {
  m_keyring.reset();
  m_bus.reset();
  std::error_code ignored;
  std::filesystem::remove_all(m_folder, ignored);
}

void KeyringSession::endKeyring() {
  m_keyring.reset();
}

} // namespace whichbase::test
