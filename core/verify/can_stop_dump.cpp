// The pg_dump to take before a database is switched off, as a line for a shell. It is never run.
#include "connection/connection_string.h"
#include "route/via.h"
#include "topology/wording.h"
#include "verify/can_stop.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace whichbase::verify {
namespace {

using connection::valueOf;

// What decides whether the connection is made at all, and holds no secret.
constexpr std::array<const char*, 8> kept{"sslmode",         "sslrootcert",          "sslcert",     "sslkey", "sslcrl",
                                          "channel_binding", "target_session_attrs", "require_auth"};

// libpq's key/value form: always quoted.
std::string pair(const std::string& key, const std::string& value) {
  std::string quoted;
  for (const char c : value) {
    if (c == '\'' || c == '\\')
      quoted += '\\';
    quoted += c;
  }
  return fmt::format("{}='{}'", key, quoted);
}

// pg_dump reads a name with = in it, or one that begins like a URL, as a connection string.
bool readsAsConnectionString(const std::string& name) {
  return name.find('=') != std::string::npos || name.starts_with("postgres://") || name.starts_with("postgresql://");
}

std::string databaseWord(const connection::Parameters& parameters, const std::string& name) {
  std::string more;
  const auto ends = connection::endpoints(parameters);
  if (!ends.empty() && !ends.front().host.empty() && !ends.front().hostaddr.empty())
    more += " " + pair("hostaddr", ends.front().hostaddr);
  for (const char* key : kept)
    if (const std::string value = valueOf(parameters, key); !value.empty())
      more += " " + pair(key, value);
  return more.empty() && !readsAsConnectionString(name) ? name : pair("dbname", name) + more;
}

// Letters, digits, dots and dashes: a name for any file system.
std::string fileName(const topology::Database& database, const std::string& name, topology::UtcTime at) {
  std::string plain;
  for (const char c : name + "-" + database.id)
    plain +=
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ? c : '-';
  while (plain.starts_with('-') || plain.starts_with('.'))
    plain.erase(0, 1);
  return fmt::format("{}-{}.dump", plain, topology::toIso8601(at).substr(0, 10));
}

std::vector<std::string> notesFor(const probe::Target& target, const topology::Database& database) {
  std::vector<std::string> notes;
  if (const auto major = database.serverVersion.substr(0, database.serverVersion.find('.')); !major.empty())
    notes.push_back(fmt::format("It needs pg_dump of PostgreSQL {} or later (pg_dump --version), and asks for the "
                                "password.",
                                major));
  const auto ends = connection::endpoints(target.parameters);
  const std::string host = ends.empty() ? std::string() : ends.front().host;
  if (target.via.kind == route::Via::Kind::ssh)
    notes.push_back(fmt::format("Run it where {} logs in: the address is looked up from there.", nameOf(target.via)));
  else if (target.via.kind == route::Via::Kind::command)
    notes.emplace_back("Run it where the project's command for this route ends: the address is looked up from there.");
  else if (connection::isSingleLabel(host))
    notes.push_back(fmt::format("Run it where {} means this database.", host));
  notes.emplace_back("It holds the whole database as this role may read it, but no roles and passwords: pg_dumpall "
                     "--globals-only has those. Try it with pg_restore before the database is switched off.");
  if (database.sizeBytes && *database.sizeBytes > 0)
    notes.push_back(fmt::format("The database has {} MB on its server; the dump is smaller as a rule.",
                                topology::withCommas(*database.sizeBytes / (1024L * 1024))));
  return notes;
}

} // namespace

DumpCommand dumpCommand(const probe::Target& target, const topology::Database& database, topology::UtcTime at) {
  const auto& parameters = target.parameters;
  const auto ends = connection::endpoints(parameters);
  const std::string name =
      valueOf(parameters, "dbname").empty() ? database.name : std::string(valueOf(parameters, "dbname"));
  std::vector<std::string> words{"pg_dump", "--format=custom"};
  if (!ends.empty()) {
    words.push_back("--host=" + (ends.front().host.empty() ? ends.front().hostaddr : ends.front().host));
    words.push_back(fmt::format("--port={}", ends.front().port));
  }
  if (const std::string user = valueOf(parameters, "user"); !user.empty())
    words.push_back("--username=" + user);
  words.push_back("--dbname=" + databaseWord(parameters, name));
  words.push_back("--file=" + fileName(database, name, at));
  DumpCommand dump;
  for (const std::string& word : words)
    dump.command += (dump.command.empty() ? "" : " ") + route::shellQuoted(word);
  dump.notes = notesFor(target, database);
  return dump;
}

} // namespace whichbase::verify
