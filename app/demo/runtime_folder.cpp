#include "demo/runtime_folder.h"

#include "demo/leftovers.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

namespace whichbase::demo {

namespace fs = std::filesystem;

namespace {

constexpr const char* prefix = "whichbase-demo-";
constexpr const char* lockName = "lock";

// Where the folder may be, best first. Root's PostgreSQL runs as another user, whom root's runtime directory shuts out.
std::vector<fs::path> parents() {
  std::vector<fs::path> found;
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  if (runtime && *runtime == '/' && ::geteuid() != 0 && ::access(runtime, W_OK | X_OK) == 0)
    found.emplace_back(runtime);
  std::error_code failed;
  if (const fs::path temporary = fs::temp_directory_path(failed); !failed)
    found.push_back(temporary);
  return found;
}

bool isYoung(const fs::path& folder) {
  std::error_code failed;
  const auto written = fs::last_write_time(folder, failed);
  return !failed && fs::file_time_type::clock::now() - written < std::chrono::minutes(1);
}

// Only a real folder that is ours: among the temporary files anybody may make something of that name.
bool isOurFolder(const fs::path& folder) {
  struct stat status{};
  return ::lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == ::geteuid();
}

// The lock goes last: where something cannot be removed, the next start must still be able to tell.
bool removeClusters(const fs::path& folder) {
  std::error_code failed;
  std::vector<fs::path> clusters;
  for (const auto& entry : fs::directory_iterator(folder, failed))
    if (entry.is_directory(failed))
      clusters.push_back(entry.path());
  bool removed = true;
  for (const fs::path& cluster : clusters) {
    releaseSharedMemory(cluster / "data");
    fs::remove_all(cluster, failed);
    removed = removed && !failed;
  }
  return removed;
}

// What was killed a moment ago may still be tidying up itself, so it is tried a few times.
bool removeAll(const fs::path& folder) {
  for (int i = 0; i < 20; ++i) {
    endProcessesIn(folder);
    std::error_code failed;
    if (removeClusters(folder))
      fs::remove_all(folder, failed);
    if (!fs::exists(folder, failed))
      return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

bool removeIfDead(const fs::path& folder) {
  const int lock = ::open((folder / lockName).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  // Without a lock file its maker may be between making the folder and locking it.
  if (lock < 0 && isYoung(folder))
    return false;
  if (lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return false;
  }
  const bool removed = removeAll(folder);
  if (lock >= 0)
    ::close(lock);
  return removed;
}

} // namespace

RuntimeFolder::RuntimeFolder(fs::path path, int lock) : m_path(std::move(path)), m_lock(lock) {}

std::expected<std::unique_ptr<RuntimeFolder>, std::string> RuntimeFolder::create() {
  std::string reason = "there is no folder for temporary files";
  for (const fs::path& parent : parents()) {
    std::string name = (parent / fmt::format("{}{}-XXXXXX", prefix, ::getpid())).string();
    if (!::mkdtemp(name.data())) {
      reason = fmt::format("{} could not be made: {}", name, std::strerror(errno));
      continue;
    }
    const int lock = ::open((fs::path(name) / lockName).c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (lock < 0 || ::flock(lock, LOCK_EX | LOCK_NB) != 0) {
      reason = fmt::format("{} could not be locked: {}", name, std::strerror(errno));
      std::error_code failed;
      fs::remove_all(name, failed);
      continue;
    }
    // As root, the user whom PostgreSQL runs as must get through to the folders below, and see nothing on the way.
    if (::geteuid() == 0)
      ::chmod(name.c_str(), 0711);
    return std::unique_ptr<RuntimeFolder>(new RuntimeFolder(name, lock));
  }
  return std::unexpected(fmt::format("The demo has no place to run: {}.", reason));
}

RuntimeFolder::~RuntimeFolder() {
  std::error_code failed;
  fs::remove_all(m_path, failed);
  ::close(m_lock);
}

int removeLeftovers() {
  int removed = 0;
  for (const fs::path& parent : parents()) {
    std::error_code failed;
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(parent, failed))
      if (entry.path().filename().string().starts_with(prefix) && isOurFolder(entry.path()))
        found.push_back(entry.path());
    for (const fs::path& folder : found)
      removed += removeIfDead(folder) ? 1 : 0;
  }
  return removed;
}

} // namespace whichbase::demo
