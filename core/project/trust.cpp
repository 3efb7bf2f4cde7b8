#include "project/trust.h"

#include "connection/connection_string.h"
#include "project/configured.h"
#include "route/via.h"

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

// A word that no URL syntax touches stands for each value, so that a string can be read without any secret.
class StandIns {
public:
  std::string of(const std::string& name) {
    const auto found = std::ranges::find(m_names, name);
    const auto index = static_cast<std::size_t>(found - m_names.begin());
    if (found == m_names.end())
      m_names.push_back(name);
    return word(index);
  }
  // The text with ${NAME} for each word.
  std::string undone(std::string text) const {
    for (std::size_t i = m_names.size(); i-- > 0;)
      for (std::size_t at = text.find(word(i)); at != std::string::npos; at = text.find(word(i), at))
        text.replace(at, word(i).size(), "${" + m_names[i] + "}");
    return text;
  }

private:
  static std::string word(std::size_t index) { return fmt::format("wbname{}x", index); }
  std::vector<std::string> m_names;
};

// A host as people see it and as the file keeps it: one word, without anything that moves a cursor.
std::string asWord(const std::string& text) {
  std::string word;
  for (const unsigned char letter : text)
    word += letter <= 0x20 || letter == 0x7F ? "?"
            : letter > 0x7F                  ? fmt::format("\\x{{{:02X}}}", letter)
                                             : std::string(1, static_cast<char>(letter));
  return word;
}

// The line that stands for a command in the file: whole, and different for every command. No pair begins like it.
std::string commandLine(const std::string& command) {
  std::string line = "$ ";
  for (const char c : command)
    line += c == '\\' ? std::string("\\\\")
            : static_cast<unsigned char>(c) < 0x20
                ? fmt::format("\\x{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)))
                : std::string(1, c);
  return line;
}

// The route is part of where a value goes: localhost over ssh is another machine.
std::string routeText(const ConnectionSpec& spec) {
  const auto via = route::parseVia(spec.via);
  return via && !via->isElsewhere() ? std::string() : " via " + shownCommand(spec.via);
}

// The password file is looked up by the host's name. Where the string has another address for it, somebody else might
// get its password.
void addPasswordFileUses(std::vector<SecretUse>& uses, const connection::Parameters& parameters,
                         const StandIns& words) {
  if (!connection::valueOf(parameters, "password").empty())
    return;
  for (const auto& endpoint : connection::endpoints(parameters))
    if (!endpoint.host.empty() && !endpoint.hostaddr.empty() && endpoint.host != endpoint.hostaddr)
      uses.push_back({asWord(words.undone(fmt::format("~/.pgpass({}:{})", endpoint.host, endpoint.port))),
                      asWord(words.undone(fmt::format("{}:{}", endpoint.hostaddr, endpoint.port)))});
}

// Each name beside each host of a string with stand-ins in it. What cannot be read yet may become readable with the
// secret in it: the user sees the whole of it, masked.
std::vector<SecretUse> usesOf(const std::vector<std::string>& names, const std::string& text, const StandIns& words) {
  std::vector<std::string> hosts;
  std::vector<SecretUse> uses;
  if (const auto parsed = connection::parse(text); parsed.value) {
    for (const auto& endpoint : connection::endpoints(parsed.value->parameters)) {
      // Where both are set, libpq connects to hostaddr.
      const std::string& host = endpoint.hostaddr.empty() ? endpoint.host : endpoint.hostaddr;
      hosts.push_back(asWord(words.undone(fmt::format("{}:{}", host, endpoint.port))));
    }
    addPasswordFileUses(uses, parsed.value->parameters, words);
  }
  if (hosts.empty())
    hosts.push_back(asWord(words.undone(connection::mask(text))));
  for (const auto& host : hosts)
    for (const auto& name : names)
      uses.push_back({shownCommand(name), host});
  return uses;
}

std::vector<SecretUse> usesOfUrl(const ConnectionSpec& spec) {
  StandIns words;
  const auto text = substitute(spec.url, [&](const std::string& name) { return std::optional(words.of(name)); });
  return usesOf(variables(spec.url), text.value_or(spec.url), words);
}

// Stand-ins for the names that are set; the others, and empty ones, as they are.
std::vector<SecretUse> usesOfFiles(const ConnectionSpec& spec, const imports::From& from,
                                   const std::filesystem::path& folder, const imports::Lookup& environment) {
  StandIns words;
  const auto lookup = [&](const std::string& name) -> std::optional<std::string> {
    auto value = environment(name);
    return value && !value->empty() ? words.of(name) : value;
  };
  const auto configured = configuredIn(from, spec.variable, imports::read(from, folder, lookup));
  // Nothing is sent where nothing can be read.
  return configured ? usesOf(configured->asked, configured->text, words) : std::vector<SecretUse>{};
}

std::vector<SecretUse> usesOfFiles(const ConnectionSpec& spec, const imports::From& from,
                                   const std::filesystem::path& folder) {
  auto uses = usesOfFiles(spec, from, folder, [](const std::string&) { return std::optional<std::string>("set"); });
  for (auto& use : usesOfFiles(spec, from, folder, [](const std::string&) { return std::optional<std::string>(); }))
    if (std::ranges::find(uses, use) == uses.end())
      uses.push_back(std::move(use));
  return uses;
}

} // namespace

std::vector<std::string> commandsOf(const ConnectionSpec& spec) {
  std::vector<std::string> commands;
  if (const auto via = route::parseVia(spec.via); via && via->isElsewhere())
    commands.push_back(via->kind == route::Via::Kind::command ? via->command : spec.via);
  if (!spec.resolve.empty())
    commands.push_back(spec.resolve);
  if (const auto from = imports::parseFrom(spec.from); from && from->kind == imports::From::Kind::command)
    commands.push_back(from->command);
  if (!spec.passwordCommand.empty())
    commands.push_back(spec.passwordCommand);
  return commands;
}

std::vector<SecretUse> secretUsesOf(const ConnectionSpec& spec, const std::filesystem::path& folder,
                                    const imports::Lookup& environment) {
  std::vector<SecretUse> uses;
  if (spec.from.empty())
    uses = usesOfUrl(spec);
  else if (const auto from = imports::parseFrom(spec.from); from && from->kind != imports::From::Kind::command)
    uses = environment ? usesOfFiles(spec, *from, folder, environment) : usesOfFiles(spec, *from, folder);
  const std::string route = routeText(spec);
  for (auto& use : uses)
    use.host += route;
  return uses;
}

Requests requestsOf(const Project& project, const std::filesystem::path& folder, const imports::Lookup& environment) {
  Requests requests;
  std::set<SecretUse> uses;
  for (const Server& server : project.servers)
    for (const auto& spec : {server.present, server.before}) {
      if (!spec)
        continue;
      for (auto& command : commandsOf(*spec))
        if (std::ranges::find(requests.commands, command) == requests.commands.end())
          requests.commands.push_back(std::move(command));
      for (auto& use : secretUsesOf(*spec, folder, environment))
        uses.insert(std::move(use));
    }
  requests.secrets.assign(uses.begin(), uses.end());
  return requests;
}

std::string toText(const SecretUse& use) {
  return use.variable + " to " + use.host;
}

std::string shownCommand(std::string_view command) {
  std::string shown;
  std::size_t spaces = 0;
  for (const char c : command) {
    const auto letter = static_cast<unsigned char>(c);
    spaces = c == ' ' ? spaces + 1 : 0;
    shown += letter < 0x20 || letter > 0x7E || spaces > 2 ? fmt::format("\\x{{{:02X}}}", letter) : std::string(1, c);
  }
  return shown;
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
  for (const std::string& command : requests.commands)
    if (!agreed.contains(commandLine(command)))
      open.commands.push_back(command);
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
  const Requests open = untrusted(requests, file);
  for (const std::string& command : open.commands)
    lines += commandLine(command) + "\n";
  for (const SecretUse& use : open.secrets)
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
