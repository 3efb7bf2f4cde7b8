#include "verify/journal_text.h"

#include "probe/answer.h"
#include "verify/test_row_sql.h"

#include <nlohmann/json.hpp>

namespace whichbase::verify {
namespace {

using nlohmann::json;
constexpr const char* format = "whichbase/test-row";

} // namespace

std::string toFileText(const JournalEntry& entry) {
  const json text = {
      {"format", format},
      {"version", 1},
      {"token", entry.token},
      {"project", entry.project},
      {"title", entry.title},
      {"server", entry.server},
      {"address", entry.address},
      {"system_identifier", entry.systemIdentifier ? json(std::to_string(*entry.systemIdentifier)) : json()},
      {"oid", entry.oid},
      {"relation", entry.relation},
      {"own_table", entry.isOwnTable},
      {"inserted", entry.isInserted},
      {"backend_pid", entry.backendPid},
      {"settled_at", entry.settledAt ? json(topology::toIso8601(*entry.settledAt)) : json()},
      {"remove_sql", entry.removeSql},
      {"present_sql", entry.presentSql},
      {"at", topology::toIso8601(entry.at)}};
  return text.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::optional<JournalEntry> entryFrom(std::string_view text) {
  namespace answer = probe::answer;
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object() || answer::text(object, "format") != format || answer::number(object, "version", 0) != 1)
    return std::nullopt;
  JournalEntry entry;
  entry.token = answer::text(object, "token");
  entry.project = answer::text(object, "project");
  entry.title = answer::text(object, "title");
  entry.server = answer::text(object, "server");
  entry.address = answer::text(object, "address");
  entry.systemIdentifier = answer::bigNumber(object, "system_identifier");
  entry.oid = answer::number<std::uint32_t>(object, "oid", 0);
  entry.relation = answer::text(object, "relation");
  entry.isOwnTable = answer::flag(object, "own_table");
  entry.isInserted = answer::flag(object, "inserted");
  entry.backendPid = answer::number<std::uint32_t>(object, "backend_pid", 0);
  entry.settledAt = topology::fromIso8601(answer::text(object, "settled_at"));
  entry.removeSql = answer::text(object, "remove_sql");
  entry.presentSql = answer::text(object, "present_sql");
  entry.at = topology::fromIso8601(answer::text(object, "at")).value_or(topology::UtcTime{});
  if (!isToken(entry.token) || entry.server.empty() || entry.removeSql.empty() || entry.presentSql.empty())
    return std::nullopt;
  return entry;
}

} // namespace whichbase::verify
