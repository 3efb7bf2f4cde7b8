#include "compare/databases.h"
#include "report/json_time.h"

#include <nlohmann/json.hpp>

namespace whichbase::compare {
namespace {

using Json = nlohmann::ordered_json;

const char* nameOf(DifferenceKind kind) {
  return kind == DifferenceKind::missing ? "missing" : kind == DifferenceKind::extra ? "extra" : "different";
}

Json textOrNull(const std::string& text, bool present) {
  return present ? Json(text) : Json(nullptr);
}

Json sideJson(const std::string& name, const Schema& schema) {
  return {{"name", name},
          {"database", schema.database},
          {"server_version", schema.serverVersion},
          {"encoding", schema.encoding},
          {"collation", schema.collation},
          {"read_at", report::timeText(schema.readAt)},
          {"tables_and_triggers_only", schema.tablesAndTriggersOnly}};
}

Json schemaJson(const SchemaComparison& schema) {
  Json differences = Json::array();
  for (const auto& d : schema.differences)
    differences.push_back({{"kind", nameOf(d.kind)},
                           {"object", toString(d.object)},
                           {"table", d.table},
                           {"name", d.name},
                           {"from", textOrNull(d.from, d.kind != DifferenceKind::extra)},
                           {"to", textOrNull(d.to, d.kind != DifferenceKind::missing)},
                           {"note", d.note}});
  return {{"equal", schema.equal()},
          {"differences", differences},
          {"warnings", schema.warnings},
          {"not_compared", schema.notCompared},
          {"notes", schema.notes}};
}

Json valuesJson(const std::vector<std::optional<std::string>>& values, const std::vector<std::string>& names) {
  Json json = Json::object();
  for (std::size_t at = 0; at < values.size() && at < names.size(); ++at)
    json[names[at]] = values[at] ? Json(*values[at]) : Json(nullptr);
  return json;
}

Json namedJson(const std::vector<NamedRow>& rows, const std::vector<std::string>& shown) {
  Json list = Json::array();
  for (const auto& row : rows) {
    Json json = {{"key", row.key}, {"differs_in", row.differsIn}};
    if (!row.from.empty())
      json["from"] = valuesJson(row.from, shown);
    if (!row.to.empty())
      json["to"] = valuesJson(row.to, shown);
    list.push_back(std::move(json));
  }
  return list;
}

Json resultJson(const RowsResult& r, const std::vector<std::string>& shown) {
  const bool keyed = !r.keyColumns.empty();
  const auto counted = [&](std::int64_t number) { return keyed ? Json(number) : Json(nullptr); };
  return {{"same", r.same()},
          {"key", r.keyColumns},
          {"compared_columns", r.comparedColumns},
          {"from_only_columns", r.fromOnlyColumns},
          {"to_only_columns", r.toOnlyColumns},
          {"from_rows", r.fromRows},
          {"to_rows", r.toRows},
          {"only_in_from", counted(r.onlyInFrom)},
          {"only_in_to", counted(r.onlyInTo)},
          {"different", counted(r.different)},
          {"equal", counted(r.equal)},
          {"same_checksum", r.sameChecksum ? Json(*r.sameChecksum) : Json(nullptr)},
          {"settled", r.settled},
          {"writing", r.writing},
          {"unsettled", r.unsettled},
          {"named_only_in_from", namedJson(r.namedOnlyInFrom, shown)},
          {"named_only_in_to", namedJson(r.namedOnlyInTo, shown)},
          {"named_different", namedJson(r.namedDifferent, shown)},
          {"method", r.method},
          {"started_at", report::timeText(r.startedAt)},
          {"finished_at", report::timeText(r.finishedAt)}};
}

} // namespace

std::string toJson(const DatabasesComparison& comparison) {
  Json rows = Json::array();
  for (const auto& table : comparison.rows) {
    const auto& result = table.result;
    rows.push_back(
        {{"relation", table.relation},
         {"problem", result ? Json(nullptr) : Json{{"text", result.error().text}, {"remedy", result.error().remedy}}},
         {"result", result ? resultJson(*result, comparison.shown) : Json(nullptr)}});
  }
  const Json json = {{"format", "whichbase/diff"},
                     {"version", 1},
                     {"same", comparison.same()},
                     {"compared", comparison.compared()},
                     {"different", comparison.different()},
                     {"from", sideJson(comparison.from, comparison.fromSchema)},
                     {"to", sideJson(comparison.to, comparison.toSchema)},
                     {"rows", rows},
                     {"keys_hashed_under", textOrNull(comparison.hashedUnder, !comparison.hashedUnder.empty())},
                     {"schema", schemaJson(comparison.schema)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace whichbase::compare
