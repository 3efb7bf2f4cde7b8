#include "verify/test_row_ground.h"

#include "compare/open_endpoint.h"
#include "probe/answer.h"
#include "verify/test_row_statements.h"

#include <fmt/format.h>

namespace whichbase::verify {
namespace {

using nlohmann::json;
using probe::answer::flag;
using probe::answer::listOf;
using probe::answer::number;
using probe::answer::text;

std::vector<std::string> textsOf(const json& object, const char* key) {
  std::vector<std::string> texts;
  for (const auto& entry : listOf(object, key))
    if (entry.is_string())
      texts.push_back(entry.get<std::string>());
  return texts;
}

std::vector<GroundPublication> publicationsOf(const json& object) {
  std::vector<GroundPublication> publications;
  for (const auto& entry : listOf(object, "publications"))
    publications.push_back(
        {text(entry, "name"), flag(entry, "inserts"), flag(entry, "deletes"), flag(entry, "limited")});
  return publications;
}

GroundTrigger triggerFrom(const json& entry) {
  const int type = number(entry, "type", 0);
  return {text(entry, "name"), text(entry, "table"), (type & 2) != 0,           (type & 64) != 0,
          (type & 4) != 0,     (type & 8) != 0,      flag(entry, "constraint"), text(entry, "enabled")};
}

GroundColumn columnFrom(const json& entry) {
  GroundColumn column;
  column.name = text(entry, "name");
  column.type = text(entry, "type");
  column.base = text(entry, "base");
  column.category = text(entry, "category");
  column.operatorSchema = text(entry, "operators");
  column.isRequired = flag(entry, "required");
  column.isWritable = flag(entry, "writable");
  column.most = number(entry, "most", 0);
  column.isUnique = flag(entry, "unique");
  column.isKey = flag(entry, "key");
  column.firstLabel = text(entry, "label");
  column.reference = text(entry, "reference");
  column.checks = textsOf(entry, "checks");
  column.mayInsert = flag(entry, "insert");
  column.maySelect = flag(entry, "select");
  return column;
}

GroundSchema schemaFrom(const json& entry) {
  return {text(entry, "name"), text(entry, "owner"), text(entry, "comment"), textsOf(entry, "cannot_use"),
          publicationsOf(entry)};
}

void readSession(const json& object, Ground& ground) {
  ground.replicationRole = text(object, "replication_role");
  ground.logicalSlots = textsOf(object, "slots");
}

Ground ownTableGround(const json& object) {
  Ground ground;
  readSession(object, ground);
  ground.hasPlpgsql = flag(object, "plpgsql");
  ground.grantees = textsOf(object, "grantees");
  for (const auto& entry : listOf(object, "event_triggers"))
    ground.eventTriggers.push_back(
        {text(entry, "name"), text(entry, "event"), text(entry, "enabled"), textsOf(entry, "tags")});
  for (const auto& entry : listOf(object, "schemas"))
    ground.schemas.push_back(schemaFrom(entry));
  return ground;
}

Ground usersGround(const json& object) {
  Ground ground;
  readSession(object, ground);
  ground.exists = true;
  ground.kind = text(object, "kind");
  ground.isUnlogged = flag(object, "unlogged");
  ground.rowSecurity = flag(object, "security");
  ground.mayUseSchema = flag(object, "schema_usage");
  ground.mayInsert = flag(object, "insert");
  ground.mayDelete = flag(object, "delete");
  ground.hasIdentityForDeletes = flag(object, "identity_for_deletes");
  ground.rules = textsOf(object, "rules");
  ground.sequences = textsOf(object, "sequences");
  ground.publications = publicationsOf(object);
  for (const auto& entry : listOf(object, "triggers"))
    ground.triggers.push_back(triggerFrom(entry));
  for (const auto& entry : listOf(object, "references"))
    ground.references.push_back(
        {text(entry, "name"), text(entry, "table"), text(entry, "on_delete"), flag(entry, "passes_on")});
  for (const auto& entry : listOf(object, "columns"))
    ground.columns.push_back(columnFrom(entry));
  return ground;
}

std::expected<json, compare::Problem> asked(pg::Session& session, const probe::Target& target, const std::string& sql,
                                            pg::TimePoint deadline) {
  pg::Rows rows;
  pg::SqlError error;
  if (!session.query(sql, deadline, rows, error))
    return std::unexpected(compare::problemOf(error, target, "reading the catalog"));
  if (rows.values.empty())
    return json();
  json object = json::parse(rows.values[0].at(0).value_or(""), nullptr, false);
  if (!object.is_object())
    return std::unexpected(compare::Problem{"the catalog's answer could not be read", "Probe again."});
  return object;
}

} // namespace

std::expected<Ground, compare::Problem> readOwnTableGround(pg::Session& session, const probe::Target& target,
                                                           const std::vector<std::string>& roles,
                                                           const std::string& usersRelation, pg::TimePoint deadline) {
  const auto object =
      asked(session, target, ownTableGroundStatement(session.serverVersion(), roles, usersRelation), deadline);
  if (!object)
    return std::unexpected(object.error());
  return ownTableGround(*object);
}

std::expected<Ground, compare::Problem> readUsersGround(pg::Session& session, const probe::Target& target,
                                                        const std::string& relation, pg::TimePoint deadline) {
  const auto object = asked(session, target, usersGroundStatement(session.serverVersion(), relation), deadline);
  if (!object)
    return std::unexpected(object.error());
  return object->is_object() ? usersGround(*object) : Ground{};
}

} // namespace whichbase::verify
