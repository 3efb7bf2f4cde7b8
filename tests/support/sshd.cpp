#include "support/sshd.h"

#include "support/pgbouncer.h"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

namespace whichbase::test {
namespace fs = std::filesystem;
namespace {

bool makeKey(const fs::path& file) {
  const auto made = process::run({"/usr/bin/ssh-keygen", {"-q", "-t", "ed25519", "-N", "", "-f", file.string()}});
  return made && made->exitCode == 0;
}

std::string contentOf(const fs::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

// "ssh-ed25519 AAAA…" of a public key file, without the comment.
std::string publicKey(const fs::path& file) {
  std::istringstream text(contentOf(file));
  std::string type, key;
  text >> type >> key;
  return type + " " + key;
}

std::string userName() {
  const passwd* entry = ::getpwuid(::getuid());
  return entry ? entry->pw_name : "root";
}

std::vector<pid_t> childrenOf(pid_t parent) {
  std::istringstream text(contentOf(fmt::format("/proc/{0}/task/{0}/children", parent)));
  std::vector<pid_t> children;
  for (pid_t child = 0; text >> child;)
    children.push_back(child);
  return children;
}

void killTree(pid_t root) {
  for (const pid_t child : childrenOf(root))
    killTree(child);
  ::kill(root, SIGKILL);
}

} // namespace

void Sshd::writeServerConfig(const Options& options) const {
  std::ofstream config(m_folder / "sshd_config");
  config << fmt::format("Port {}\nListenAddress {}\nHostKey {}\nPidFile none\nUsePAM no\nStrictModes no\n"
                        "AuthorizedKeysFile {}\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
                        "PermitRootLogin prohibit-password\nLogLevel VERBOSE\nAllowTcpForwarding {}\n",
                        m_port, options.listenAddress, (m_folder / "host_key").string(),
                        (m_folder / "authorized_keys").string(), options.allowForwarding ? "yes" : "no");
  if (!options.path.empty())
    config << "SetEnv PATH=" << options.path << "\n";
  for (const auto& line : options.lines)
    config << line << "\n";
}

void Sshd::writeClientConfig(const Options& options) const {
  std::ofstream config(m_folder / "ssh_config");
  config << fmt::format("Host prod\nHostName {}\nPort {}\nUser {}\nIdentityFile {}\nIdentitiesOnly yes\n"
                        "IdentityAgent none\nUserKnownHostsFile {}\nGlobalKnownHostsFile /dev/null\n"
                        "UpdateHostKeys no\n",
                        options.listenAddress, m_port, userName(), (m_folder / "user_key").string(),
                        (m_folder / "known_hosts").string());
  for (const auto& line : options.clientLines)
    config << line << "\n";
}

std::unique_ptr<Sshd> Sshd::start(const Options& options, std::string& problem) {
  std::unique_ptr<Sshd> server(new Sshd);
  server->m_port = freePort();
  server->m_address = options.listenAddress;
  server->m_folder = fs::temp_directory_path() / fmt::format("whichbase-sshd-{}-{}", getpid(), server->m_port);
  const fs::path& folder = server->m_folder;
  fs::create_directories(folder);
  fs::permissions(folder, fs::perms::owner_all);
  if (!makeKey(folder / "host_key") || !makeKey(folder / "user_key")) {
    problem = "ssh-keygen made no keys";
    return nullptr;
  }
  std::ofstream(folder / "authorized_keys") << publicKey(folder / "user_key.pub") << "\n";
  std::ofstream(folder / "known_hosts") << fmt::format("[{}]:{} {}\n", server->m_address, server->m_port,
                                                       publicKey(folder / "host_key.pub"));
  server->writeServerConfig(options);
  server->writeClientConfig(options);
  if (::getuid() == 0)
    ::mkdir("/run/sshd", 0755); // sshd asks for it; a machine that never started its own has none

  std::vector<std::string> command = options.runInside;
  command.insert(command.end(), {"/usr/sbin/sshd", "-D", "-e", "-f", (folder / "sshd_config").string()});
  if (!command.front().starts_with('/'))
    command.insert(command.begin(), "/usr/bin/env");
  auto process =
      process::ChildProcess::start({command.front(), {command.begin() + 1, command.end()}}, {.log = folder / "log"});
  if (!process) {
    problem = process.error();
    return nullptr;
  }
  server->m_process = std::move(*process);
  for (int attempt = 0; attempt < 300; ++attempt) {
    if (server->log().find("Server listening on") != std::string::npos)
      return server;
    if (server->m_process->wait(std::chrono::milliseconds(20)))
      break;
  }
  problem = "sshd did not start: " + server->log();
  return nullptr;
}

Sshd::~Sshd() {
  stop();
  std::error_code ignored;
  fs::remove_all(m_folder, ignored);
}

std::string Sshd::words() const {
  return fmt::format("-F {} prod", (m_folder / "ssh_config").string());
}

std::string Sshd::log() const {
  return contentOf(m_folder / "log");
}

int Sshd::logins() const {
  const std::string text = log();
  int count = 0;
  for (auto at = text.find("Accepted publickey"); at != std::string::npos; at = text.find("Accepted publickey", at + 1))
    ++count;
  return count;
}

void Sshd::forgetHostKey() {
  std::ofstream(m_folder / "known_hosts", std::ios::trunc);
}

void Sshd::changeKnownHostKey() {
  makeKey(m_folder / "other_key");
  std::ofstream(m_folder / "known_hosts", std::ios::trunc)
      << fmt::format("[{}]:{} {}\n", m_address, m_port, publicKey(m_folder / "other_key.pub"));
}

void Sshd::refuseUser() {
  std::ofstream(m_folder / "authorized_keys", std::ios::trunc);
}

void Sshd::endConnections() {
  for (const pid_t child : childrenOf(m_process->pid()))
    killTree(child);
}

void Sshd::stop() {
  if (!m_process)
    return;
  endConnections();
  m_process.reset();
}

} // namespace whichbase::test
