#include "project/connection_keys.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::project {

namespace {

bool isControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// 'as it is' where the text holds quotes or backslashes (a relation: 'public."User"'), else "with escapes".
std::string tomlText(std::string_view text) {
  const bool literal = text.find_first_of("\"\\") != std::string_view::npos &&
                       text.find('\'') == std::string_view::npos && std::ranges::none_of(text, isControl);
  if (literal) {
    return fmt::format("'{}'", text);
  }
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
    }
    result += isControl(c) ? fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)))
                           : std::string(1, c);
  }
  return result + "\"";
}

void line(std::string& toml, std::string_view key, std::string_view value) {
  if (!value.empty()) {
    toml += fmt::format("{} = {}\n", key, tomlText(value));
  }
}

void connection(std::string& toml, const ConnectionSpec& spec) {
  if (spec.url.empty() && spec.from.empty()) {
    toml += "url = \"\"\n";
  }
  for (const auto& key : connectionKeys) {
    line(toml, key.name, spec.*key.member);
  }
}

void server(std::string& toml, const Server& server) {
  toml += "\n[[server]]\n";
  line(toml, "name", server.name);
  line(toml, "address", server.address);
  line(toml, "environment", server.environment);
  line(toml, "role", topology::toString(server.role));
  if (server.present) {
    connection(toml, *server.present);
  }
  if (!server.client.empty()) {
    std::string list;
    for (const auto& client : server.client) {
      list += (list.empty() ? "" : ", ") + tomlText(client);
    }
    toml += fmt::format("client = [{}]\n", list);
  }
  if (server.before) {
    toml += "[server.before]\n";
    connection(toml, *server.before);
  }
}

} // namespace

std::string toToml(const Project& project) {
  std::string toml = "[project]\n";
  line(toml, "title", project.title);
  line(toml, "symptom", project.symptom);
  line(toml, "users", project.users);
  for (const auto& each : project.servers) {
    server(toml, each);
  }
  for (const auto& label : project.labels) {
    toml += "\n[[database]]\n";
    line(toml, "match", label.match);
    line(toml, "label", label.label);
    line(toml, "place", label.place);
  }
  if (!project.beforeSnapshot.empty()) {
    toml += "\n[before]\n";
    line(toml, "snapshot", project.beforeSnapshot);
  }
  return toml;
}

} // namespace whichbase::project
