#include "connection/characters.h"
#include "connection/connection_string.h"
#include "import/environment.h"
#include "import/from.h"
#include "import/reading.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace whichbase::imports {

namespace {

using connection::trimmed;

constexpr std::size_t largest = 4U << 20U;

struct Assignment {
  std::string name;
  std::string value;
};

// NAME=value, as it is.
std::optional<Assignment> assignmentIn(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (connection::isWordCharacter(text[end]) || text[end] == '.' || text[end] == '-')) {
    ++end;
  }
  if (end == 0 || end == text.size() || text[end] != '=') {
    return std::nullopt;
  }
  return Assignment{std::string(text.substr(0, end)), std::string(text.substr(end + 1))};
}

using Assignments = std::optional<std::vector<Assignment>>; // nothing: the text is no such list

// As /proc/PID/environ is; a program may have written anything over its own, so that the rest is passed over.
Assignments separatedByNul(std::string_view text) {
  std::vector<Assignment> found;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\0', at), text.size());
    if (auto assignment = assignmentIn(text.substr(at, end - at))) {
      found.push_back(std::move(*assignment));
    }
    at = end + 1;
  }
  return found.empty() ? std::nullopt : Assignments(std::move(found));
}

// ["NAME=value", …], {"NAME": "value"}, or what docker inspect prints, of one container.
Assignments inJson(const nlohmann::json& json, int depth = 0) {
  std::vector<Assignment> found;
  if (json.is_array() && json.size() == 1 && json.front().is_object() && depth == 0) {
    return inJson(json.front(), 1);
  }
  if (json.is_object() && json.contains("Config") && json["Config"].is_object() && json["Config"].contains("Env")) {
    return inJson(json["Config"]["Env"], 2);
  }
  if (!json.is_array() && !json.is_object()) {
    return std::nullopt;
  }
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string()) {
      return std::nullopt;
    }
    auto assignment = json.is_object() ? std::optional(Assignment{key, value.get<std::string>()})
                                       : assignmentIn(value.get_ref<const std::string&>());
    if (!assignment) {
      return std::nullopt;
    }
    found.push_back(std::move(*assignment));
  }
  return found;
}

// One word of a shell from `at` on: '…', "…", $'…' of one line or several, and \x. Nothing where a quote is not closed.
std::optional<std::string> shellWord(std::string_view text, std::size_t& at) {
  std::string word;
  while (at < text.size() && !connection::isSpace(text[at])) {
    const bool isAnsi = text.substr(at).starts_with("$'");
    at += isAnsi ? 1 : 0;
    const char quote = text[at];
    if (quote == '\\' && at + 1 < text.size()) {
      word += text[at + 1];
      at += 2;
      continue;
    }
    if (quote != '\'' && quote != '"') {
      word += text[at++];
      continue;
    }
    for (++at; at < text.size() && text[at] != quote; ++at) {
      const char next = at + 1 < text.size() ? text[at + 1] : '\0';
      if (text[at] == '\\' && isAnsi) {
        word += next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next;
        ++at;
      } else if (text[at] == '\\' && quote == '"' && std::string_view("\"\\$`").find(next) != std::string_view::npos) {
        word += next;
        ++at;
      } else {
        word += text[at];
      }
    }
    if (at >= text.size()) {
      return std::nullopt;
    }
    ++at;
  }
  return word;
}

// As export -p prints it: export NAME='value' (sh), declare -x NAME="value" (bash).
Assignments ofShell(std::string_view text) {
  std::vector<Assignment> found;
  for (std::size_t at = 0; at < text.size();) {
    if (connection::isSpace(text[at])) {
      ++at;
      continue;
    }
    bool isKnown = false;
    for (const std::string_view before : {"export ", "declare -x ", "declare -rx ", "typeset -x "}) {
      if (!isKnown && text.substr(at).starts_with(before)) {
        at += before.size();
        isKnown = true;
      }
    }
    const auto word = isKnown ? shellWord(text, at) : std::nullopt;
    if (!word) {
      return std::nullopt;
    }
    if (auto assignment = assignmentIn(*word)) { // a name alone is exported without a value
      found.push_back(std::move(*assignment));
    }
  }
  return found;
}

// As printenv prints it: a line that is none goes on with the value before.
Assignments ofLines(std::string_view text) {
  std::vector<Assignment> found;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    auto line = text.substr(at, end - at);
    line = line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    at = end + 1;
    if (auto assignment = assignmentIn(line)) {
      found.push_back(std::move(*assignment));
    } else if (!found.empty()) {
      found.back().value.append("\n").append(line);
    } else if (!trimmed(line).empty()) {
      return std::nullopt;
    }
  }
  for (auto& each : found) {
    while (each.value.ends_with('\n')) {
      each.value.pop_back();
    }
  }
  return found.empty() ? std::nullopt : Assignments(std::move(found));
}

Assignments assignmentsIn(std::string_view printed) {
  if (printed.find('\0') != std::string_view::npos) {
    return separatedByNul(printed);
  }
  const auto text = trimmed(printed);
  if (text.starts_with('[') || text.starts_with('{')) {
    return inJson(nlohmann::json::parse(text, nullptr, false));
  }
  if (text.starts_with("export ") || text.starts_with("declare ") || text.starts_with("typeset ")) {
    return ofShell(text);
  }
  return ofLines(printed);
}

} // namespace

std::expected<Reading, Error> readPrinted(const From& from, std::string_view printed) {
  const auto failed = [](std::string_view why) { return std::unexpected(Error{std::string(why)}); };
  if (printed.size() > largest) {
    return failed("the command printed more than 4 MiB, which is no environment: run it in a terminal and look.");
  }
  if (trimmed(printed).empty()) {
    return failed("the command printed nothing, where an environment (lines of NAME=value, as printenv prints them) is "
                  "expected: run it in a terminal and look.");
  }
  auto assignments = assignmentsIn(printed);
  if (!assignments) {
    return failed("what the command printed is no environment: expected lines of NAME=value as of printenv, the lines "
                  "of export -p, or docker's JSON list. Run it in a terminal and look.");
  }
  Environment environment;
  const auto origin = connection::redact(from.command);
  for (auto& each : *assignments) {
    environment.set({std::move(each.name), std::move(each.value), origin});
  }
  return readingOf(environment.take(), from);
}

} // namespace whichbase::imports
