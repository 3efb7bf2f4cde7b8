// From a Command to exec: everything made ready before fork, and what a forked child may still do. Private to
// core/process.
#pragma once

#include "process/child_process.h"

#include <sys/types.h>

#include <expected>
#include <string>
#include <vector>

namespace whichbase::process {

struct Identity {
  bool change = false;
  uid_t user = 0;
  gid_t group = 0;
};

// Everything that exec needs, made before fork: between fork and exec of a program with threads nothing may allocate.
struct Prepared {
  std::vector<std::string> strings{};
  std::vector<char*> arguments{};
  std::vector<char*> environment{};
  std::string program{};
  Identity identity{};
  std::string folder{};
};

// Looks a program without a slash up on PATH. The error is a sentence.
std::expected<Prepared, std::string> prepare(const Command& command);

struct Streams {
  int input = -1;
  int output = -1;
  int errors = -1;
};

// In the forked child: changes user and folder and executes. `deathSignal` 0 asks for none. On failure the reason's
// errno goes to `report`.
[[noreturn]] void execute(Prepared& prepared, const Streams& streams, int deathSignal, pid_t parent, int report);

// Waits for exec's outcome at the other end of `report`: 0 or an errno.
int reportedReason(int report);

// As shells count: 128 + n where signal n ended it.
int exitCodeOf(int status);

} // namespace whichbase::process
