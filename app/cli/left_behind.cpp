#include "cli/left_behind.h"

#include "verify/journal.h"

#include <fmt/format.h>

namespace whichbase::cli {

void noteLeftBehind(const std::filesystem::path& project, Console& console) {
  const auto entries = verify::Journal().leftBehind();
  if (!entries)
    return;
  const std::string path = verify::projectPath(project);
  for (const auto& entry : *entries)
    if (entry.project == path)
      console.note(fmt::format("A test row written through {} may still be in {}. Remove it: whichbase-cli verify {} "
                               "--clean",
                               entry.server, entry.address, project.string()));
}

} // namespace whichbase::cli
