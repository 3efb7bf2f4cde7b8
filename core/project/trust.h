// Which of our secrets a project would send where, and whether its user has agreed. A project file from somebody else
// may name any ${SECRET} beside any host; nothing of it is connected to before the pairs were seen and agreed to.
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

// Of both sides, sorted, each once. Empty: the project needs nobody's agreement.
std::vector<SecretUse> secretUses(const Project& project);

// One line a pair: "EXTERNAL_PASSWORD to 203.0.113.196:5432".
std::string toText(const SecretUse& use);

// Where agreed pairs are remembered: $XDG_STATE_HOME/whichbase/trusted, else ~/.local/state/whichbase/trusted. Empty
// where neither variable is set.
std::filesystem::path trustFile();

// Those that were not yet agreed to. A file that is absent or cannot be read has no agreed pair.
std::vector<SecretUse> untrusted(const std::vector<SecretUse>& uses, const std::filesystem::path& file);

// Adds the pairs to the file (mode 0600), which is made where it is absent.
std::expected<void, Error> remember(const std::vector<SecretUse>& uses, const std::filesystem::path& file);

} // namespace whichbase::project
