#include "demo/throwaway_cluster.h"
#include "process/account.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace whichbase::demo {

namespace fs = std::filesystem;

namespace {

// PostgreSQL looks for its own parts beside its programs, so a link to one of them counts as the folder it leads to.
fs::path folderOf(const fs::path& initdb) {
  std::error_code failed;
  const fs::path real = fs::canonical(initdb, failed);
  if (failed)
    return {};
  const fs::path folder = real.parent_path();
  return ::access((folder / "postgres").c_str(), X_OK) == 0 && ::access(real.c_str(), X_OK) == 0 ? folder : fs::path();
}

int majorVersion(const fs::path& folder) {
  return std::atoi(folder.filename().c_str());
}

} // namespace

fs::path findPostgresPrograms() {
  const char* path = std::getenv("PATH");
  return findPostgresPrograms(path ? path : "", "/usr/lib/postgresql");
}

fs::path findPostgresPrograms(const std::string& path, const fs::path& installed) {
  std::istringstream folders(path);
  for (std::string folder; std::getline(folders, folder, ':');)
    if (!folder.empty())
      if (const fs::path found = folderOf(fs::path(folder) / "initdb"); !found.empty())
        return found;
  std::vector<fs::path> versions;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(installed, failed))
    versions.push_back(entry.path());
  std::ranges::sort(versions, [](const fs::path& a, const fs::path& b) { return majorVersion(a) > majorVersion(b); });
  for (const fs::path& version : versions)
    if (const fs::path found = folderOf(version / "bin" / "initdb"); !found.empty())
      return found;
  return {};
}

fs::path findOtherPostgresPrograms() {
  if (const char* named = std::getenv("WHICHBASE_OTHER_POSTGRES"))
    return folderOf(fs::path(named) / "initdb");
  const fs::path usual = findPostgresPrograms();
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", failed))
    if (const fs::path found = folderOf(entry.path() / "bin" / "initdb"); !found.empty() && found != usual)
      return found;
  return {};
}

std::string findProgramUser() {
  return process::accountOf("postgres") ? "postgres" : "nobody";
}

} // namespace whichbase::demo
