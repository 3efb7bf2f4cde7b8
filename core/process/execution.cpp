#include "process/execution.h"

#include "process/account.h"

#include <fmt/format.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <optional>

namespace whichbase::process {

namespace {

std::expected<Identity, std::string> identityOf(const std::string& user) {
  if (user.empty())
    return Identity{};
  const auto account = accountOf(user);
  if (!account)
    return std::unexpected(fmt::format("There is no user \"{}\" on this computer to run a program as.", user));
  return Identity{true, account->user, account->group};
}

std::string pathFor(const Command& command) {
  if (const auto given = command.environment.find("PATH"); given != command.environment.end())
    return given->second;
  const char* ours = std::getenv("PATH");
  return ours == nullptr ? "/usr/bin:/bin" : ours;
}

// Empty where no folder of PATH has it.
std::string locate(const Command& command) {
  const std::string name = command.program.string();
  if (name.find('/') != std::string::npos)
    return name;
  const std::string path = pathFor(command);
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find(':', at), path.size());
    const std::string candidate = path.substr(at, end - at) + "/" + name;
    if (end > at && ::access(candidate.c_str(), X_OK) == 0 && std::filesystem::is_regular_file(candidate))
      return candidate;
    at = end + 1;
  }
  return {};
}

// What this process hands on: nothing of PostgreSQL's, and no language, so that what is printed can be read.
bool isHandedOn(const std::string& name) {
  return !name.starts_with("PG") && !name.starts_with("LC_") && name != "LANG" && name != "LANGUAGE";
}

} // namespace

std::expected<Prepared, std::string> prepare(const Command& command) {
  const auto identity = identityOf(command.user);
  if (!identity)
    return std::unexpected(identity.error());
  Prepared prepared;
  prepared.program = locate(command);
  if (prepared.program.empty())
    return std::unexpected(fmt::format("{} could not be started: it is not on PATH.", command.program.string()));
  prepared.identity = *identity;
  prepared.folder = command.folder.string();
  prepared.strings.push_back(command.program.string());
  prepared.strings.insert(prepared.strings.end(), command.arguments.begin(), command.arguments.end());
  const std::size_t argumentCount = prepared.strings.size();
  for (char** entry = environ; *entry; ++entry) {
    const std::string text = *entry;
    const std::string name = text.substr(0, text.find('='));
    if (isHandedOn(name) && !command.environment.contains(name))
      prepared.strings.push_back(text);
  }
  if (!command.environment.contains("LC_ALL"))
    prepared.strings.emplace_back("LC_ALL=C");
  for (const auto& [name, value] : command.environment)
    prepared.strings.push_back(fmt::format("{}={}", name, value));
  for (std::size_t i = 0; i < prepared.strings.size(); ++i)
    (i < argumentCount ? prepared.arguments : prepared.environment).push_back(prepared.strings[i].data());
  prepared.arguments.push_back(nullptr);
  prepared.environment.push_back(nullptr);
  return prepared;
}

[[noreturn]] void execute(Prepared& prepared, const Streams& streams, int deathSignal, pid_t parent, int report) {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGQUIT, SIGHUP})
    ::signal(number, SIG_DFL);
  ::setpgid(0, 0);
  const Identity& identity = prepared.identity;
  // The bare system calls: the C library's own would talk to threads that a forked child does not have.
  const bool changed =
      !identity.change || (::syscall(SYS_setgroups, 0, nullptr) == 0 && ::syscall(SYS_setgid, identity.group) == 0 &&
                           ::syscall(SYS_setuid, identity.user) == 0);
  // A change of user clears the death signal, so it is asked for afterwards.
  if (deathSignal != 0)
    ::prctl(PR_SET_PDEATHSIG, deathSignal);
  if (::getppid() != parent)
    ::_exit(127);
  if (changed && ::dup2(streams.input, 0) >= 0 && ::dup2(streams.output, 1) >= 0 && ::dup2(streams.errors, 2) >= 0 &&
      ::chdir(prepared.folder.c_str()) == 0)
    ::execve(prepared.program.c_str(), prepared.arguments.data(), prepared.environment.data());
  const int reason = errno;
  [[maybe_unused]] const ssize_t written = ::write(report, &reason, sizeof reason);
  ::_exit(127);
}

int reportedReason(int report) {
  int reason = 0;
  ssize_t got = 0;
  do
    got = ::read(report, &reason, sizeof reason);
  while (got < 0 && errno == EINTR);
  return got == sizeof reason ? reason : 0;
}

int exitCodeOf(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace whichbase::process
