// Which commands a project would run and which of our secrets it would send where, and whether its user has agreed. A
// project file from somebody else may name any command, and any ${SECRET} beside any host; nothing of it is run or
// connected to before both were seen and agreed to.
#pragma once

#include "project/project.h"

#include <compare>
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace whichbase::project {

// The value of ${variable} would be sent to `host` ("203.0.113.196:5432"; a ${NAME} in it stands as written).
struct SecretUse {
  std::string variable;
  std::string host;
  auto operator<=>(const SecretUse&) const = default;
};

// One line a pair: "EXTERNAL_PASSWORD to 203.0.113.196:5432".
std::string toText(const SecretUse& use);

// What a project wants to do on this computer that needs its user's agreement.
struct Requests {
  // As written, whole, each once: via "ssh …" and "command …", resolve, from "command …", password_command.
  std::vector<std::string> commands;
  std::vector<SecretUse> secrets; // sorted, each once
  bool empty() const { return commands.empty() && secrets.empty(); }
  bool operator==(const Requests&) const = default;
};

// Of both sides. `folder` is the project file's: files that a `from` names are read for the ${NAME} they ask for.
Requests requestsOf(const Project& project, const std::filesystem::path& folder);

// Where agreements are remembered: $XDG_STATE_HOME/whichbase/trusted, else ~/.local/state/whichbase/trusted. Empty
// where neither variable is set.
std::filesystem::path trustFile();

// Those that were not yet agreed to. A file that is absent or cannot be read has no agreement.
Requests untrusted(const Requests& requests, const std::filesystem::path& file);

// Adds them to the file (mode 0600), which is made where it is absent.
std::expected<void, Error> remember(const Requests& requests, const std::filesystem::path& file);

} // namespace whichbase::project
