// From what ssh or a command wrote to its standard error to the Problem that an engineer reads. Pure text.
//
// ssh's sentences are those of OpenSSH 9.2, which has none in other languages.
#pragma once

#include "route/routes.h"

#include <string>
#include <string_view>

namespace whichbase::route {

// The last lines that say something, joined by "; ", redacted and without control characters; empty where there is
// none.
std::string lastWords(std::string_view errors);

// ssh could not log in, or its master connection ended.
Problem loginProblem(const Via& via, int exitCode, const std::string& errors);
// ssh is logged in, but its server did not connect to host:port, and said why ("connect failed: Connection refused"),
// or nothing.
Problem forwardProblem(const Via& via, const std::string& host, int port, const std::string& reason);
// A command of the project ended with that exit code.
Problem commandProblem(const std::string& name, int exitCode, const std::string& errors);
// Where a program could not even be started; the sentence is core/process's.
Problem startProblem(const std::string& name, const std::string& sentence);
// Neither an answer nor an end until the deadline; or somebody cancelled.
Problem lateProblem(const std::string& name, const std::string& errors);
Problem cancelledProblem();

} // namespace whichbase::route
