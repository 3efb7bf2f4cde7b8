// What the programs of routes and projects find around them.
#pragma once

#include "process/child_process.h"

#include <string>
#include <vector>

namespace whichbase::route {

// English messages, but text in UTF-8; the folder that we are in; and no window that asks for a password.
inline process::Command inOurWords(const std::string& program, std::vector<std::string> arguments) {
  return {program, std::move(arguments), {{"LC_ALL", "C.UTF-8"}, {"SSH_ASKPASS_REQUIRE", "never"}}, {}, "."};
}

} // namespace whichbase::route
