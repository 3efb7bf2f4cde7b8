#include "import/database_families.h"

#include "connection/characters.h"
#include "import/merge_asked.h"

#include <array>
#include <optional>
#include <utility>

namespace whichbase::imports {

namespace {

struct Field {
  std::string_view ending;
  std::string_view key; // as libpq has it; "engine" for what says which database it is
};

constexpr std::array<Field, 20> fields{{{"HOST", "host"},         {"HOSTNAME", "host"},
                                        {"SERVER", "host"},       {"PORT", "port"},
                                        {"USER", "user"},         {"USERNAME", "user"},
                                        {"PASSWORD", "password"}, {"PASS", "password"},
                                        {"PWD", "password"},      {"PASSWORD_FILE", "passwordFile"},
                                        {"NAME", "dbname"},       {"DATABASE", "dbname"},
                                        {"DB", "dbname"},         {"DBNAME", "dbname"},
                                        {"SSLMODE", "sslmode"},   {"SSL_MODE", "sslmode"},
                                        {"CONNECTION", "engine"}, {"ENGINE", "engine"},
                                        {"DIALECT", "engine"},    {"DRIVER", "engine"}}};

// "DB_", "MY_DATABASE_", "POSTGRES_" and the like, or "PG" as libpq has it.
bool isDatabasePrefix(std::string_view prefix) {
  if (prefix == "PG") {
    return true;
  }
  if (!prefix.ends_with('_')) {
    return false;
  }
  prefix.remove_suffix(1);
  const auto word = prefix.substr(prefix.rfind('_') == std::string_view::npos ? 0 : prefix.rfind('_') + 1);
  constexpr std::array<std::string_view, 9> words{"DB",   "DATABASE", "POSTGRES", "POSTGRESQL", "PG",
                                                  "PSQL", "PGSQL",    "RDS",      "SQL"};
  return std::ranges::find(words, word) != words.end();
}

struct Part {
  std::string_view prefix;
  std::string_view key;
};

std::optional<Part> partOf(std::string_view name) {
  for (const auto& [ending, key] : fields) {
    if (name.ends_with(ending) && isDatabasePrefix(name.substr(0, name.size() - ending.size()))) {
      return Part{name.substr(0, name.size() - ending.size()), key};
    }
  }
  return std::nullopt;
}

void add(const Variable& variable, std::string_view key, Family& family) {
  if (key == "engine") {
    family.engine = connection::lowered(variable.value);
  } else if (key == "passwordFile") {
    family.passwordFile = &variable;
  } else if (key == "password") {
    family.password = family.password == nullptr ? &variable : family.password;
  } else if (connection::valueOf(family.parameters, key).empty()) {
    // One that is not known counts as there, so that its family is found, and why it is not known is told.
    family.parameters.emplace_back(key, variable.value.empty() ? "?" : variable.value);
    family.members.insert(key == "host" ? family.members.begin() : family.members.end(), &variable);
  }
}

bool isPostgres(const Family& family) {
  const bool otherEngine = !family.engine.empty() && family.engine.find("postg") == std::string::npos &&
                           family.engine.find("pgsql") == std::string::npos && family.engine != "pg";
  return !otherEngine && connection::valueOf(family.parameters, "port") != "3306";
}

} // namespace

bool Family::isDatabase() const {
  const auto has = [&](const char* key) { return !connection::valueOf(parameters, key).empty(); };
  return isPostgres(*this) && (hasHost() ? has("dbname") || has("user") : has("dbname") && has("user"));
}

std::vector<Family> familiesIn(const std::vector<const Variable*>& variables) {
  std::vector<Family> families;
  for (const auto* variable : variables) {
    const auto part = partOf(variable->name);
    if (!part || (variable->value.empty() && variable->problem.empty())) {
      continue;
    }
    auto family = std::ranges::find(families, part->prefix, &Family::prefix);
    if (family == families.end()) {
      family = families.insert(families.end(), Family{.prefix = std::string(part->prefix)});
    }
    add(*variable, part->key, *family);
  }
  return families;
}

Found foundOf(const Family& family, const std::string& gap) {
  Found found;
  found.hasHost = family.hasHost();
  connection::ConnectionString connection;
  connection.parameters = family.parameters;
  std::vector<std::vector<std::string>> asked;
  for (const auto* member : family.members) {
    asked.push_back(member->asked);
    found.problem = found.problem.empty() ? member->problem : found.problem;
  }
  if (const auto* password = family.password; password != nullptr) {
    asked.push_back(password->asked);
    found.passwordVariable = password->name;
    found.passwordProblem = password->problem;
    if (password->problem.empty()) {
      connection.parameters.emplace_back("password", password->value);
    }
  } else if (family.passwordFile != nullptr) {
    found.passwordVariable = family.passwordFile->name;
    found.passwordProblem = family.passwordFile->origin + ": " + family.passwordFile->name +
                            " names a file with the password, which is not on this computer: give the password by "
                            "password_command, or where you are asked for it.";
  }
  found.asked = askedTogether(asked);
  const auto isKnown = [&](const char* key) { return !connection::valueOf(family.parameters, key).empty(); };
  if (!(isKnown("host") && isKnown("port") && isKnown("dbname") && isKnown("user")) && found.problem.empty()) {
    found.problem = gap;
  }
  if (found.passwordVariable.empty()) {
    found.passwordProblem = gap;
  }
  if (!family.members.empty()) {
    found.variable = family.members.front()->name;
    found.origin = family.members.front()->origin;
  }
  found.url = found.problem.empty() ? connection::safeUrl(connection, false) : std::string();
  return found;
}

bool isOfFamily(std::string_view name) {
  return partOf(name).has_value();
}

} // namespace whichbase::imports
