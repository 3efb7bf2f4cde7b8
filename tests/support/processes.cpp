#include "processes.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace whichbase::test {
namespace {

namespace fs = std::filesystem;

std::string contentOf(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

ProcessMark::ProcessMark() {
  static int count = 0;
  m_name = fmt::format("WHICHBASE_TEST_MARK_{}_{}", ::getpid(), ++count);
  ::setenv(m_name.c_str(), "x", 1);
}

ProcessMark::~ProcessMark() {
  ::unsetenv(m_name.c_str());
  killAll();
}

std::vector<int> ProcessMark::pids() const {
  std::vector<int> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/proc", ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos)
      continue;
    // A dead process that nobody has waited for yet has no environment any more.
    if (contentOf(entry.path() / "environ").find(m_name + "=") != std::string::npos)
      found.push_back(std::stoi(name));
  }
  return found;
}

int ProcessMark::alive() const {
  return static_cast<int>(pids().size());
}

bool ProcessMark::waitFor(int number) const {
  for (int attempt = 0; attempt < 200; ++attempt) {
    if (alive() == number)
      return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

void ProcessMark::killAll() const {
  for (const int pid : pids())
    ::kill(pid, SIGKILL);
}

} // namespace whichbase::test
