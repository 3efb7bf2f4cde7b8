#include "verify/test_row_template.h"

#include "verify/test_row_sql.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <map>

namespace whichbase::verify {
namespace {

bool looksLikeAddress(const GroundColumn& column) {
  std::string name = column.name;
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name.find("mail") != std::string::npos;
}

// citext and the like are texts, too; blanks at the end of a char(n) are not what was written.
bool isText(const GroundColumn& column) {
  return column.category == "S" && column.base != "bpchar" && column.base != "char";
}

bool canHoldToken(const GroundColumn& column, const std::string& token) {
  const auto size = static_cast<int>(tokenValueFor(column, token).size());
  return isText(column) && column.isWritable && column.reference.empty() && (column.most == 0 || column.most >= size);
}

// A random UUID for a key that has no default, made of the token's digits (version 4).
std::string uuidFrom(const std::string& token) {
  std::string hex = token.substr(token.find('-') + 1) + "00000000";
  hex[12] = '4';
  hex[16] = '8';
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4),
                     hex.substr(20, 12));
}

// A sensible value; empty: nobody can know one.
std::string placeholder(const GroundColumn& column, const std::string& token) {
  static const std::map<std::string, std::string> plain = {{"bool", "false"},
                                                           {"int2", "0"},
                                                           {"int4", "0"},
                                                           {"int8", "0"},
                                                           {"numeric", "0"},
                                                           {"float4", "0"},
                                                           {"float8", "0"},
                                                           {"money", "0"},
                                                           {"json", "'{}'"},
                                                           {"jsonb", "'{}'"},
                                                           {"date", "current_date"},
                                                           {"timestamp", "localtimestamp"},
                                                           {"timestamptz", "current_timestamp"},
                                                           {"time", "localtime"},
                                                           {"timetz", "current_time"},
                                                           {"interval", "'0'"},
                                                           {"bytea", "''"},
                                                           {"inet", "'203.0.113.1'"},
                                                           {"cidr", "'203.0.113.0/24'"}};
  if (!column.reference.empty() || !column.checks.empty())
    return {};
  if (isText(column)) {
    if (column.isUnique || column.isKey)
      return canHoldToken(column, token) ? literalOf(tokenValueFor(column, token)) : std::string();
    return column.most == 0 || column.most >= 9 ? "'whichbase'" : "'w'";
  }
  if (column.base == "uuid")
    return "'" + uuidFrom(token) + "'";
  if (column.isUnique || column.isKey)
    return {};
  if (column.base == "bpchar")
    return "'w'";
  if (column.base == "enum")
    return column.firstLabel.empty() ? std::string() : literalOf(column.firstLabel);
  if (column.category == "A")
    return "'{}'";
  const auto known = plain.find(column.base);
  return known == plain.end() ? std::string() : known->second;
}

std::string described(const GroundColumn& column) {
  std::string text = column.type + ", NOT NULL";
  if (!column.reference.empty())
    text += ", a key of " + column.reference;
  if ((column.isUnique || column.isKey) && column.reference.empty())
    text += ", unique";
  for (const auto& check : column.checks)
    text += ", " + check;
  return text;
}

// Nothing in a comment may end it.
std::string inComment(std::string text) {
  for (std::size_t at = text.find_first_of("*/\n"); at != std::string::npos; at = text.find_first_of("*/\n", at + 1))
    if (text[at] == '\n' || text.substr(at, 2) == "*/" || text.substr(at, 2) == "/*")
      text.replace(at, 1, " ");
  return text;
}

} // namespace

std::string tokenValueFor(const GroundColumn& column, const std::string& token) {
  return looksLikeAddress(column) ? token + "@example.org" : token;
}

const GroundColumn* tokenColumnOf(const std::vector<GroundColumn>& columns, const std::string& token) {
  const auto rank = [](const GroundColumn& column) {
    return (column.isUnique ? 8 : 0) + (looksLikeAddress(column) ? 4 : 0) + (column.isRequired ? 2 : 0) +
           (column.checks.empty() ? 1 : 0);
  };
  const GroundColumn* best = nullptr;
  for (const auto& column : columns)
    if (canHoldToken(column, token) && (best == nullptr || rank(column) > rank(*best)))
      best = &column;
  return best;
}

Template insertTemplate(const std::string& relation, const std::vector<GroundColumn>& columns,
                        const GroundColumn& tokenColumn, const std::string& token) {
  Template made;
  std::vector<std::string> names;
  std::vector<std::string> values;
  for (const auto& column : columns) {
    const bool holdsToken = column.name == tokenColumn.name;
    if (!column.isRequired && !holdsToken)
      continue;
    names.push_back(column.name);
    if (std::string value = holdsToken ? literalOf(tokenValueFor(column, token)) : placeholder(column, token);
        !value.empty()) {
      values.push_back(std::move(value));
      continue;
    }
    values.push_back(fmt::format("{}: {} ({}) */ NULL", fillIn, inComment(column.name), inComment(described(column))));
    made.toFill.push_back(fmt::format("{}.{} ({})", relation, column.name, described(column)));
  }
  made.sql = fmt::format("INSERT INTO {} ({})\nVALUES ({})", relation, fmt::join(names, ", "),
                         fmt::join(values, ",\n        "));
  return made;
}

} // namespace whichbase::verify
