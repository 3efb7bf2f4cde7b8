// Which commands a project would run and which of our secrets it would send where, and whether its user has agreed. A
// project file from somebody else may name any command, and any ${SECRET} beside any host; nothing of it is run or
// connected to before both were seen and agreed to.
#pragma once

#include "import/variables.h"
#include "project/project.h"

#include <compare>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::project {

// The value of ${variable} would be sent to `host` ("203.0.113.196:5432", "localhost:5432 via ssh prod"; a ${NAME} in
// it stands as written). `variable` may also be what import/from.h says of files outside the project's folder, or an
// entry of the password file that would go to another address than its own.
struct SecretUse {
  std::string variable;
  std::string host;
  auto operator<=>(const SecretUse&) const = default;
};

// One line a pair: "EXTERNAL_PASSWORD to 203.0.113.196:5432".
std::string toText(const SecretUse& use);

// A command as it is shown to who has to agree: on one line, nothing hidden. What is no printable ASCII character, and
// spaces beyond a second one in a row, stand as \x{…}.
std::string shownCommand(std::string_view command);

// What a project wants to do on this computer that needs its user's agreement.
struct Requests {
  // Whole, each once, in the order of the servers: via "ssh …", and what follows "command" there; resolve; what follows
  // "command" in from; password_command.
  std::vector<std::string> commands;
  std::vector<SecretUse> secrets; // sorted, each once
  bool empty() const { return commands.empty() && secrets.empty(); }
  bool operator==(const Requests&) const = default;
};

// Of both sides. `folder` is the project file's: files that a `from` names are read for the ${NAME} they ask for. What
// such a file makes of names that are set and that are not may differ: `environment` says which are; no value of it
// gets into the result. Without it both cases count.
Requests requestsOf(const Project& project, const std::filesystem::path& folder,
                    const imports::Lookup& environment = {});

// The commands of one connection, and what it would send where, alike.
std::vector<std::string> commandsOf(const ConnectionSpec& spec);
std::vector<SecretUse> secretUsesOf(const ConnectionSpec& spec, const std::filesystem::path& folder,
                                    const imports::Lookup& environment = {});

// Where agreements are remembered: $XDG_STATE_HOME/whichbase/trusted, else ~/.local/state/whichbase/trusted. Empty
// where neither variable is set.
std::filesystem::path trustFile();

// Those that were not yet agreed to. A file that is absent or cannot be read has no agreement.
Requests untrusted(const Requests& requests, const std::filesystem::path& file);

// Adds them to the file (mode 0600), which is made where it is absent.
std::expected<void, Error> remember(const Requests& requests, const std::filesystem::path& file);

} // namespace whichbase::project
