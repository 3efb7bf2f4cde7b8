#include "connection/characters.h"
#include "connection/keywords.h"
#include "import/survey_candidates.h"
#include "route/via.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

namespace whichbase::imports {
namespace {

// Programs that hand an environment on, or are a person's own tools: no servers.
constexpr std::array<std::string_view, 44> notServers{
    "sh",    "bash",    "dash",       "zsh",      "fish",        "ksh",     "mksh",     "csh",     "tcsh",
    "ash",   "sshd",    "ssh",        "sftp",     "sftp-server", "systemd", "(sd-pam)", "su",      "sudo",
    "doas",  "login",   "tmux",       "screen",   "SCREEN",      "script",  "env",      "timeout", "nohup",
    "watch", "less",    "vi",         "vim",      "nano",        "emacs",   "docker",   "podman",  "conmon",
    "psql",  "pg_dump", "pg_restore", "postgres", "direnv",      "make",    "pgcli",    "crond"};

constexpr std::array<std::string_view, 12> interpreters{"node", "python", "ruby",   "java", "perl", "php",
                                                        "bun",  "deno",   "dotnet", "mono", "lua",  "beam.smp"};

std::string baseName(std::string_view path) {
  return std::string(path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1));
}

// "node", "-bash" and "sshd: me" as programs.
std::string programOf(const Process& process) {
  auto name = process.arguments.empty() ? std::string() : baseName(process.arguments.front());
  name = name.substr(name.starts_with('-') ? 1 : 0);
  return name.substr(0, name.find_first_of(": "));
}

bool isInterpreter(std::string_view program) {
  const auto bare = program.substr(0, program.find_last_not_of("0123456789.") + 1);
  return std::ranges::find(interpreters, bare) != interpreters.end();
}

std::string plainName(std::string_view text) {
  std::string name;
  for (const char c : text.substr(0, 60))
    name += connection::isWordCharacter(c) || c == '.' || c == '-' || c == '@' ? c : '_';
  return name;
}

// What runs: "backend" of /opt/backend, "manage.py" of python3 manage.py.
std::string shownProgram(const Process& process) {
  const auto program = programOf(process);
  if (isInterpreter(program))
    for (std::size_t i = 1; i < process.arguments.size(); ++i)
      if (const auto& argument = process.arguments[i]; !argument.starts_with('-') && !argument.empty())
        return plainName(baseName(argument));
  return plainName(program.empty() ? "process" : program);
}

// "backend.service" of "0::/system.slice/backend.service/worker"; empty for sessions and scopes.
std::string unitOf(const Process& process) {
  for (const std::string_view line : process.groups) {
    if (line.find("name=systemd:") == std::string_view::npos && !line.starts_with("0::"))
      continue;
    constexpr std::string_view ending = ".service";
    const auto end = line.rfind(ending);
    if (end == std::string_view::npos || line.find(".scope", end) != std::string_view::npos)
      continue;
    const auto from = line.rfind('/', end) + 1;
    return std::string(line.substr(from, end + ending.size() - from));
  }
  return {};
}

bool isUnitName(std::string_view name) {
  return name.size() <= 255 && !name.starts_with('-') && std::ranges::all_of(name, [](char c) {
           return connection::isWordCharacter(c) || std::string_view(":.@\\-").find(c) != std::string_view::npos;
         });
}

// For pgrep: the text itself and nothing else.
std::string asRegex(std::string_view text) {
  std::string regex;
  for (const char c : text) {
    if (std::string_view(R"(.[]()*+?{}|^$\)").find(c) != std::string_view::npos)
      regex += '\\';
    regex += c;
  }
  return regex;
}

struct CommandLine {
  std::string text;
  bool isWhole = true;
};

bool isPrintable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

// "--password", "--api-token=…"
bool namesSecret(std::string_view argument) {
  const auto key = argument.substr(std::min(argument.find_first_not_of('-'), argument.size()));
  return argument.starts_with('-') && connection::isSecretKey(key.substr(0, key.find('=')));
}

std::string joined(const std::vector<std::string>& arguments) {
  return fmt::format("{}", fmt::join(arguments, " "));
}

// As pgrep sees it, up to an argument that may show a password, or that cannot be written.
CommandLine commandLine(const Process& process, const Found& found) {
  const auto parsed = connection::parse(found.url);
  const auto secrets = parsed.value ? connection::secretsOf(parsed.value->parameters) : std::vector<std::string>{};
  CommandLine line;
  for (const auto& argument : process.arguments) {
    const auto longer = line.text + (line.text.empty() ? "" : " ") + argument;
    if (longer.size() > 300 || !isPrintable(argument) || namesSecret(argument) ||
        connection::redact(longer, secrets) != longer)
      return {line.text, false};
    line.text = longer;
  }
  return line;
}

class Processes {
public:
  Processes(const SurveyText& seen, const SshHost& host, Survey& survey)
      : m_seen(seen), m_host(host), m_survey(survey) {}

  void add() {
    for (const auto& process : m_seen.processes)
      if (isOfHost(process))
        m_found.emplace_back(&process, findDatabases(process.variables));
    const auto first = m_survey.candidates.size();
    for (const auto& [process, databases] : m_found)
      for (std::size_t i = 0; i < std::min(databases.size(), mostDatabases); ++i)
        addFound(*process, databases[i], i > 0);
    nameApart(first);
    tell();
  }

private:
  using Databases = std::pair<const Process*, std::vector<Found>>;

  // Not in a container: those are listed as such, or cannot be reached as if they stood here.
  bool isOfHost(const Process& process) {
    for (const auto& engine : m_seen.engines)
      for (const auto& container : engine.containers)
        if (std::ranges::any_of(process.groups,
                                [&](const auto& line) { return line.find(container.id) != std::string::npos; }))
          return false;
    const bool here =
        process.networkNamespace == m_seen.networkNamespace && process.pidNamespace == m_seen.pidNamespace;
    m_elsewhere += here ? 0 : 1;
    return here;
  }

  const Databases* byPid(int pid) const {
    const auto found = std::ranges::find(m_found, pid, [](const Databases& each) { return each.first->pid; });
    return found == m_found.end() ? nullptr : &*found;
  }

  // The unit whose main process was started with the same string; null where it cannot be told that way.
  const Unit* unitWith(const Process& process, const Found& found) const {
    const auto name = unitOf(process);
    for (const auto& unit : m_seen.units) {
      if (name.empty() || unit.name != name || !isUnitName(name))
        continue;
      const auto* main = byPid(unit.mainPid);
      if (main != nullptr && unitOf(*main->first) == name && std::ranges::any_of(main->second, [&](const Found& other) {
            return other.variable == found.variable && other.url == found.url;
          }))
        return &unit;
    }
    return nullptr;
  }

  void addFound(const Process& process, const Found& found, bool isFurther) {
    const auto* unit = unitWith(process, found);
    const auto program = programOf(process);
    if (unit == nullptr && std::ranges::find(notServers, program) != notServers.end())
      return;
    Place place{Candidate::Kind::process, {}, {}, {}};
    if (unit != nullptr)
      fromUnit(*unit, place);
    else if (!fromCommandLine(process, found, place))
      return;
    place.name += isFurther ? " " + found.variable : "";
    const auto parsed = connection::parse(found.url);
    auto way = parsed.value ? wayFromHost(m_host, parsed.value->parameters)
                            : Way{"ssh " + m_host.words, {}, {}, shownText(parsed.error.text)};
    const auto candidate = candidateOf(m_host, place, found, std::move(way));
    const auto isSame = [&](const Candidate& other) {
      return other.server.present->from == candidate.server.present->from && other.variable == candidate.variable;
    };
    if (std::ranges::none_of(m_survey.candidates, isSame)) {
      m_survey.candidates.push_back(candidate);
      m_folders.push_back(baseName(process.folder));
    }
  }

  void fromUnit(const Unit& unit, Place& place) const {
    place.name = plainName(unit.name.substr(0, unit.name.rfind('.')));
    place.from = "command " + onHost(m_host, fmt::format("cat /proc/$(systemctl {}show -p MainPID --value {})/environ",
                                                         unit.ofUser ? "--user " : "", route::shellQuoted(unit.name)));
  }

  // False where it cannot be found again.
  bool fromCommandLine(const Process& process, const Found& found, Place& place) {
    const auto line = commandLine(process, found);
    if (line.text.empty() || !isPrintable(process.folder) || isAmbiguous(line, process, found)) {
      ++m_notFoundAgain;
      return false;
    }
    place.name = shownProgram(process);
    place.from = "command " +
                 onHost(m_host, fmt::format("for p in $(pgrep -f {}); do [ \"$(readlink /proc/$p/cwd)\" = {} ] "
                                            "&& exec cat /proc/$p/environ; done; echo {} >&2; exit 1",
                                            route::shellQuoted("^" + asRegex(line.text) + (line.isWhole ? "$" : "")),
                                            route::shellQuoted(process.folder),
                                            route::shellQuoted("no longer runs: " + line.text)));
    place.note = "Found again by its command line and folder.";
    return true;
  }

  // Another process that would be found in its place has another database there.
  bool isAmbiguous(const CommandLine& line, const Process& process, const Found& found) const {
    return std::ranges::any_of(m_found, [&](const Databases& other) {
      const auto& [rival, databases] = other;
      const auto theirs = joined(rival->arguments);
      return rival->folder == process.folder && (line.isWhole ? theirs == line.text : theirs.starts_with(line.text)) &&
             std::ranges::none_of(databases, [&](const Found& each) {
               return each.variable == found.variable && each.url == found.url;
             });
    });
  }

  // "server.js in shop" and "server.js in blog", where both are there.
  void nameApart(std::size_t first) {
    std::map<std::string, int> counts;
    for (const auto& candidate : m_survey.candidates)
      ++counts[candidate.name];
    for (std::size_t i = first; i < m_survey.candidates.size(); ++i) {
      auto& candidate = m_survey.candidates[i];
      if (counts[candidate.name] < 2)
        continue;
      const auto folder = m_folders[i - first];
      candidate.name += folder.empty() ? " " + candidate.variable : " in " + plainName(folder);
      candidate.server.name = candidate.name;
    }
    std::ranges::sort(m_survey.candidates.begin() + static_cast<std::ptrdiff_t>(first), m_survey.candidates.end(), {},
                      &Candidate::name);
  }

  static std::string counted(int count, std::string_view one, std::string_view many) {
    return count == 1 ? std::string(one) : fmt::format("{} {}", count, many);
  }

  void tell() {
    auto& notes = m_survey.notes;
    if (!m_seen.hasProcesses)
      notes.push_back(fmt::format("{} has no /proc, so its processes could not be looked at.", m_host.name));
    if (m_seen.unread > 0)
      notes.push_back(counted(m_seen.unread, "A process", "processes") +
                      (m_seen.user == "0" ? " could not be looked into."
                                          : " of other users could not be looked into: log in there as root to see "
                                            "them too."));
    if (m_elsewhere > 0)
      notes.push_back(fmt::format("{} with a database variable stand{} in a container that docker and podman do not "
                                  "list there, and {} left out.",
                                  counted(m_elsewhere, "A process", "processes"), m_elsewhere == 1 ? "s" : "",
                                  m_elsewhere == 1 ? "was" : "were"));
    if (m_notFoundAgain > 0)
      notes.push_back(fmt::format("{} could not be told from others by command line and folder, and {} left out.",
                                  counted(m_notFoundAgain, "A process", "processes"),
                                  m_notFoundAgain == 1 ? "was" : "were"));
    if (m_seen.moreProcesses)
      notes.emplace_back("There are more than 300 processes with such variables: only the first were looked at.");
  }

  const SurveyText& m_seen;
  const SshHost& m_host;
  Survey& m_survey;
  std::vector<Databases> m_found;
  std::vector<std::string> m_folders; // of the candidates added here
  int m_elsewhere = 0;
  int m_notFoundAgain = 0;
};

} // namespace

void addProcesses(const SurveyText& seen, const SshHost& host, Survey& survey) {
  Processes(seen, host, survey).add();
}

} // namespace whichbase::imports
