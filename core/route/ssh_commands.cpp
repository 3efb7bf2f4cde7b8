#include "route/ssh_commands.h"

#include "process/descriptor.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace whichbase::route {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longestFolder = 56; // leaves room for a name of ours and what ssh adds to it
constexpr int answerMs = 1'000;

// A folder of this user's that nobody else may enter, made where there is none. Its name must mean nothing to ssh,
// which replaces %, ~ and ${…} in a ControlPath.
bool isPrivate(const fs::path& folder) {
  const std::string& name = folder.native();
  if (name.size() > longestFolder || shellQuoted(name) != name || name.find('%') != std::string::npos)
    return false;
  ::mkdir(folder.c_str(), 0700);
  struct stat info{};
  return ::lstat(folder.c_str(), &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == ::geteuid() &&
         (info.st_mode & 077) == 0;
}

// The same in every program and version: std::hash promises neither. (FNV-1a)
std::uint64_t hashOf(const std::vector<std::string>& words) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const auto& word : words)
    for (std::size_t i = 0; i <= word.size(); ++i) // with the NUL at its end
      hash = (hash ^ static_cast<unsigned char>(word.c_str()[i])) * 0x100000001b3U;
  return hash;
}

void add(Arguments& arguments, std::initializer_list<const char*> options) {
  for (const char* option : options) {
    arguments.emplace_back("-o");
    arguments.emplace_back(option);
  }
}

// What holds for every ssh that reads the user's settings.
Arguments common(const std::string& controlPath) {
  Arguments arguments{"-o", "ControlPath=" + controlPath};
  add(arguments, {"ControlPersist=no", "BatchMode=yes", "RemoteCommand=none", "RequestTTY=no", "PermitLocalCommand=no",
                  "ClearAllForwardings=yes", "Tunnel=no", "LogLevel=INFO"});
  return arguments;
}

void append(Arguments& arguments, const std::vector<std::string>& words) {
  arguments.insert(arguments.end(), words.begin(), words.end());
}

std::string addressOf(const std::string& host, int port) {
  return host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port) : fmt::format("[{}]:{}", host, port);
}

} // namespace

std::expected<fs::path, std::string> controlFolder() {
  if (const char* runtime = std::getenv("XDG_RUNTIME_DIR"); runtime != nullptr && *runtime == '/')
    if (const fs::path folder = fs::path(runtime) / "whichbase"; isPrivate(folder))
      return folder;
  if (const fs::path folder = fmt::format("/tmp/whichbase-{}", ::geteuid()); isPrivate(folder))
    return folder;
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
    if (const fs::path folder = fs::path(home) / ".whichbase"; isPrivate(folder))
      return folder;
  return std::unexpected("no private folder could be made for ssh's control sockets");
}

fs::path loginSocket(const Via& via) {
  const auto folder = controlFolder();
  return folder ? *folder / fmt::format("{:016x}", hashOf(via.sshWords)) : fs::path();
}

bool answers(const fs::path& controlSocket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string& name = controlSocket.native();
  if (name.empty() || name.size() >= sizeof address.sun_path)
    return false;
  std::memcpy(address.sun_path, name.c_str(), name.size());
  const process::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.isOpen() || ::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return false;
  // A master greets first (PROTOCOL.mux): one that is stopped does not.
  pollfd waiting{socket.number(), POLLIN, 0};
  char byte = 0;
  return ::poll(&waiting, 1, answerMs) > 0 && ::recv(socket.number(), &byte, 1, 0) == 1;
}

Arguments masterArguments(const Via& via, const fs::path& controlSocket, bool knowsFork) {
  Arguments arguments{"-N", "-T"};
  append(arguments, common(controlSocket.native()));
  add(arguments, {"ControlMaster=yes", "ServerAliveInterval=10", "ServerAliveCountMax=3"});
  if (knowsFork)
    add(arguments, {"ForkAfterAuthentication=no"});
  append(arguments, via.sshWords);
  return arguments;
}

Arguments forwardArguments(const fs::path& controlSocket, const std::string& host, int port) {
  Arguments arguments{"-F", "none", "-o", "ControlPath=" + controlSocket.native()};
  add(arguments, {"ControlMaster=no", "BatchMode=yes", "ProxyCommand=false"});
  append(arguments, {"-W", addressOf(host, port), "route"});
  return arguments;
}

Arguments loneForwardArguments(const Via& via, const std::string& host, int port, bool knowsFork) {
  Arguments arguments{"-W", addressOf(host, port)};
  append(arguments, common("none"));
  add(arguments, {"ControlMaster=no"});
  if (knowsFork)
    add(arguments, {"ForkAfterAuthentication=no", "StdinNull=no"});
  append(arguments, via.sshWords);
  return arguments;
}

Arguments remoteArguments(const SshParts& parts, const fs::path& controlSocket) {
  Arguments arguments = common(controlSocket.native());
  add(arguments, {"ControlMaster=no"});
  append(arguments, parts.options);
  arguments.push_back(parts.destination);
  append(arguments, parts.remote);
  return arguments;
}

std::string Routes::loginCommand(const Via& via) {
  const fs::path socket = loginSocket(via);
  if (via.kind != Via::Kind::ssh || socket.empty())
    return {};
  std::string text =
      "ssh -f -N -M -o ControlPath=" + socket.native() +
      " -o ControlPersist=10m -o ClearAllForwardings=yes -o RemoteCommand=none -o ServerAliveInterval=10";
  for (const auto& word : via.sshWords)
    text += " " + shellQuoted(word);
  return text;
}

} // namespace whichbase::route
