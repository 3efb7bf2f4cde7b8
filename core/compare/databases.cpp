#include "compare/databases.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <thread>

namespace whichbase::compare {
namespace {

// The schema of either side; what is recorded is read already.
std::expected<Schema, Problem> schemaOfSide(const ComparedSide& side, const std::string& name,
                                            probe::Connector& connector, std::chrono::milliseconds deadline) {
  if (const auto* recorded = std::get_if<Schema>(&side))
    return *recorded;
  auto schema = readSchema(std::get<Endpoint>(side), connector, pg::Clock::now() + deadline);
  if (!schema)
    return std::unexpected(Problem{fmt::format("{}: {}", name, schema.error().text), schema.error().remedy});
  return schema;
}

std::vector<std::string> tablesOf(const Schema& schema) {
  std::vector<std::string> tables;
  for (const auto& object : schema.objects)
    if (object.kind == ObjectKind::table && !object.definition.starts_with("FOREIGN TABLE"))
      tables.push_back(object.name);
  return tables;
}

std::vector<std::string> relationsOf(const DatabasesRequest& request, const Schema& from, const Schema& to) {
  switch (request.tables) {
  case Tables::none:
    break;
  case Tables::users:
    return {""};
  case Tables::named:
    return request.named;
  case Tables::all: {
    std::vector<std::string> both;
    std::ranges::set_intersection(tablesOf(from), tablesOf(to), std::back_inserter(both));
    return both;
  }
  }
  return {};
}

Problem stopped() {
  return {"it was interrupted", {}};
}

} // namespace

bool DatabasesComparison::different() const {
  return !schema.differences.empty() ||
         std::ranges::any_of(rows, [](const TableRows& table) { return table.result && !table.result->same(); });
}

bool DatabasesComparison::compared() const {
  return schema.notCompared.empty() &&
         std::ranges::all_of(rows, [](const TableRows& table) { return table.result && table.result->unsettled == 0; });
}

bool DatabasesComparison::same() const {
  return compared() && !different();
}

std::expected<DatabasesComparison, Problem> compareDatabases(const ComparedSide& from, const ComparedSide& to,
                                                             const std::string& fromName, const std::string& toName,
                                                             const DatabasesRequest& request,
                                                             probe::Connector& connector, std::stop_token stop,
                                                             const OnDatabasesProgress& onProgress) {
  DatabasesProgress progress;
  if (onProgress)
    onProgress(progress);
  std::expected<Schema, Problem> fromSchema, toSchema;
  {
    const std::jthread other([&] { toSchema = schemaOfSide(to, toName, connector, request.schemaDeadline); });
    fromSchema = schemaOfSide(from, fromName, connector, request.schemaDeadline);
  }
  for (auto* schema : {&fromSchema, &toSchema})
    if (!*schema)
      return std::unexpected(stop.stop_requested() ? stopped() : std::move(schema->error()));
  DatabasesComparison comparison{fromName, toName, std::move(*fromSchema), std::move(*toSchema),
                                 {},       {},     request.rows.shown};
  comparison.schema = compareSchemas(comparison.fromSchema, comparison.toSchema, fromName, toName);

  const auto relations = relationsOf(request, comparison.fromSchema, comparison.toSchema);
  const auto* fromEndpoint = std::get_if<Endpoint>(&from);
  const auto* toEndpoint = std::get_if<Endpoint>(&to);
  progress.tables = relations.size();
  for (const auto& relation : relations) {
    if (stop.stop_requested())
      return std::unexpected(stopped());
    if (!fromEndpoint || !toEndpoint) {
      comparison.rows.push_back(
          {relation, std::unexpected(Problem{
                         fmt::format("of {} there is a recording without rows", fromEndpoint ? toName : fromName),
                         "Compare the databases themselves, while both are there."})});
      continue;
    }
    RowsRequest rows = request.rows;
    rows.relation = relation;
    progress.relation = relation;
    auto result = compareRows(*fromEndpoint, *toEndpoint, rows, connector, stop, [&](const RowsProgress& of) {
      progress.rows = of;
      if (onProgress)
        onProgress(progress);
    });
    if (!result && stop.stop_requested())
      return std::unexpected(stopped());
    comparison.rows.push_back({result ? result->relation : relation, std::move(result)});
    ++progress.table;
    progress.rows = {};
  }
  return comparison;
}

std::optional<topology::RowsFact> rowsFactOf(const RowsResult& result, const std::string& fromId,
                                             const std::string& toId) {
  if (result.keyColumns.empty() || !result.fromOnlyColumns.empty() || !result.toOnlyColumns.empty())
    return std::nullopt;
  topology::RowsFact fact;
  fact.a = fromId;
  fact.b = toId;
  fact.relation = result.relation;
  fact.inA = result.fromRows;
  fact.inB = result.toRows;
  fact.onlyInA = result.onlyInFrom;
  fact.onlyInB = result.onlyInTo;
  fact.different = result.different;
  fact.settled = result.settled;
  fact.at = result.finishedAt;
  return fact;
}

} // namespace whichbase::compare
