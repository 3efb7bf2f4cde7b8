// The paths in a project's `from`, moved with the project to another folder.
#pragma once

#include "project/project.h"

#include <filesystem>
#include <string>

namespace whichbase::ui {

// `path` as told from `folder`, where that is a relative path; else as it is. An empty folder: absolute.
std::string pathFrom(const std::filesystem::path& folder, const std::string& path);

// The project with each relative path told from another folder, so that it still names the same file. `from` empty:
// the project was not saved yet, and its paths are absolute.
project::Project movedProject(project::Project project, const std::filesystem::path& from,
                              const std::filesystem::path& to);

} // namespace whichbase::ui
