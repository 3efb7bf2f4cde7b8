// Whether the user has agreed to the commands that a project runs, and to which secrets it sends where.
#pragma once

#include "cli/commands.h"
#include "project/trust.h"

#include <filesystem>

namespace whichbase::cli {

// What was agreed to: nothing needs it, all of it was agreed to before, `trust` is set, or the person at the terminal
// said yes; then it is remembered. Empty: refused, and the list was told.
std::optional<project::Requests> agreedTo(const project::Project& project, const std::filesystem::path& file,
                                          bool trust, Context& context);

// The folder that relative paths of the project start at.
std::filesystem::path folderOf(const std::filesystem::path& projectFile);

} // namespace whichbase::cli
