#include "connection/characters.h"
#include "connection/connection_string.h"
#include "connection/key_values.h"
#include "connection/keywords.h"
#include "connection/schemes.h"
#include "connection/url_shape.h"
#include "connection/written.h"

#include <array>

namespace whichbase::connection {

namespace {

struct Variable {
  std::string name;
  std::string value;
};

// The value of a line, its quotes and the comment behind it taken off. Inside double quotes \" and \\ are escapes.
std::string unquotedValue(std::string_view text, bool& isLiteral) {
  text = trimmed(text);
  const char quote = text.empty() ? '\0' : text.front();
  isLiteral = quote == '\'';
  if (quote != '"' && quote != '\'' && quote != '`') {
    const auto comment = text.find(" #");
    return std::string(trimmed(text.substr(0, comment)));
  }
  std::string value;
  for (std::size_t i = 1; i < text.size() && text[i] != quote; ++i) {
    const bool escape =
        quote == '"' && text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
    i += escape ? 1 : 0;
    value += text[i];
  }
  return value;
}

std::string valueIn(const std::vector<Variable>& variables, std::string_view name) {
  const auto found = std::ranges::find(variables, name, &Variable::name);
  return found == variables.end() ? std::string() : found->value;
}

// ${NAME} of an earlier line, as dotenv programs put it in; unknown ones stay.
std::string expanded(const std::string& value, const std::vector<Variable>& earlier) {
  std::string result;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto length = variableLength(value, i);
    const auto name = length > 0 ? value.substr(i + 2, length - 3) : std::string();
    if (length == 0 || std::ranges::find(earlier, name, &Variable::name) == earlier.end()) {
      result += value[i];
      continue;
    }
    result += valueIn(earlier, name);
    i += length - 1;
  }
  return result;
}

// NAME=value of one line, with "export", or "- " or ": " as compose files have them; later lines win.
void addLine(std::string_view line, std::vector<Variable>& variables) {
  line = trimmed(line);
  for (const std::string_view before : {"export ", "- ", "set "}) {
    line = line.starts_with(before) ? trimmed(line.substr(before.size())) : line;
  }
  std::size_t end = 0;
  while (end < line.size() && isWordCharacter(line[end])) {
    ++end;
  }
  const auto sign = trimmed(line.substr(end));
  const bool assigns = end > 0 && (sign.starts_with('=') || sign.starts_with(": "));
  if (!assigns) {
    return;
  }
  bool isLiteral = false;
  auto value = unquotedValue(sign.substr(1), isLiteral);
  value = isLiteral ? value : expanded(value, variables);
  const std::string name(line.substr(0, end));
  const auto found = std::ranges::find(variables, name, &Variable::name);
  if (found == variables.end()) {
    variables.push_back({name, std::move(value)});
  } else {
    found->value = std::move(value);
  }
}

std::vector<Variable> variablesIn(std::string_view text) {
  std::vector<Variable> variables;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    addLine(text.substr(at, end - at), variables);
    at = end + 1;
  }
  return variables;
}

bool isPostgresUrl(const std::string& value) {
  const auto scheme = schemeOf(bareSpan(value).in(value));
  return !scheme.empty() && !refusalOf(scheme);
}

// A libpq key/value string: nothing but keys that libpq knows, a host or a database name among them.
bool isKeyValueString(const std::string& value) {
  const auto values = readKeyValues(value);
  const auto is = [&](const KeyValue& pair, std::string_view key) { return pair.key.in(value) == key; };
  return values.fault == KeyValueFault::none &&
         std::ranges::all_of(values.pairs, [&](const auto& pair) { return isKnownKeyword(pair.key.in(value)); }) &&
         std::ranges::any_of(values.pairs, [&](const auto& pair) { return is(pair, "host") || is(pair, "dbname"); });
}

struct Field {
  std::string_view ending;
  std::string_view key; // as libpq has it; "engine" for what says which database it is
};

constexpr std::array<Field, 19> fields{{{"HOST", "host"},
                                        {"HOSTNAME", "host"},
                                        {"SERVER", "host"},
                                        {"PORT", "port"},
                                        {"USER", "user"},
                                        {"USERNAME", "user"},
                                        {"PASSWORD", "password"},
                                        {"PASS", "password"},
                                        {"PWD", "password"},
                                        {"NAME", "dbname"},
                                        {"DATABASE", "dbname"},
                                        {"DB", "dbname"},
                                        {"DBNAME", "dbname"},
                                        {"SSLMODE", "sslmode"},
                                        {"SSL_MODE", "sslmode"},
                                        {"CONNECTION", "engine"},
                                        {"ENGINE", "engine"},
                                        {"DIALECT", "engine"},
                                        {"DRIVER", "engine"}}};

struct Family {
  std::string prefix; // "DB_", "POSTGRES_", "APP_DB_", "PG"
  std::string name;   // the variable that it is shown under: the host's, else its first
  std::string engine;
  Parameters parameters;
};

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

void addToFamily(const Variable& variable, std::vector<Family>& families) {
  for (const auto& [ending, key] : fields) {
    if (!variable.name.ends_with(ending) || variable.value.empty()) {
      continue;
    }
    const auto prefix = variable.name.substr(0, variable.name.size() - ending.size());
    if (!isDatabasePrefix(prefix)) {
      continue;
    }
    auto family = std::ranges::find(families, prefix, &Family::prefix);
    if (family == families.end()) {
      family = families.insert(families.end(), {prefix, variable.name, {}, {}});
    }
    if (key == "engine") {
      family->engine = lowered(variable.value);
    } else if (valueOf(family->parameters, key).empty()) {
      family->parameters.emplace_back(key, variable.value);
    }
    family->name = key == "host" ? variable.name : family->name;
    return;
  }
}

bool isPostgres(const Family& family) {
  const bool otherEngine = !family.engine.empty() && family.engine.find("postg") == std::string::npos &&
                           family.engine.find("pgsql") == std::string::npos && family.engine != "pg";
  return !otherEngine && valueOf(family.parameters, "port") != "3306";
}

// A host, or what PostgreSQL's container image is given: a database with its user.
bool isDatabase(const Family& family) {
  const auto has = [&](const char* key) { return !valueOf(family.parameters, key).empty(); };
  return isPostgres(family) && (has("host") ? has("dbname") || has("user") : has("dbname") && has("user"));
}

// Its database is already found, with a host.
bool isToldBy(const Family& family, const std::vector<EnvDatabase>& found) {
  return std::ranges::any_of(found, [&](const EnvDatabase& other) {
    const auto read = parse(other.url);
    return read.value && valueOf(read.value->parameters, "dbname") == valueOf(family.parameters, "dbname");
  });
}

} // namespace

std::vector<EnvDatabase> findInEnvText(std::string_view text) {
  std::vector<EnvDatabase> found;
  std::vector<Family> families;
  const auto add = [&](const std::string& name, const std::string& url) {
    if (std::ranges::find(found, url, &EnvDatabase::url) == found.end()) {
      found.push_back({name, url});
    }
  };
  for (const auto& variable : variablesIn(text)) {
    if (isPostgresUrl(variable.value) || isKeyValueString(variable.value)) {
      add(variable.name, variable.value);
    } else {
      addToFamily(variable, families);
    }
  }
  // Those with a host first: one without says nothing new where its database is among them.
  for (const bool hosts : {true, false}) {
    for (const auto& family : families) {
      const bool hasHost = !valueOf(family.parameters, "host").empty();
      if (hasHost == hosts && isDatabase(family) && (hasHost || !isToldBy(family, found))) {
        ConnectionString connection;
        connection.parameters = family.parameters;
        add(family.name, safeUrl(connection, false));
      }
    }
  }
  return found;
}

} // namespace whichbase::connection
