#include "history/set_aside.h"

#include "topology/utc_time.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace whichbase::history {
namespace {

namespace fs = std::filesystem;

// Two windows that find the same damaged file come one after the other. The folder is locked, not the file: closing
// that would take away SQLite's locks on it.
class FolderLock {
public:
  explicit FolderLock(const fs::path& folder)
      : m_descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (m_descriptor >= 0)
      ::flock(m_descriptor, LOCK_EX);
  }
  ~FolderLock() {
    if (m_descriptor >= 0)
      ::close(m_descriptor);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

private:
  int m_descriptor;
};

fs::path with(const fs::path& file, const char* ending) {
  return fs::path(file.string() + ending);
}

bool anyExists(const fs::path& file) {
  std::error_code ignored;
  for (const char* ending : {"", "-wal", "-shm", "-journal"})
    if (fs::exists(fs::symlink_status(with(file, ending), ignored)))
      return true;
  return false;
}

fs::path freeName(const fs::path& file) {
  std::string stamp = topology::toIso8601(topology::now()).substr(0, 19); // 2026-01-01T00:00:00
  std::erase(stamp, '-');
  std::erase(stamp, ':');
  stamp[8] = '-';
  const std::string start = fmt::format("{}.damaged-{}", file.stem().string(), stamp);
  fs::path name = file.parent_path() / (start + ".whichbase");
  for (int number = 2; anyExists(name); ++number)
    name = file.parent_path() / fmt::format("{}-{}.whichbase", start, number);
  return name;
}

} // namespace

std::expected<fs::path, std::string> setAside(const fs::path& file, const std::function<bool()>& isStillDamaged) {
  const FolderLock lock(file.parent_path());
  if (!isStillDamaged())
    return fs::path();
  const fs::path name = freeName(file);
  std::error_code ignored;
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
    if (!fs::exists(with(file, ending), ignored))
      continue;
    if (::renameat2(AT_FDCWD, with(file, ending).c_str(), AT_FDCWD, with(name, ending).c_str(), RENAME_NOREPLACE) !=
            0 &&
        (errno != EINVAL || ::rename(with(file, ending).c_str(), with(name, ending).c_str()) != 0))
      return std::unexpected(std::string(std::strerror(errno)));
  }
  return name;
}

} // namespace whichbase::history
