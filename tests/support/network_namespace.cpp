#include "support/network_namespace.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace whichbase::test {
namespace {

using namespace std::chrono_literals;

std::string networkOf(const std::string& process) {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/" + process + "/ns/net", error).string();
}

} // namespace

std::unique_ptr<NetworkNamespace> NetworkNamespace::create(std::string& problem) {
  if (::getuid() != 0) {
    problem = "network namespaces that others can enter need root";
    return nullptr;
  }
  std::unique_ptr<NetworkNamespace> made(new NetworkNamespace);
  auto holder = process::ChildProcess::start({"/usr/bin/unshare", {"--net", "sleep", "infinity"}}, {});
  if (!holder) {
    problem = holder.error();
    return nullptr;
  }
  made->m_holder = std::move(*holder);
  const std::string pid = std::to_string(made->m_holder->pid());
  for (int attempt = 0; attempt < 250 && networkOf(pid) == networkOf("self"); ++attempt)
    if (made->m_holder->wait(20ms)) {
      problem = "unshare --net is not allowed here";
      return nullptr;
    }
  std::vector<std::string> command = made->inside();
  command.insert(command.end(), {"ip", "link", "set", "lo", "up"});
  const auto up = process::run({command.front(), {command.begin() + 1, command.end()}});
  if (!up || up->exitCode != 0) {
    problem = up ? up->errors : up.error();
    return nullptr;
  }
  return made;
}

std::vector<std::string> NetworkNamespace::inside() const {
  return {"/usr/bin/nsenter", fmt::format("--net=/proc/{}/ns/net", m_holder->pid())};
}

std::unique_ptr<Sshd> NetworkNamespace::startSshd(Sshd::Options options, std::string& problem) const {
  options.runInside = inside();
  options.clientLines.push_back(fmt::format("ProxyCommand {} nc 127.0.0.1 %p", fmt::join(inside(), " ")));
  return Sshd::start(options, problem);
}

std::unique_ptr<process::ChildProcess> NetworkNamespace::serve(demo::ThrowawayCluster& cluster, std::string& problem,
                                                               int port) const {
  if (const auto stopped = cluster.stop(); !stopped) {
    problem = stopped.error().text;
    return nullptr;
  }
  const auto log = cluster.dataFolder().parent_path() / "log-inside";
  std::vector<std::string> command = inside();
  command.insert(command.end(),
                 {"setpriv", "--reuid=" + demo::findProgramUser(), "--regid=" + demo::findProgramUser(),
                  "--clear-groups", "--pdeathsig=QUIT", (demo::findPostgresPrograms() / "postgres").string(), "-D",
                  cluster.dataFolder().string(), "-p", std::to_string(port)});
  auto started = process::ChildProcess::start({command.front(), {command.begin() + 1, command.end()}}, {.log = log});
  if (!started) {
    problem = started.error();
    return nullptr;
  }
  for (int attempt = 0; attempt < 500 && !(*started)->wait(20ms); ++attempt) {
    std::ifstream state(cluster.dataFolder() / "postmaster.pid");
    for (std::string line; std::getline(state, line);)
      if (line.starts_with("ready"))
        return std::move(*started);
  }
  std::ifstream said(log);
  problem.assign(std::istreambuf_iterator<char>(said), {});
  return nullptr;
}

} // namespace whichbase::test
