#include "compare/outline.h"
#include "compare/read_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace whichbase::compare {
namespace {

// As PostgreSQL does, but for keywords, which nobody here knows.
std::string quoted(const std::string& name) {
  const auto isPlain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (!name.empty() && std::ranges::all_of(name, isPlain) && (name[0] < '0' || name[0] > '9'))
    return name;
  std::string out = "\"";
  for (const char c : name)
    out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

} // namespace

std::expected<Schema, Problem> schemaOf(const topology::Database& database, topology::UtcTime at) {
  if (!database.tables)
    return std::unexpected(
        Problem{fmt::format("the recording does not say which tables {} had: {}", database.id,
                            database.tables.reason.empty() ? "they were not read" : database.tables.reason),
                "Compare with the database itself, or with an inventory that was kept."});
  Schema schema;
  schema.database = database.name;
  schema.serverVersion = database.serverVersion;
  schema.readAt = database.lastReachedAt.value_or(at);
  schema.tablesAndTriggersOnly = true;
  for (const auto& table : *database.tables)
    schema.objects.push_back({ObjectKind::table, {}, table, {}});
  if (!database.triggers) {
    schema.unread.push_back("triggers: " + database.triggers.reason);
    schema.unreadKinds = {ObjectKind::trigger, ObjectKind::eventTrigger};
  } else {
    for (const auto& trigger : *database.triggers)
      schema.objects.push_back({trigger.table.empty() ? ObjectKind::eventTrigger : ObjectKind::trigger, trigger.table,
                                quoted(trigger.name), triggerOutline(trigger)});
  }
  std::ranges::sort(schema.objects, {}, [](const Object& o) { return std::tie(o.kind, o.table, o.name); });
  return schema;
}

} // namespace whichbase::compare
