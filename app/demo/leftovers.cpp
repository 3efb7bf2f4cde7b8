#include "demo/leftovers.h"

#include <sys/shm.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

namespace whichbase::demo {

namespace fs = std::filesystem;

void releaseSharedMemory(const fs::path& dataFolder) {
  // Line 7 holds key and id of the segment by which PostgreSQL guards its data folder.
  std::ifstream file(dataFolder / "postmaster.pid");
  std::string line;
  for (int i = 0; i < 7 && std::getline(file, line); ++i) {
  }
  unsigned long key = 0;
  int id = -1;
  if (!file || !(std::istringstream(line) >> key >> id))
    return;
  shmid_ds segment{};
  if (::shmctl(id, IPC_STAT, &segment) == 0 && segment.shm_nattch == 0)
    ::shmctl(id, IPC_RMID, nullptr);
}

void endPostgresOf(const fs::path& dataFolder) {
  pid_t pid = 0;
  if (!(std::ifstream(dataFolder / "postmaster.pid") >> pid) || pid <= 1)
    return;
  // A pid file outlives its process, and its number may be another's by now: PostgreSQL works in its data folder.
  const auto runs = [&] {
    std::error_code failed;
    const fs::path works = fs::read_symlink(fs::path("/proc") / std::to_string(pid) / "cwd", failed);
    return !failed && works == fs::weakly_canonical(dataFolder, failed);
  };
  for (int i = 0; i < 500 && runs(); ++i) {
    ::kill(pid, i < 400 ? SIGQUIT : SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

} // namespace whichbase::demo
