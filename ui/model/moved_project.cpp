#include "model/moved_project.h"

#include "import/from.h"

namespace whichbase::ui {

namespace {

bool isRelative(const std::string& path) {
  return !path.empty() && !std::filesystem::path(path).is_absolute() && !path.starts_with('~');
}

} // namespace

std::string pathFrom(const std::filesystem::path& folder, const std::string& path) {
  const std::filesystem::path target(path);
  if (folder.empty() || !target.is_absolute())
    return path;
  const auto relative = target.lexically_normal().lexically_relative(folder.lexically_normal());
  return relative.empty() ? path : relative.string();
}

project::Project movedProject(project::Project project, const std::filesystem::path& from,
                              const std::filesystem::path& to) {
  if (from == to)
    return project;
  const auto moved = [&](const std::string& path) {
    if (from.empty())
      return pathFrom(to, path);
    return isRelative(path) ? pathFrom(to, (from / path).lexically_normal().string()) : path;
  };
  for (auto& server : project.servers)
    for (auto* spec : {&server.present, &server.before}) {
      if (!*spec || (*spec)->from.empty())
        continue;
      auto parsed = imports::parseFrom((*spec)->from);
      if (!parsed || parsed->paths.empty())
        continue; // nothing in it depends on the folder, or nobody can tell what does
      auto paths = parsed->paths;
      for (auto& path : paths)
        path = moved(path);
      if (paths == parsed->paths)
        continue;
      parsed->paths = std::move(paths);
      (*spec)->from = imports::toText(*parsed);
    }
  if (!from.empty() && isRelative(project.beforeSnapshot))
    project.beforeSnapshot = moved(project.beforeSnapshot);
  return project;
}

} // namespace whichbase::ui
