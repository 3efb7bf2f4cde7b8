// Pasted text → servers: one connection string, several, or a whole .env text. Passwords are taken out of the strings
// and replaced by ${NAME}, so that the project holds none.
#pragma once

#include "project/project.h"

#include <QString>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::ui {

struct PastedServer {
  project::Server server;  // with a present connection; its url holds ${NAME} where a password was
  QString masked;          // for showing
  bool pointsHere = false; // localhost and the like: not probed unless it is said that this computer is meant
  std::map<std::string, std::string> secrets;
};

struct Pasted {
  std::vector<PastedServer> servers;
  QString problem; // why there is none; no password in it
};

// New names avoid those of `existing`.
Pasted readPasted(const QString& text, const std::vector<project::Server>& existing);

// One connection string with its password replaced by ${variable}; `secrets` gets the password. A string without a
// password, or with a ${NAME} as password, stays as it is.
std::string withoutPassword(const std::string& url, const std::string& variable,
                            std::map<std::string, std::string>& secrets);

// "Production Backend" → "PRODUCTION_BACKEND_PASSWORD"; for the before side "PRODUCTION_BACKEND_BEFORE_PASSWORD".
std::string passwordVariable(const std::string& serverName, topology::Side side);

// `wanted`, or "wanted 2", "wanted 3", … so that it is unique among them.
std::string uniqueName(const std::string& wanted, const std::vector<project::Server>& existing);

} // namespace whichbase::ui
