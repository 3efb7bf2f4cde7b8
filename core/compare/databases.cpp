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

// The tables one after the other; a problem of one stands in its place. False: it was stopped.
class RowsOfTables {
public:
  RowsOfTables(const ComparedSide& from, const ComparedSide& to, const DatabasesRequest& request,
               probe::Connector& connector, std::stop_token stop, const OnDatabasesProgress& onProgress)
      : m_from(from), m_to(to), m_request(request), m_connector(connector), m_stop(std::move(stop)),
        m_onProgress(onProgress) {}

  bool compare(const std::vector<std::string>& relations, DatabasesComparison& comparison) {
    m_progress.tables = relations.size();
    for (const auto& relation : relations) {
      auto result = compareOne(relation, comparison);
      if (m_stop.stop_requested())
        return false;
      comparison.rows.push_back({result ? result->relation : relation, std::move(result)});
      ++m_progress.table;
    }
    return true;
  }

private:
  std::expected<RowsResult, Problem> compareOne(const std::string& relation, const DatabasesComparison& comparison) {
    const auto* from = std::get_if<Endpoint>(&m_from);
    const auto* to = std::get_if<Endpoint>(&m_to);
    if (!from || !to)
      return std::unexpected(
          Problem{fmt::format("of {} there is a recording without rows", from ? comparison.to : comparison.from),
                  "Compare the databases themselves, while both are there."});
    RowsRequest rows = m_request.rows;
    rows.relation = relation;
    m_progress.relation = relation;
    m_progress.rows = {};
    return compareRows(*from, *to, rows, m_connector, m_stop, [&](const RowsProgress& progress) {
      m_progress.rows = progress;
      if (m_onProgress)
        m_onProgress(m_progress);
    });
  }

  const ComparedSide& m_from;
  const ComparedSide& m_to;
  const DatabasesRequest& m_request;
  probe::Connector& m_connector;
  const std::stop_token m_stop;
  const OnDatabasesProgress& m_onProgress;
  DatabasesProgress m_progress;
};

} // namespace

bool DatabasesComparison::different() const {
  // Rows that were still changing are neither equal nor different.
  const auto differs = [](const RowsResult& of) {
    return of.keyColumns.empty() ? of.fromRows != of.toRows || !of.sameChecksum.value_or(true)
                                 : of.onlyInFrom != 0 || of.onlyInTo != 0 || of.different != 0;
  };
  return !schema.differences.empty() ||
         std::ranges::any_of(rows, [&](const TableRows& table) { return table.result && differs(*table.result); });
}

bool DatabasesComparison::compared() const {
  const auto isKnown = [](const RowsResult& of) {
    return of.unsettled == 0 && (!of.keyColumns.empty() || of.sameChecksum);
  };
  return schema.notCompared.empty() &&
         std::ranges::all_of(rows, [&](const TableRows& table) { return table.result && isKnown(*table.result); });
}

bool DatabasesComparison::same() const {
  return compared() && !different();
}

std::expected<DatabasesComparison, Problem> compareDatabases(const ComparedSide& from, const ComparedSide& to,
                                                             const std::string& fromName, const std::string& toName,
                                                             const DatabasesRequest& request,
                                                             probe::Connector& connector, std::stop_token stop,
                                                             const OnDatabasesProgress& onProgress) {
  if (onProgress)
    onProgress({});
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
  if (!RowsOfTables(from, to, request, connector, stop, onProgress).compare(relations, comparison))
    return std::unexpected(stopped());
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
