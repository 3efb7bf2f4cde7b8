#include "demo/leftovers.h"

#include <sys/shm.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

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

namespace {

std::vector<pid_t> processesIn(const fs::path& folder) {
  std::vector<pid_t> found;
  std::error_code failed;
  const std::string below = fs::weakly_canonical(folder, failed).string() + '/';
  for (const auto& entry : fs::directory_iterator("/proc", failed)) {
    const pid_t pid = std::atoi(entry.path().filename().c_str());
    const fs::path works = pid > 1 ? fs::read_symlink(entry.path() / "cwd", failed) : fs::path();
    if ((works.string() + '/').starts_with(below))
      found.push_back(pid);
  }
  return found;
}

} // namespace

void endProcessesIn(const fs::path& folder) {
  using namespace std::chrono_literals;
  const auto start = std::chrono::steady_clock::now();
  for (auto found = processesIn(folder); !found.empty(); found = processesIn(folder)) {
    const auto waited = std::chrono::steady_clock::now() - start;
    if (waited > 10s)
      return;
    // Its parent's death has told it to end; only what ends in order frees its shared memory, initdb's PostgreSQL above
    // all, which knows no signal. So there is a moment for that first.
    for (const pid_t pid : found)
      if (waited > 4s)
        ::kill(pid, waited < 8s ? SIGQUIT : SIGKILL);
    std::this_thread::sleep_for(20ms);
  }
}

} // namespace whichbase::demo
