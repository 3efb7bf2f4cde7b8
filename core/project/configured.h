// What a connection's `from` leads to: the connection string that is really configured.
#pragma once

#include "import/from.h"
#include "project/project.h"

#include <expected>
#include <string>
#include <vector>

namespace whichbase::project {

struct Configured {
  std::string text;     // a URL or key/value string with its real password; literally: a ${NAME} in it is no variable
  std::string origin{}; // "DATABASE_URL in backend/.env:3"
  std::vector<std::string> asked{}; // what of this computer takes part in it, as import/variables.h says
  std::string passwordProblem{};    // why the password is not known that should be there; empty: it is, or none should
};

// From what imports::read() or readPrinted() made of it; `variable` as the project has it. Errors are sentences that
// name file and line, and hold no value.
std::expected<Configured, Error> configuredIn(const imports::From& from, const std::string& variable,
                                              const std::expected<imports::Reading, imports::Error>& reading);

} // namespace whichbase::project
