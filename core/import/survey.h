// What runs on a computer that ssh reaches and has a database configured: containers and processes, and how to look at
// the configuration of each, and from its place, without anything installed there.
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
  project::Server server; // ready to be added: name, address, from, variable, via, resolve, client
  std::string note;       // what is to know of its route: "localhost is the container itself: …"; may be empty
  bool operator==(const Candidate&) const = default;
};

struct Survey {
  std::string host;                  // that was looked around on, for a project's title: "prod"
  std::vector<Candidate> candidates; // containers first, by name
  std::vector<std::string> notes;    // sentences: what could not be looked at, what was left out
};

// The command line, for route::Routes::run, that looks around there in one ssh session: docker and podman, then /proc.
// It writes nothing there and asks for nothing. `sshWords` is what stands after "ssh": "prod", "-p 2222 me@prod". The
// error is a sentence: what was typed is no ssh destination.
std::expected<std::string, std::string> surveyCommand(const std::string& sshWords);
// How much of its output is worth reading, in bytes; for Routes::run.
inline constexpr std::size_t surveyAtMost = std::size_t{32} << 20;

// What that printed; it holds passwords and is to be kept nowhere. Everything in it comes from a computer that may be
// anybody's: names that are no names are left out, and said so.
std::expected<Survey, std::string> readSurvey(std::string_view printed, const std::string& sshWords);

// Adds the chosen ones to a project. One that is there already is not added again; a name that another server has gets
// the host's beside it. Returns a sentence for each of these.
std::vector<std::string> addServers(project::Project& project, const std::vector<Candidate>& chosen);

} // namespace whichbase::imports
