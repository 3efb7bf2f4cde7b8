#include "connection/foreign_parameters.h"

#include "connection/characters.h"
#include "connection/keywords.h"

#include <fmt/format.h>

#include <array>
#include <span>

namespace whichbase::connection {

namespace {

struct Word {
  std::string_view theirs;
  std::string_view ours;
};

std::string_view translated(std::string_view word, std::span<const Word> words) {
  const auto found = std::ranges::find(words, word, &Word::theirs);
  return found == words.end() ? std::string_view() : found->ours;
}

void set(Parameters& parameters, std::string_view key, std::string_view value) {
  const auto found = std::ranges::find(parameters, key, &Parameters::value_type::first);
  if (found == parameters.end()) {
    parameters.emplace_back(key, value);
  } else {
    found->second = value;
  }
}

// ssl=… of libpq (only "true"), node-postgres, JDBC and asyncpg.
std::string_view sslModeOf(std::string_view value) {
  constexpr std::array<std::string_view, 6> modes{"disable", "allow", "prefer", "require", "verify-ca", "verify-full"};
  if (const auto* mode = std::ranges::find(modes, value); mode != modes.end()) {
    return *mode;
  }
  constexpr std::array<Word, 8> words{{{"true", "require"},
                                       {"1", "require"},
                                       {"on", "require"},
                                       {"no-verify", "require"},
                                       {"", "require"},
                                       {"false", "disable"},
                                       {"0", "disable"},
                                       {"off", "disable"}}};
  return translated(value, words);
}

// Names and values of pgjdbc, https://jdbc.postgresql.org/documentation/use/
bool addJdbc(Parameters& parameters, const std::string& key, const std::string& value) {
  constexpr std::array<Word, 6> keys{{{"ApplicationName", "application_name"},
                                      {"connectTimeout", "connect_timeout"},
                                      {"loginTimeout", "connect_timeout"},
                                      {"options", "options"},
                                      {"PGDBNAME", "dbname"},
                                      {"PGHOST", "host"}}};
  constexpr std::array<Word, 6> servers{{{"any", "any"},
                                         {"primary", "primary"},
                                         {"master", "primary"},
                                         {"secondary", "standby"},
                                         {"slave", "standby"},
                                         {"preferSecondary", "prefer-standby"}}};
  if (const auto ours = translated(key, keys); !ours.empty()) {
    set(parameters, ours, value);
    return true;
  }
  if (const auto ours = translated(value, servers); key == "targetServerType" && !ours.empty()) {
    set(parameters, "target_session_attrs", ours);
    return true;
  }
  return false;
}

std::string noteOn(const std::string& key) {
  if (key == "service" || key == "servicefile") {
    return key +
           "= names settings on the server's own computer and is not used; write out host, port, dbname and user.";
  }
  if (key == "replication") {
    return "replication= is not used: only plain sessions are opened.";
  }
  if (isLeftOut(key)) {
    return key + "= is not used: it would have this computer write a file or ask another server.";
  }
  constexpr std::array<std::string_view, 9> prisma{
      "schema",    "pgbouncer",      "connection_limit",     "pool_timeout",          "sslidentity",
      "sslaccept", "socket_timeout", "statement_cache_size", "single_use_connections"};
  const bool plain = std::ranges::all_of(key, [](char c) { return isWordCharacter(c) || c == '.' || c == '-'; });
  const auto name = plain && !key.empty() && key.size() <= 40 ? key + "=" : std::string("A parameter");
  if (std::ranges::find(prisma, key) != prisma.end()) {
    return name + " is Prisma's; libpq does not know it, and it is not used.";
  }
  return name + " is no parameter that libpq knows, and it is not used.";
}

} // namespace

bool isLeftOut(std::string_view key) {
  return key == "service" || key == "servicefile" || key == "replication" || key == "sslkeylogfile" ||
         key.starts_with("oauth_");
}

void addParameter(Parameters& parameters, std::vector<std::string>& notes, const std::string& key,
                  const std::string& value, bool jdbc) {
  if (jdbc && addJdbc(parameters, key, value)) {
    return;
  }
  if (key == "ssl" && !sslModeOf(lowered(value)).empty()) {
    set(parameters, "sslmode", sslModeOf(lowered(value)));
    return;
  }
  if (key == "sslmode" && value == "no-verify") { // node-postgres
    set(parameters, "sslmode", "require");
    return;
  }
  if (isLeftOut(key) || !isKnownKeyword(key)) {
    notes.push_back(noteOn(key));
    return;
  }
  set(parameters, key, value);
}

} // namespace whichbase::connection
