#include "import/env_text.h"

#include "connection/characters.h"
#include "import/database_families.h"

namespace whichbase::imports {

namespace {

// The value of a line, its quotes and the comment behind it taken off. Inside double quotes \" and \\ are escapes.
std::string unquotedValue(std::string_view text, bool& isLiteral) {
  text = connection::trimmed(text);
  const char quote = text.empty() ? '\0' : text.front();
  isLiteral = quote == '\'';
  if (quote != '"' && quote != '\'' && quote != '`') {
    const auto comment = text.find(" #");
    return std::string(connection::trimmed(text.substr(0, comment)));
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

std::string valueIn(const Variables& variables, std::string_view name) {
  const auto found = std::ranges::find(variables, name, &Variable::name);
  return found == variables.end() ? std::string() : found->value;
}

// ${NAME} of an earlier line, as dotenv programs put it in; unknown ones stay.
std::string expanded(const std::string& value, const Variables& earlier) {
  std::string result;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto length = connection::variableLength(value, i);
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
void addLine(std::string_view line, Variables& variables) {
  line = connection::trimmed(line);
  for (const std::string_view before : {"export ", "- ", "set "}) {
    line = line.starts_with(before) ? connection::trimmed(line.substr(before.size())) : line;
  }
  std::size_t end = 0;
  while (end < line.size() && connection::isWordCharacter(line[end])) {
    ++end;
  }
  const auto sign = connection::trimmed(line.substr(end));
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
    variables.push_back({name, std::move(value), {}});
  } else {
    found->value = std::move(value);
  }
}

Variables variablesIn(std::string_view text) {
  Variables variables;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    addLine(text.substr(at, end - at), variables);
    at = end + 1;
  }
  return variables;
}

} // namespace

std::vector<Found> findInEnvText(std::string_view text) {
  const auto variables = variablesIn(text);
  auto found = findDatabases(variables);
  const auto place = [&](const Found& database) {
    const auto at = std::ranges::find(variables, database.variable, &Variable::name) - variables.begin();
    return isOfFamily(database.variable) ? static_cast<std::ptrdiff_t>(variables.size()) : at;
  };
  std::ranges::stable_sort(found, {}, place);
  return found;
}

} // namespace whichbase::imports
