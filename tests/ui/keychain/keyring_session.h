// A session bus with an unlocked keychain of its own, in a folder that goes with it: the user's own keychain plays no
// part. There is one for the whole program, made before Qt and GLib first look for a bus.
#pragma once

#include "process/child_process.h"

#include <filesystem>
#include <memory>
#include <string>

namespace whichbase::test {

class KeyringSession {
public:
  KeyringSession();
  ~KeyringSession();
  KeyringSession(const KeyringSession&) = delete;
  KeyringSession& operator=(const KeyringSession&) = delete;

  const std::string& problem() const { return m_problem; } // why there is none; empty where it runs
  void endKeyring();                                       // from now on nobody answers

private:
  std::filesystem::path m_folder;
  std::unique_ptr<process::ChildProcess> m_bus, m_keyring;
  std::string m_problem;
};

// Of this program; made by main().
KeyringSession& keyringSession();

} // namespace whichbase::test
