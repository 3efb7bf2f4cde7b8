// The command line of ssh, as far as a route may use it: its options apart from its host and the command behind it.
#pragma once

#include <expected>
#include <string>
#include <vector>

namespace whichbase::route {

struct SshParts {
  std::vector<std::string> options; // as given, each with its value
  std::string destination;
  std::vector<std::string> remote; // the command that runs there; may be empty
};

// Refuses options that decide what ssh does with its connection (-N, -f, -W, -L, …): that is up to the route. The error
// is a sentence. Source of the options: ssh(1) of OpenSSH 9.2.
std::expected<SshParts, std::string> sshParts(const std::vector<std::string>& words);

} // namespace whichbase::route
