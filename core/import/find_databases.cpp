#include "connection/characters.h"
#include "connection/key_values.h"
#include "connection/keywords.h"
#include "connection/schemes.h"
#include "connection/url_shape.h"
#include "connection/written.h"
#include "import/database_families.h"
#include "import/merge_asked.h"
#include "import/variables.h"
#include "project/nearest_name.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <set>

namespace whichbase::imports {

namespace {

using connection::valueOf;

enum class Rank { first, usual, other, withoutHost };

struct Candidate {
  Found found;
  Rank rank = Rank::usual;
  std::vector<std::string> names; // of the variables that it is told by
};

bool isPostgresUrl(const std::string& value) {
  const auto scheme = connection::schemeOf(connection::bareSpan(value).in(value));
  return !scheme.empty() && !connection::refusalOf(scheme);
}

// A libpq key/value string: nothing but keys that libpq knows, a host or a database name among them.
bool isKeyValueString(const std::string& value) {
  const auto values = connection::readKeyValues(value);
  const auto is = [&](const auto& pair, std::string_view key) { return pair.key.in(value) == key; };
  return values.fault == connection::KeyValueFault::none &&
         std::ranges::all_of(values.pairs,
                             [&](const auto& pair) { return connection::isKnownKeyword(pair.key.in(value)); }) &&
         std::ranges::any_of(values.pairs, [&](const auto& pair) { return is(pair, "host") || is(pair, "dbname"); });
}

// DATABASE_URL, MY_DATABASE_URL, SQLALCHEMY_DATABASE_URI, SPRING_DATASOURCE_URL, POSTGRES_URL and the like.
bool isUsualUrlName(std::string_view name) {
  for (const std::string_view ending : {"_URL", "_URI", "_DSN"}) {
    if (!name.ends_with(ending)) {
      continue;
    }
    const auto stem = name.substr(0, name.size() - ending.size());
    const auto word = stem.substr(stem.rfind('_') == std::string_view::npos ? 0 : stem.rfind('_') + 1);
    constexpr std::array<std::string_view, 8> words{"DATABASE", "DB",         "POSTGRES", "POSTGRESQL",
                                                    "PG",       "DATASOURCE", "PGSQL",    "JDBC"};
    return std::ranges::find(words, word) != words.end();
  }
  return false;
}

Rank rankOf(std::string_view name) {
  return name == "DATABASE_URL" ? Rank::first : isUsualUrlName(name) ? Rank::usual : Rank::other;
}

// A password that is not known is no reason not to know where the rest leads.
void setUrl(Found& found, const Variable& variable) {
  found.url = variable.value;
  found.problem = variable.problem;
  const auto read = connection::parse(variable.value);
  if (read.value && !valueOf(read.value->parameters, "password").empty()) {
    found.passwordVariable = variable.name;
  }
  if (variable.problem.empty() || !read.value) {
    return;
  }
  auto rest = *read.value;
  const auto isUnknown = [](const auto& parameter) { return parameter.second.find("${") != std::string::npos; };
  std::erase_if(rest.parameters,
                [&](const auto& parameter) { return parameter.first == "password" && isUnknown(parameter); });
  if (rest.parameters.size() == read.value->parameters.size() || std::ranges::any_of(rest.parameters, isUnknown)) {
    return;
  }
  found.url = connection::safeUrl(rest, false);
  found.passwordProblem = std::exchange(found.problem, {});
}

// JDBC URLs have the user and the password beside them: SPRING_DATASOURCE_USERNAME, SPRING_DATASOURCE_PASSWORD.
void addLogin(Candidate& candidate, const Variable& variable, const Variables& variables) {
  auto read = connection::parse(candidate.found.url);
  const bool isJdbc = connection::schemeOf(connection::bareSpan(variable.value).in(variable.value)).starts_with("jdbc");
  if (!isJdbc || !read.value || !candidate.found.problem.empty()) {
    return;
  }
  auto prefix = variable.name.substr(0, variable.name.rfind('_') + 1);
  prefix = prefix.ends_with("_JDBC_") ? prefix.substr(0, prefix.size() - 5) : prefix;
  bool changed = false;
  std::vector<std::vector<std::string>> asked{variable.asked};
  const std::array<std::pair<std::string_view, std::string_view>, 4> logins{
      {{"USERNAME", "user"}, {"USER", "user"}, {"PASSWORD", "password"}, {"PASS", "password"}}};
  for (const auto& [ending, key] : logins) {
    const auto found = std::ranges::find(variables, prefix + std::string(ending), &Variable::name);
    if (found == variables.end() || !valueOf(read.value->parameters, key).empty()) {
      continue;
    }
    candidate.names.push_back(found->name);
    asked.push_back(found->asked);
    if (key == "password") {
      candidate.found.passwordVariable = found->name;
      candidate.found.passwordProblem = found->problem;
    } else if (!found->problem.empty()) {
      candidate.found.problem = found->problem;
    }
    if (found->problem.empty()) {
      read.value->parameters.emplace_back(key, found->value);
      changed = true;
    }
  }
  candidate.found.asked = askedTogether(asked);
  candidate.found.url = changed ? connection::safeUrl(*read.value, false) : candidate.found.url;
}

Candidate urlCandidate(const Variable& variable, const Variables& variables) {
  Candidate candidate;
  candidate.found.variable = variable.name;
  candidate.found.origin = variable.origin;
  candidate.found.asked = askedTogether({variable.asked});
  candidate.rank = rankOf(variable.name);
  candidate.names = {variable.name};
  setUrl(candidate.found, variable);
  addLogin(candidate, variable, variables);
  return candidate;
}

// Its database is already found, with a host.
bool isToldBy(const Family& family, const std::vector<Candidate>& found) {
  return std::ranges::any_of(found, [&](const Candidate& other) {
    const auto read = connection::parse(other.found.url);
    return read.value && valueOf(read.value->parameters, "dbname") == valueOf(family.parameters, "dbname");
  });
}

// Why there are more variables than are known; empty: there are not.
std::string gapIn(const Variables& variables) {
  const auto gap = std::ranges::find(variables, "", &Variable::name);
  return gap == variables.end() ? std::string() : gap->problem;
}

// All, the likeliest first.
std::vector<Candidate> candidatesIn(const Variables& variables) {
  std::vector<Candidate> candidates;
  std::vector<const Variable*> rest;
  for (const auto& variable : variables) {
    const bool isUrl = isPostgresUrl(variable.value) || isKeyValueString(variable.value);
    if (isUrl || (!variable.problem.empty() && rankOf(variable.name) != Rank::other)) {
      candidates.push_back(urlCandidate(variable, variables));
    } else {
      rest.push_back(&variable);
    }
  }
  // Those with a host first: one without says nothing new where its database is among them.
  const auto families = familiesIn(rest);
  for (const bool hosts : {true, false}) {
    for (const auto& family : families) {
      if (family.hasHost() != hosts || !family.isDatabase() || (!hosts && isToldBy(family, candidates))) {
        continue;
      }
      Candidate candidate{foundOf(family, gapIn(variables)), hosts ? Rank::usual : Rank::withoutHost, {}};
      for (const auto* member : family.members) {
        candidate.names.push_back(member->name);
      }
      candidates.push_back(std::move(candidate));
    }
  }
  std::ranges::stable_sort(candidates, {}, &Candidate::rank);
  return candidates;
}

// Where it leads, as far as its string tells: two of one place are the same database under two names.
std::string placeOf(const Found& found) {
  const auto read = connection::parse(found.url);
  if (!found.problem.empty() || !read.value) {
    return found.variable;
  }
  return connection::endpointText(read.value->parameters) + '/' + valueOf(read.value->parameters, "dbname");
}

// Those under the usual names, or else all; one for each place.
std::vector<Candidate> meantIn(std::vector<Candidate> candidates) {
  const bool hasUsual = !candidates.empty() && candidates.front().rank <= Rank::usual;
  std::vector<Candidate> meant;
  std::set<std::string> places;
  for (auto& candidate : candidates) {
    if ((!hasUsual || candidate.rank <= Rank::usual) && places.insert(placeOf(candidate.found)).second) {
      meant.push_back(std::move(candidate));
    }
  }
  return meant;
}

std::string listed(const std::vector<Candidate>& candidates) {
  std::vector<std::string> names;
  for (const auto& candidate : candidates) {
    names.push_back(candidate.found.variable);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

Error noSuchVariable(const Variables& variables, const std::vector<Candidate>& candidates, std::string_view name,
                     const std::string& where) {
  if (!candidates.empty() && gapIn(variables).empty()) {
    return {fmt::format("{}: there is no database in a variable {}. There is: {}.", where, name, listed(candidates))};
  }
  std::vector<std::string_view> known;
  for (const auto& variable : variables) {
    known.push_back(variable.name);
  }
  if (const auto gap = gapIn(variables); !gap.empty()) {
    return {gap};
  }
  const auto nearest = project::nearestName(name, known);
  return {nearest.empty() || project::editDistance(name, nearest) > 1 + name.size() / 3
              ? fmt::format("{}: there is no variable {}.", where, name)
              : fmt::format("{}: there is no variable {}. Did you mean {}?", where, name, nearest)};
}

std::expected<Found, Error> named(const Variables& variables, const std::vector<Candidate>& candidates,
                                  std::string_view name, const std::string& where) {
  for (const auto& candidate : candidates) {
    if (std::ranges::find(candidate.names, name) == candidate.names.end()) {
      continue;
    }
    if (!candidate.found.problem.empty()) {
      return std::unexpected(Error{candidate.found.problem});
    }
    return candidate.found;
  }
  const auto variable = std::ranges::find(variables, name, &Variable::name);
  if (variable == variables.end()) {
    return std::unexpected(noSuchVariable(variables, candidates, name, where));
  }
  if (!variable->problem.empty()) {
    return std::unexpected(Error{variable->problem});
  }
  const auto refusal =
      connection::refusalOf(connection::schemeOf(connection::bareSpan(variable->value).in(variable->value)));
  return std::unexpected(Error{
      refusal ? fmt::format("{}: {} in {}: {}", where, name, variable->origin, refusal->text)
              : fmt::format("{}: {} in {} holds no PostgreSQL connection string.", where, name, variable->origin)});
}

} // namespace

std::vector<Found> findDatabases(const Variables& variables) {
  std::vector<Found> found;
  for (auto& candidate : candidatesIn(variables)) {
    const bool isNew =
        !candidate.found.problem.empty() || std::ranges::find(found, candidate.found.url, &Found::url) == found.end();
    if (isNew) {
      found.push_back(std::move(candidate.found));
    }
  }
  return found;
}

std::expected<Found, Error> theDatabase(const Variables& variables, std::string_view variable,
                                        const std::string& where) {
  auto candidates = candidatesIn(variables);
  if (!variable.empty()) {
    return named(variables, candidates, variable, where);
  }
  if (const auto gap = gapIn(variables); candidates.empty() && !gap.empty()) {
    return std::unexpected(Error{gap});
  }
  if (candidates.empty()) {
    return std::unexpected(Error{fmt::format("{}: no PostgreSQL database is configured there under a usual name "
                                             "(DATABASE_URL, POSTGRES_HOST, PGHOST, DB_HOST …): name its variable with "
                                             "variable = \"…\".",
                                             where)});
  }
  const auto meant = meantIn(std::move(candidates));
  if (meant.size() > 1) {
    return std::unexpected(Error{fmt::format("{}: several databases are configured there, under {}: say which one is "
                                             "meant with variable = \"{}\" or another of them.",
                                             where, listed(meant), meant.front().found.variable)});
  }
  if (!meant.front().found.problem.empty()) {
    return std::unexpected(Error{meant.front().found.problem});
  }
  return meant.front().found;
}

std::vector<Found> likelyDatabases(const Variables& variables) {
  std::vector<Found> found;
  for (auto& candidate : meantIn(candidatesIn(variables))) {
    found.push_back(std::move(candidate.found));
  }
  return found;
}

} // namespace whichbase::imports
