// Whether the user has agreed to which secrets a project would send where.
#pragma once

#include "cli/console.h"
#include "project/project.h"

namespace whichbase::cli {

// True where nothing needs agreement, all of it was agreed to before, `trust` is set, or the person at the terminal
// says yes; then it is remembered. Otherwise the list was told.
bool agreedTo(const project::Project& project, const std::string& file, bool trust, Console& console);

} // namespace whichbase::cli
