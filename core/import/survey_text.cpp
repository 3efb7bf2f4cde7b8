#include "import/survey_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace whichbase::imports {
namespace {

// Those of the script, so that nothing else can become the name of a program to run.
constexpr std::array<std::string_view, 5> folders{"", "/usr/local/bin/", "/snap/bin/", "/opt/bin/",
                                                  "/opt/homebrew/bin/"};

bool isEngine(std::string_view program) {
  return std::ranges::any_of(folders, [&](std::string_view folder) {
    return program.starts_with(folder) &&
           (program.substr(folder.size()) == "docker" || program.substr(folder.size()) == "podman");
  });
}

int numberOf(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The text up to the first of `ends`, which is taken off with what it ends.
std::string_view taken(std::string_view& text, std::string_view ends) {
  const auto end = std::min(text.find_first_of(ends), text.size());
  const auto first = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return first;
}

// More than the script prints; another program may answer in its place.
constexpr std::size_t mostContainers = 2000;
constexpr std::size_t mostProcesses = 1000;
constexpr std::size_t mostUnits = 20000;
constexpr std::size_t mostLines = 1000;

class Reader {
public:
  void line(std::string_view text) {
    const auto word = taken(text, " ");
    if (word != "container")
      finishList();
    if (word == "end")
      m_seen.isCut = false;
    else if (word == "noproc")
      m_seen.hasProcesses = false;
    else if (word == "more")
      (text == "containers" ? m_seen.moreContainers : m_seen.moreProcesses) = true;
    else if (word == "unread")
      m_seen.unread = numberOf(text);
    else if (word == "self")
      self(text);
    else if (word == "unit" || word == "userunit")
      unit(text, word == "userunit");
    else if (word == "engine")
      engine(text);
    else if (word == "process")
      process(text);
    else if (m_inProcess)
      ofProcess(word, text, m_seen.processes.back());
    else if (m_inEngine)
      ofEngine(word, text, m_seen.engines.back());
  }

  SurveyText take() {
    finishList();
    return std::move(m_seen);
  }

private:
  void self(std::string_view text) {
    m_seen.user = taken(text, " ");
    m_seen.networkNamespace = taken(text, " ");
    m_seen.pidNamespace = taken(text, " ");
    m_inEngine = false;
  }

  void process(std::string_view pid) {
    m_inProcess = m_seen.processes.size() < mostProcesses;
    if (m_inProcess)
      m_seen.processes.emplace_back().pid = numberOf(pid);
    m_seen.moreProcesses = m_seen.moreProcesses || !m_inProcess;
  }

  void engine(std::string_view program) {
    m_inEngine = isEngine(program) && m_seen.engines.size() < 10;
    if (m_inEngine)
      m_seen.engines.emplace_back().program = program;
  }

  // Blocks of two lines in any order, an empty line between them.
  void unit(std::string_view text, bool ofUser) {
    if (text.starts_with("Id="))
      m_unit.name = text.substr(3);
    else if (text.starts_with("MainPID="))
      m_unit.mainPid = numberOf(text.substr(8));
    else
      m_unit = {};
    if (m_unit.name.empty() || m_unit.mainPid <= 0 || m_seen.units.size() >= mostUnits)
      return;
    m_unit.ofUser = ofUser;
    m_seen.units.push_back(std::exchange(m_unit, {}));
  }

  void ofEngine(std::string_view word, std::string_view text, Engine& engine) {
    if (word == "refused") {
      engine.refused += (engine.refused.empty() ? "" : " ") + std::string(text.substr(0, 1000));
    } else if (word == "info") {
      engine.isRootless = text.find("name=rootless") != std::string_view::npos || text == "rootless=true";
      engine.isDesktop = text.find("Docker Desktop") != std::string_view::npos;
    } else if (word == "network") {
      const auto name = taken(text, " ");
      if (engine.drivers.size() < mostLines)
        engine.drivers.emplace(name, text);
    } else if (word == "container") {
      if (m_list.empty() && text.starts_with('{'))
        container(text, engine);
      else
        m_list.append(text).append("\n");
    }
  }

  // docker says one container a line, podman a list of all over many lines.
  void finishList() {
    if (m_list.empty())
      return;
    for (const auto& each : containersIn(std::exchange(m_list, {})))
      container(each, m_seen.engines.back());
  }

  void container(std::string_view json, Engine& engine) {
    if (engine.containers.size() >= mostContainers) {
      m_seen.moreContainers = true;
      return;
    }
    auto container = readContainer(json);
    // docker may be podman under another name, and then both tell of the same.
    const auto isKnown = [&](const Engine& other) {
      return std::ranges::find(other.containers, container->id, &Container::id) != other.containers.end();
    };
    if (!container)
      ++m_seen.unreadable;
    else if (std::ranges::none_of(m_seen.engines, isKnown))
      engine.containers.push_back(std::move(*container));
  }

  void ofProcess(std::string_view word, std::string_view text, Process& process) {
    const auto line = [&] {
      std::string value(text);
      std::ranges::replace(value, '\1', '\n');
      return value;
    };
    if (word == "status") {
      const auto key = taken(text, ":");
      text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
      if (key == "PPid")
        process.parent = numberOf(text);
      else if (key == "Uid")
        process.user = taken(text, " \t");
    } else if (word == "net") {
      process.networkNamespace = text;
    } else if (word == "pid") {
      process.pidNamespace = text;
    } else if (word == "cwd") {
      process.folder += (process.folder.empty() ? "" : "\n") + std::string(text);
    } else if (word == "arg" && process.arguments.size() < mostLines) {
      process.arguments.push_back(line());
    } else if (word == "cgroup" && process.groups.size() < mostLines) {
      process.groups.emplace_back(text);
    } else if (word == "env" && process.variables.size() < mostLines) {
      const auto value = line();
      const auto sign = std::min(value.find('='), value.size());
      Variable variable{value.substr(0, sign), value.substr(std::min(sign + 1, value.size())), {}};
      const auto same = std::ranges::find(process.variables, variable.name, &Variable::name);
      if (isVariableName(variable.name) && same == process.variables.end())
        process.variables.push_back(std::move(variable));
    }
  }

  SurveyText m_seen;
  Unit m_unit;
  std::string m_list;
  bool m_inEngine = false;
  bool m_inProcess = false;
};

} // namespace

std::optional<SurveyText> readSurveyText(std::string_view printed) {
  constexpr std::string_view first = "whichbase survey 1\n";
  std::size_t at = printed.find(first);
  while (at != std::string_view::npos && at > 0 && printed[at - 1] != '\n')
    at = printed.find(first, at + 1);
  if (at == std::string_view::npos)
    return std::nullopt;
  printed.remove_prefix(at + first.size());
  Reader reader;
  while (!printed.empty()) {
    // A last line without its end was cut.
    if (printed.find('\n') == std::string_view::npos)
      break;
    reader.line(taken(printed, "\n"));
  }
  return reader.take();
}

} // namespace whichbase::imports
