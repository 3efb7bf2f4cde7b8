// What a sweep would have needed of somebody: logins on a terminal, and passwords that no source supplies.
#pragma once

#include "probe_controller.h"

#include <QStringList>

#include <vector>

namespace whichbase::ui {

// Servers that one login would open the way to.
struct NeededLogin {
  QString command; // to be run on a terminal
  QStringList servers;
  bool operator==(const NeededLogin&) const = default;
};
std::vector<NeededLogin> neededLogins(const ProbeController::Result& result);

// Servers that one password would let in.
struct NeededPassword {
  probe::PasswordKey key;
  QStringList servers;
  bool refused = false; // one was kept or typed, and the server refused it
  bool operator==(const NeededPassword&) const = default;
};
std::vector<NeededPassword> neededPasswords(const ProbeController::Result& result);

} // namespace whichbase::ui
