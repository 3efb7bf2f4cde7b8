// Test rows that an earlier run may have left in a project's databases.
#pragma once

#include "cli/commands.h"

#include <filesystem>

namespace whichbase::cli {

// For commands that only read: a note where a test row of this project may still be there, and how to remove it.
void noteLeftBehind(const std::filesystem::path& project, Console& console);

} // namespace whichbase::cli
