#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

namespace whichbase::topology {

namespace {

struct RelationName {
  std::string schema, name;
};

// Takes the quotes off public."User"; the dot between schema and name is the first one outside quotes.
RelationName unquoted(const std::string& relation) {
  RelationName parts;
  std::string current;
  bool quoted = false;
  bool hasSchema = false;
  for (std::size_t i = 0; i < relation.size(); ++i) {
    const char c = relation[i];
    if (c == '"' && quoted && i + 1 < relation.size() && relation[i + 1] == '"') {
      current += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == '.' && !quoted && !hasSchema) {
      parts.schema = current;
      current.clear();
      hasSchema = true;
    } else {
      current += c;
    }
  }
  parts.name = current;
  return parts;
}

std::string firstWord(const std::string& name) {
  return name.substr(0, name.find(' '));
}

} // namespace

std::string countAge(const Snapshot& snapshot, const Database& database) {
  if (!database.users || !database.users->count || database.users->kind != CountKind::exact)
    return {};
  const auto& countedAt = database.users->countedAt;
  const UtcTime reference =
      database.answered ? snapshot.finishedAt : database.lastReachedAt.value_or(snapshot.finishedAt);
  if (!countedAt || reference - *countedAt <= std::chrono::seconds(10))
    return {};
  return fmt::format("counted {} {}", toDuration(reference - *countedAt), database.answered ? "ago" : "before that");
}

std::string absenceText(const Snapshot& snapshot, const Database& ghost) {
  if (ghost.gone)
    return "gone";
  const bool mayBeInUse = std::ranges::any_of(
      snapshot.servers, [&](const Server& server) { return !ghost.id.empty() && server.lastDatabase == ghost.id; });
  return mayBeInUse ? "not reached" : "not in use here";
}

std::string withCommas(std::int64_t number) {
  std::string digits = fmt::format("{}", number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;)
    digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string counted(std::size_t count, const std::string& noun, const std::string& plural) {
  const std::string number = withCommas(static_cast<std::int64_t>(count));
  if (count == 1)
    return number + " " + noun;
  return number + " " + (plural.empty() ? noun + "s" : plural);
}

std::string inWords(const std::vector<std::string>& names) {
  return someOf(names, names.size());
}

std::string someOf(const std::vector<std::string>& names, std::size_t shown) {
  if (names.empty())
    return {};
  std::vector<std::string> parts(names.begin(),
                                 names.begin() + static_cast<std::ptrdiff_t>(std::min(shown, names.size())));
  if (parts.size() < names.size())
    parts.push_back(fmt::format("{} more", names.size() - parts.size()));
  if (parts.size() == 1)
    return parts.front();
  const std::string last = parts.back();
  parts.pop_back();
  return fmt::format("{} and {}", fmt::join(parts, ", "), last);
}

std::string letter(std::size_t index) {
  std::string text;
  for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26)
    text.insert(text.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return text;
}

std::vector<std::string> shortNames(const std::vector<std::string>& relations) {
  std::map<std::string, int> seen;
  for (const std::string& relation : relations)
    ++seen[unquoted(relation).name];
  std::vector<std::string> names;
  for (const std::string& relation : relations) {
    const RelationName parts = unquoted(relation);
    names.push_back(seen[parts.name] > 1 && !parts.schema.empty() ? parts.schema + "." + parts.name : parts.name);
  }
  return names;
}

std::string endpointText(const MaskedConnection& connection) {
  if (connection.host.empty())
    return "(no host)";
  const bool isIpv6 = connection.host.find(':') != std::string::npos && connection.host.front() != '[';
  const std::string host = isIpv6 ? "[" + connection.host + "]" : connection.host;
  return connection.port > 0 ? fmt::format("{}:{}", host, connection.port) : host;
}

std::string shortServerName(const Snapshot& snapshot, const Server& server) {
  const std::string word = firstWord(server.name);
  const auto alike =
      std::ranges::count_if(snapshot.servers, [&](const Server& other) { return firstWord(other.name) == word; });
  return alike == 1 ? word : server.name;
}

std::string environmentWord(std::string_view environment, std::size_t longest) {
  std::string word(environment);
  std::ranges::transform(word, word.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  for (const auto& [whole, abbreviated] :
       {std::pair("PRODUCTION", "PROD"), std::pair("DEVELOPMENT", "DEV"), std::pair("TESTING", "TEST")})
    if (word == whole)
      return abbreviated;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < word.size(); ++at) {
    const bool isContinued = (static_cast<unsigned char>(word[at]) & 0xC0U) == 0x80U;
    if (!isContinued && characters++ == longest)
      return word.substr(0, at);
  }
  return word;
}

std::string capitalised(std::string sentence) {
  if (!sentence.empty())
    sentence.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence.front())));
  return sentence;
}

} // namespace whichbase::topology
