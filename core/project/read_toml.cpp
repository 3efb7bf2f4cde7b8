#include "connection/connection_string.h"
#include "import/from.h"
#include "project/connection_keys.h"
#include "project/nearest_name.h"
#include "project/project.h"
#include "route/via.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <map>

namespace whichbase::project {

namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 4> topKeys{"project", "server", "database", "before"};
constexpr std::array<std::string_view, 3> projectKeys{"title", "symptom", "users"};
constexpr std::array<std::string_view, 12> serverKeys{
    "name", "address", "environment",      "role",   "url",   "from", "variable",
    "via",  "resolve", "password_command", "client", "before"};
constexpr std::array<std::string_view, 6> serverBeforeKeys{"url", "from",    "variable",
                                                           "via", "resolve", "password_command"};
constexpr std::array<std::string_view, 3> databaseKeys{"match", "label", "place"};
constexpr std::array<std::string_view, 1> beforeKeys{"snapshot"};

std::string_view nameOf(toml::node_type type) {
  switch (type) {
  case toml::node_type::table:
    return "a table";
  case toml::node_type::array:
    return "a list";
  case toml::node_type::string:
    return "a text";
  case toml::node_type::integer:
  case toml::node_type::floating_point:
    return "a number";
  case toml::node_type::boolean:
    return "true or false";
  default:
    return "a date or time";
  }
}

std::string withStop(const std::string& sentence) {
  return sentence.ends_with('.') || sentence.ends_with('?') ? sentence : sentence + '.';
}

// Reads the parsed file into a Project; keeps the first error, after which its result is not used.
class Reader {
public:
  explicit Reader(std::string fileName) : m_fileName(std::move(fileName)) {}

  std::expected<Project, Error> read(const toml::table& root);

private:
  void fail(const toml::source_region& where, std::string_view text);
  void checkKeys(const toml::table& table, Names known, std::string_view where);
  std::string text(const toml::table& table, std::string_view key, std::string_view where);
  std::string textOf(const toml::node& node, std::string_view what);
  const toml::table* section(const toml::table& root, std::string_view key);
  std::vector<const toml::table*> sections(const toml::table& root, std::string_view key);
  std::optional<ConnectionSpec> connection(const toml::table& table, std::string_view where);
  void checkTogether(const toml::table& table, const ConnectionSpec& spec, std::string_view where);
  topology::Role role(const toml::table& table, std::string_view where);
  std::vector<std::string> clients(const toml::table& table, std::string_view where);
  Server server(const toml::table& table);
  topology::Label label(const toml::table& table);

  std::string m_fileName;
  std::optional<Error> m_error;
  std::map<std::string, toml::source_index> m_lineOfServer;
};

void Reader::fail(const toml::source_region& where, std::string_view text) {
  if (!m_error) {
    m_error = Error{fmt::format("{}:{}:{}: {}", m_fileName, where.begin.line, where.begin.column, text)};
  }
}

void Reader::checkKeys(const toml::table& table, Names known, std::string_view where) {
  // toml++ sorts keys by name; the first in the file is the one to name.
  const toml::key* first = nullptr;
  for (const auto& [key, value] : table) {
    const bool isKnown = std::ranges::find(known, key.str()) != known.end();
    if (!isKnown && (first == nullptr || key.source().begin < first->source().begin)) {
      first = &key;
    }
  }
  if (first == nullptr) {
    return;
  }
  fail(first->source(), fmt::format("unknown key \"{}\" in {}; did you mean \"{}\"? Known here: {}.",
                                    connection::redact(first->str().substr(0, 60)), where,
                                    nearestName(first->str(), known), fmt::join(known, ", ")));
}

std::string Reader::textOf(const toml::node& node, std::string_view what) {
  const auto* value = node.as_string();
  if (value == nullptr) {
    fail(node.source(), fmt::format("{} must be a text in quotes, not {}.", what, nameOf(node.type())));
    return {};
  }
  const bool plain =
      std::ranges::none_of(value->get(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (!plain) {
    fail(node.source(), fmt::format("{} holds a line break or another control character; write it on one line.", what));
  }
  return value->get();
}

std::string Reader::text(const toml::table& table, std::string_view key, std::string_view where) {
  const auto* node = table.get(key);
  return node == nullptr ? std::string() : textOf(*node, fmt::format("\"{}\" in {}", key, where));
}

const toml::table* Reader::section(const toml::table& root, std::string_view key) {
  const auto* node = root.get(key);
  if (node != nullptr && !node->is_table()) {
    fail(node->source(), fmt::format("\"{0}\" must be a table, written [{0}], not {1}.", key, nameOf(node->type())));
    return nullptr;
  }
  return node == nullptr ? nullptr : node->as_table();
}

std::vector<const toml::table*> Reader::sections(const toml::table& root, std::string_view key) {
  std::vector<const toml::table*> found;
  const auto* node = root.get(key);
  if (node == nullptr) {
    return found;
  }
  if (!node->is_array()) {
    fail(node->source(),
         fmt::format("each {0} is written [[{0}]], with two brackets; this is {1}.", key, nameOf(node->type())));
    return found;
  }
  for (const auto& element : *node->as_array()) {
    if (!element.is_table()) {
      fail(element.source(),
           fmt::format("each {0} is a table, written [[{0}]]; this is {1}.", key, nameOf(element.type())));
      return {};
    }
    found.push_back(element.as_table());
  }
  return found;
}

std::optional<ConnectionSpec> Reader::connection(const toml::table& table, std::string_view where) {
  ConnectionSpec spec;
  const toml::node* first = nullptr;
  std::string_view firstName;
  for (const auto& key : connectionKeys) {
    const auto* node = table.get(key.name);
    if (node == nullptr) {
      continue;
    }
    spec.*key.member = textOf(*node, fmt::format("\"{}\" in {}", key.name, where));
    if ((spec.*key.member).empty() && key.name != "url") {
      fail(node->source(), fmt::format("\"{}\" in {} is empty; leave it out where there is none.", key.name, where));
    }
    if (first == nullptr || node->source().begin < first->source().begin) {
      first = node;
      firstName = key.name;
    }
  }
  const auto* from = table.get("from");
  if (first != nullptr && table.get("url") == nullptr && from == nullptr) {
    fail(first->source(),
         fmt::format("\"{}\" in {} stands without a \"url\" or \"from\"; add the connection string, or "
                     "where the configuration lives: from = \"env-file backend/.env\".",
                     firstName, where));
    return std::nullopt;
  }
  if (first == nullptr) {
    return std::nullopt;
  }
  checkTogether(table, spec, where);
  return spec;
}

// What a route and a configuration may be, and what stands in one section only with, or without, another key.
void Reader::checkTogether(const toml::table& table, const ConnectionSpec& spec, std::string_view where) {
  const auto* from = table.get("from");
  if (from != nullptr && table.get("url") != nullptr) {
    fail(from->source(), fmt::format("{} has both a \"url\" and a \"from\"; keep the one that says what is really "
                                     "configured.",
                                     where));
  }
  if (const auto parsed = route::parseVia(spec.via); !parsed && !spec.via.empty()) {
    fail(table.get("via")->source(), withStop(fmt::format("\"via\" in {}: {}", where, parsed.error())));
  }
  const auto parsedFrom = imports::parseFrom(spec.from);
  if (!parsedFrom && !spec.from.empty()) {
    fail(from->source(), withStop(fmt::format("\"from\" in {}: {}", where, parsedFrom.error())));
  }
  const auto* variable = table.get("variable");
  if (variable != nullptr && parsedFrom && parsedFrom->kind == imports::From::Kind::service) {
    fail(variable->source(),
         fmt::format("\"variable\" in {} names nothing in a pg_service.conf; leave it out.", where));
  }
  if (variable != nullptr && from == nullptr) {
    fail(variable->source(),
         fmt::format("\"variable\" in {} belongs to a \"from\": it names the variable to read there. "
                     "In a url write ${{NAME}}.",
                     where));
  }
}

topology::Role Reader::role(const toml::table& table, std::string_view where) {
  const auto word = text(table, "role", where);
  const auto* node = table.get("role");
  if (node == nullptr) {
    return topology::Role::unstated;
  }
  for (const auto known : {topology::Role::writes, topology::Role::reads}) {
    if (word == (known == topology::Role::writes ? "writes" : "reads")) {
      return known;
    }
  }
  fail(node->source(),
       fmt::format("\"role\" in {} must be \"writes\" or \"reads\"; leave it out where it is not known.", where));
  return topology::Role::unstated;
}

std::vector<std::string> Reader::clients(const toml::table& table, std::string_view where) {
  std::vector<std::string> result;
  const auto* node = table.get("client");
  if (node == nullptr) {
    return result;
  }
  if (!node->is_array()) {
    fail(node->source(),
         fmt::format("\"client\" in {} must be a list of texts, as [\"203.0.113.20\", \"app:NAME\"], not {}.", where,
                     nameOf(node->type())));
    return result;
  }
  for (const auto& element : *node->as_array()) {
    result.push_back(textOf(element, fmt::format("each entry of \"client\" in {}", where)));
  }
  return result;
}

Server Reader::server(const toml::table& table) {
  Server server;
  server.name = text(table, "name", "a [[server]]");
  if (server.name.empty()) {
    const auto* node = table.get("name");
    fail(node == nullptr ? table.source() : node->source(),
         "this [[server]] has no name; give it one: name = \"Production Backend\".");
  }
  const auto where = fmt::format("the server \"{}\"", server.name);
  checkKeys(table, serverKeys, where);
  const auto [known, isNew] = m_lineOfServer.emplace(server.name, table.source().begin.line);
  if (!isNew) {
    fail(table.source(),
         fmt::format("{} stands twice: here on line {} and on line {}. Give each server a name of its own.", where,
                     table.source().begin.line, known->second));
  }
  server.address = text(table, "address", where);
  server.environment = text(table, "environment", where);
  server.role = role(table, where);
  server.client = clients(table, where);
  server.present = connection(table, where);
  if (const auto* before = section(table, "before")) {
    const auto side = "[server.before] of " + where;
    checkKeys(*before, serverBeforeKeys, side);
    server.before = connection(*before, side);
    if (!server.before) {
      fail(before->source(),
           fmt::format("{} has neither url nor from; add the connection string it had before.", side));
    }
  }
  if (!server.present && !server.before) {
    fail(table.source(),
         fmt::format("{} has neither url nor from; add url = \"postgresql://…\", its connection string, or where "
                     "its configuration lives: from = \"env-file backend/.env\".",
                     where));
  }
  return server;
}

topology::Label Reader::label(const toml::table& table) {
  checkKeys(table, databaseKeys, "a [[database]]");
  topology::Label label{text(table, "match", "a [[database]]"), text(table, "label", "a [[database]]"),
                        text(table, "place", "a [[database]]")};
  if (label.match.empty()) {
    fail(table.source(), "this [[database]] has no match; give its host:port as configured, or its system identifier: "
                         "match = \"postgres:5432\".");
  }
  if (label.label.empty() && label.place.empty()) {
    fail(table.source(),
         "this [[database]] has neither label nor place; give it the name that people use: label = \"Local\".");
  }
  return label;
}

std::expected<Project, Error> Reader::read(const toml::table& root) {
  Project project;
  checkKeys(root, topKeys, "the project file");
  if (root.empty()) {
    fail({{1, 1}, {1, 1}, {}}, "the file says nothing; a project needs a [[server]] with a name and a url.");
  }
  if (const auto* table = section(root, "project")) {
    checkKeys(*table, projectKeys, "[project]");
    project.title = text(*table, "title", "[project]");
    project.symptom = text(*table, "symptom", "[project]");
    project.users = text(*table, "users", "[project]");
  }
  for (const auto* table : sections(root, "server")) {
    project.servers.push_back(server(*table));
  }
  for (const auto* table : sections(root, "database")) {
    project.labels.push_back(label(*table));
  }
  if (const auto* table = section(root, "before")) {
    checkKeys(*table, beforeKeys, "[before]");
    project.beforeSnapshot = text(*table, "snapshot", "[before]");
  }
  if (m_error) {
    return std::unexpected(*m_error);
  }
  return project;
}

} // namespace

bool Project::hasBefore() const {
  return !beforeSnapshot.empty() || std::ranges::any_of(servers, [](const Server& s) { return s.before.has_value(); });
}

std::expected<Project, Error> parse(std::string_view toml, const std::string& fileName) {
  try {
    return Reader(fileName).read(toml::parse(toml));
  } catch (const toml::parse_error& error) {
    // toml++ has no other way to say that a text is not TOML where it is used as a shared library.
    const auto& where = error.source().begin;
    return std::unexpected(Error{fmt::format("{}:{}:{}: this is not TOML: {}.", fileName, where.line, where.column,
                                             connection::redact(error.description()))});
  }
}

} // namespace whichbase::project
