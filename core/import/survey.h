// What runs on a computer that ssh reaches and has a database configured: containers and processes.
#pragma once

#include "project/project.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::imports {

// One container or process with a database variable.
struct Candidate {
  enum class Kind { container, process };
  Kind kind = Kind::container;
  std::string name;       // the container's name, or the process's service or program
  std::string variable;   // "DATABASE_URL"
  std::string masked;     // the connection string found, masked
  project::Server server; // ready to be added: name, from, variable, via, resolve
  std::string note;       // what is to know of its route: "localhost is the container itself: …"; may be empty
  bool operator==(const Candidate&) const = default;
};

struct Survey {
  std::vector<Candidate> candidates; // containers first, by name
  std::vector<std::string> notes;    // what could not be looked at: "3 processes of other users", "no docker here"
};

// The shell script to run there (`ssh HOST sh`, given on the command line): needs docker or podman, or /proc; writes
// nothing.
std::string surveyCommand(const std::string& sshWords);
// What that printed. `sshWords` is what stood after "ssh": "prod", "-p 2222 me@prod".
std::expected<Survey, std::string> readSurvey(std::string_view printed, const std::string& sshWords);

} // namespace whichbase::imports
