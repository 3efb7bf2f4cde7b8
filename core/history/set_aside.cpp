#include "history/set_aside.h"

#include "topology/utc_time.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

namespace whichbase::history {
namespace {

namespace fs = std::filesystem;

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

FolderLock::FolderLock(const fs::path& folder) : m_folder(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  for (int again = 0; again < 250; ++again) {
    if (!m_folder.isOpen() || ::flock(m_folder.number(), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
      return;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

std::expected<fs::path, std::string> setAside(const fs::path& file) {
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
