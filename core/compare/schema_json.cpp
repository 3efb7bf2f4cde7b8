#include "compare/read_schema.h"
#include "connection/connection_string.h"
#include "report/json_reader.h"
#include "report/json_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace whichbase::compare {
namespace {

using Json = nlohmann::ordered_json;
using report::ObjectReader;

constexpr const char* format = "whichbase/schema";
constexpr const char* makeOne = "Make one with whichbase-cli diff PROJECT --from A --to B --keep-inventory FILE.";

Json known(const topology::Known<std::int64_t>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json toJson(const SequencePosition& position) {
  return {{"sequence", position.sequence},
          {"table", position.table},
          {"column", position.column},
          {"increment", position.increment},
          {"unique", position.unique},
          {"next", known(position.next)},
          {"next_reason", position.next.reason},
          {"greatest", known(position.greatest)},
          {"greatest_reason", position.greatest.reason},
          {"next_is_taken", position.nextIsTaken}};
}

ObjectKind readKind(const std::string& name, const ObjectReader& reader, const char* key) {
  const auto kind = objectKindFrom(name);
  if (!kind)
    reader.problem().add(reader.placeOf(key), "a kind of object");
  return kind.value_or(ObjectKind::table);
}

Object readObject(const ObjectReader& reader) {
  return {readKind(reader.text("kind"), reader, "kind"), reader.text("table"), reader.requiredText("name"),
          reader.text("definition")};
}

SequencePosition readPosition(const ObjectReader& reader) {
  const auto fact = [&](const char* key) {
    topology::Known<std::int64_t> value;
    value.reason = reader.text((std::string(key) + "_reason").c_str());
    value.value = reader.integer(key);
    return value;
  };
  SequencePosition position;
  position.sequence = reader.requiredText("sequence");
  position.table = reader.text("table");
  position.column = reader.text("column");
  position.increment = reader.integer("increment").value_or(1);
  position.unique = reader.flag("unique");
  position.next = fact("next");
  position.greatest = fact("greatest");
  position.nextIsTaken = reader.flag("next_is_taken");
  return position;
}

Schema readSchema(const ObjectReader& reader) {
  Schema schema;
  schema.database = reader.text("database");
  schema.serverVersion = reader.text("server_version");
  schema.encoding = reader.text("encoding");
  schema.collation = reader.text("collation");
  const auto at = reader.time("read_at");
  if (!at)
    reader.problem().add("read_at", "a time");
  schema.readAt = at.value_or(topology::UtcTime{});
  schema.tablesAndTriggersOnly = reader.flag("tables_and_triggers_only");
  if (!reader.find("objects"))
    reader.problem().add("objects", "a list");
  schema.objects = reader.list<Object>("objects", readObject);
  schema.sequences = reader.list<SequencePosition>("sequences", readPosition);
  schema.extensionTables = reader.texts("extension_tables");
  schema.unread = reader.texts("unread");
  for (const auto& kind : reader.texts("unread_kinds"))
    schema.unreadKinds.push_back(readKind(kind, reader, "unread_kinds"));
  // Whoever wrote it: what follows relies on the order.
  std::ranges::sort(schema.objects, {}, [](const Object& o) { return std::tie(o.kind, o.table, o.name); });
  std::ranges::sort(schema.extensionTables);
  return schema;
}

// Empty where it is one.
std::string whyNoInventory(const nlohmann::json& json) {
  if (json.is_discarded())
    return "this is not JSON, so it is no inventory of a database";
  const auto named = json.is_object() ? json.find("format") : json.end();
  if (!json.is_object() || named == json.end() || !named->is_string() || *named != format)
    return fmt::format("this is JSON, but no inventory of a database (its \"format\" is not \"{}\")", format);
  const auto version = json.find("version");
  if (version == json.end() || !version->is_number_integer() || *version < 1)
    return "this inventory does not say which version it has";
  if (*version > 1)
    return "this inventory was written by a newer Whichbase";
  return {};
}

} // namespace

std::string toJson(const Schema& schema) {
  Json objects = Json::array();
  for (const auto& object : schema.objects)
    objects.push_back({{"kind", toString(object.kind)},
                       {"table", object.table},
                       {"name", object.name},
                       {"definition", connection::redact(object.definition)}});
  Json sequences = Json::array();
  for (const auto& position : schema.sequences)
    sequences.push_back(toJson(position));
  Json kinds = Json::array();
  for (const auto kind : schema.unreadKinds)
    kinds.push_back(toString(kind));
  const Json json = {{"format", format},
                     {"version", 1},
                     {"database", schema.database},
                     {"server_version", schema.serverVersion},
                     {"encoding", schema.encoding},
                     {"collation", schema.collation},
                     {"read_at", report::timeText(schema.readAt)},
                     {"tables_and_triggers_only", schema.tablesAndTriggersOnly},
                     {"objects", objects},
                     {"sequences", sequences},
                     {"extension_tables", schema.extensionTables},
                     {"unread", schema.unread},
                     {"unread_kinds", kinds}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::expected<Schema, Problem> schemaFromJson(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (const std::string why = whyNoInventory(json); !why.empty())
    return std::unexpected(Problem{why, makeOne});
  report::ReadProblem problem;
  Schema schema = readSchema(ObjectReader(json, "", problem));
  if (!problem.text.empty())
    return std::unexpected(Problem{"this inventory is not whole: " + problem.text,
                                   "Take an unchanged copy of it. " + std::string(makeOne)});
  return schema;
}

} // namespace whichbase::compare
