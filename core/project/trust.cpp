#include "project/trust.h"

#include "connection/connection_string.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <set>

namespace whichbase::project {
namespace {

// A word that no URL syntax touches stands for each ${NAME}, so that the string can be read without any secret.
std::string standIn(std::size_t index) {
  return fmt::format("wbname{}x", index);
}

std::string withNames(std::string text, const std::vector<std::string>& names) {
  for (std::size_t i = names.size(); i-- > 0;) {
    const std::string word = standIn(i);
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at))
      text.replace(at, word.size(), "${" + names[i] + "}");
  }
  return text;
}

// As people see it and as the file keeps it: one line, without anything that moves a cursor.
std::string oneLine(std::string text) {
  std::replace_if(text.begin(), text.end(), [](unsigned char letter) { return letter <= 0x20 || letter == 0x7F; }, '?');
  return text;
}

std::vector<std::string> hostsOf(const std::string& url, const std::vector<std::string>& names) {
  const auto substituted = substitute(url, [&](const std::string& name) -> std::optional<std::string> {
    const auto found = std::find(names.begin(), names.end(), name);
    return standIn(static_cast<std::size_t>(found - names.begin()));
  });
  const auto parsed = connection::parse(substituted ? *substituted : url);
  std::vector<std::string> hosts;
  if (parsed.value)
    for (const auto& endpoint : connection::endpoints(parsed.value->parameters)) {
      // Where both are set, libpq connects to hostaddr.
      const std::string& host = endpoint.hostaddr.empty() ? endpoint.host : endpoint.hostaddr;
      hosts.push_back(oneLine(withNames(fmt::format("{}:{}", host, endpoint.port), names)));
    }
  // What cannot be read yet may become readable with the secret in it: the user sees the whole of it.
  if (hosts.empty())
    hosts.push_back(oneLine(connection::mask(url)));
  return hosts;
}

} // namespace

Requests requestsOf(const Project& project, const std::filesystem::path&) {
  std::set<SecretUse> uses;
  for (const Server& server : project.servers)
    for (const auto& spec : {server.present, server.before}) {
      if (!spec)
        continue;
      const auto names = variables(spec->url);
      if (names.empty())
        continue;
      for (const auto& host : hostsOf(spec->url, names))
        for (const auto& name : names)
          uses.insert({name, host});
    }
  return {{}, {uses.begin(), uses.end()}};
}

std::string toText(const SecretUse& use) {
  return use.variable + " to " + use.host;
}

std::filesystem::path trustFile() {
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state && state[0] == '/')
    return std::filesystem::path(state) / "whichbase/trusted";
  const char* home = std::getenv("HOME");
  if (home && home[0] == '/')
    return std::filesystem::path(home) / ".local/state/whichbase/trusted";
  return {};
}

Requests untrusted(const Requests& requests, const std::filesystem::path& file) {
  std::set<std::string> agreed;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);)
    agreed.insert(line);
  Requests open;
  for (const SecretUse& use : requests.secrets)
    if (!agreed.contains(toText(use)))
      open.secrets.push_back(use);
  return open;
}

std::expected<void, Error> remember(const Requests& requests, const std::filesystem::path& file) {
  const auto failed = [&](int error) {
    return std::unexpected(
        Error{fmt::format("cannot remember the agreement in {}: {}", file.string(), std::strerror(error))});
  };
  if (file.empty())
    return std::unexpected(Error{"cannot remember the agreement: neither XDG_STATE_HOME nor HOME is set"});
  std::string lines;
  for (const SecretUse& use : untrusted(requests, file).secrets)
    lines += toText(use) + "\n";
  if (lines.empty())
    return {};
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  if (error)
    return failed(error.value());
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return failed(errno);
  // One write, so that two programs that add at one time do not mix their lines.
  const auto written = ::write(descriptor, lines.data(), lines.size());
  const int writeError = written < 0 ? errno : written == static_cast<ssize_t>(lines.size()) ? 0 : ENOSPC;
  ::close(descriptor);
  if (writeError != 0)
    return failed(writeError);
  return {};
}

} // namespace whichbase::project
