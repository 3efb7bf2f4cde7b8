#include "report/json.h"
#include "report/json_time.h"
#include "report/proofs_json.h"
#include "topology/matrix.h"

#include <nlohmann/json.hpp>

// Keys stand in the order of the contract's example. A text that is empty, and every fact that is unknown, is null;
// where a reason is known, it stands beside it as "…_reason".
namespace whichbase::report {
namespace {

using Json = nlohmann::ordered_json;
using namespace topology;

Json textOrNull(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json timeOrNull(const std::optional<UtcTime>& time) {
  return time ? Json(timeText(*time)) : Json(nullptr);
}

// A 64-bit identifier does not fit a JSON number as most programs read it.
Json identifierOrNull(const std::optional<std::uint64_t>& id) {
  return id ? Json(std::to_string(*id)) : Json(nullptr);
}

template <class T, class Write>
void putKnown(Json& object, const std::string& key, const Known<T>& known, Write write) {
  object[key] = known ? Json(write(*known)) : Json(nullptr);
  if (!known.reason.empty())
    object[key + "_reason"] = known.reason;
}

Json toJsonValue(const UsersFact& users) {
  Json json;
  json["relation"] = users.relation;
  putKnown(json, "count", users.count, [](std::int64_t count) { return count; });
  json["exact"] = users.kind == CountKind::exact;
  json["kind"] = toString(users.kind);
  json["estimated_at"] = timeOrNull(users.estimatedAt);
  json["counted_at"] = timeOrNull(users.countedAt);
  putKnown(json, "newest_at", users.newestAt, timeText);
  return json;
}

Json toJsonValue(const std::vector<Trigger>& triggers) {
  Json list = Json::array();
  for (const Trigger& trigger : triggers)
    list.push_back({{"table", trigger.table},
                    {"name", trigger.name},
                    {"timing", trigger.timing},
                    {"events", trigger.events},
                    {"enabled", trigger.enabled},
                    {"protects", trigger.protects}});
  return list;
}

Json toJsonValue(const Clients& clients) {
  Json groups = Json::array();
  for (const ClientGroup& group : clients.groups)
    groups.push_back({{"address", textOrNull(group.address)},
                      {"application", textOrNull(group.application)},
                      {"user", textOrNull(group.user)},
                      {"sessions", group.sessions}});
  return {{"groups", groups}, {"hidden", clients.hidden}};
}

Json toJsonValue(const MaskedConnection& connection) {
  Json json;
  json["text"] = connection.text;
  json["host"] = textOrNull(connection.host);
  json["port"] = connection.port == 0 ? Json(nullptr) : Json(connection.port);
  json["dbname"] = textOrNull(connection.dbname);
  json["user"] = textOrNull(connection.user);
  json["read_differently"] = textOrNull(connection.readDifferently);
  json["safe_url"] = textOrNull(connection.safeUrl);
  json["password_in_project_file"] = connection.passwordInProjectFile;
  json["lacks"] = connection.lacks;
  json["origin"] = textOrNull(connection.origin);
  json["password_from"] = textOrNull(connection.passwordFrom);
  return json;
}

Json toJsonValue(const std::optional<Failure>& failure) {
  if (!failure)
    return nullptr;
  return {{"stage", toString(failure->stage)},
          {"text", failure->text},
          {"remedy", textOrNull(failure->remedy)},
          {"database_missing", failure->databaseMissing},
          {"instance_identifier", identifierOrNull(failure->instance)},
          {"login_command", textOrNull(failure->loginCommand)},
          {"password_missing", failure->passwordMissing}};
}

Json toJsonValue(const Server& server) {
  Json json;
  json["name"] = server.name;
  json["address"] = textOrNull(server.address);
  json["environment"] = textOrNull(server.environment);
  json["role"] = textOrNull(toString(server.role));
  json["connection"] = toJsonValue(server.connection);
  json["route"] = textOrNull(server.route);
  json["looked_from_here"] = server.lookedFromHere;
  json["client"] = server.client;
  json["outcome"] = server.reached() ? "reached" : "failed";
  json["failure"] = toJsonValue(server.failure);
  json["database"] = textOrNull(server.database);
  json["last_database"] = textOrNull(server.lastDatabase);
  json["session_role"] = textOrNull(server.sessionRole);
  putKnown(json, "can_insert_users", server.canInsertUsers, [](bool can) { return can; });
  json["read_only"] = server.readOnly;
  json["encrypted"] = server.encrypted;
  json["count_visible_only"] = server.countVisibleOnly;
  json["timings_ms"] = Json::object();
  for (const auto& [stage, milliseconds] : server.timingsMs)
    json["timings_ms"][stage] = milliseconds;
  return json;
}

void putInventory(Json& json, const Database& database) {
  putKnown(json, "size_bytes", database.sizeBytes, [](std::int64_t bytes) { return bytes; });
  putKnown(json, "users", database.users, [](const UsersFact& users) { return toJsonValue(users); });
  putKnown(json, "tables", database.tables, [](const std::vector<std::string>& tables) { return Json(tables); });
  putKnown(json, "triggers", database.triggers, [](const auto& triggers) { return toJsonValue(triggers); });
  putKnown(json, "clients", database.clients, [](const Clients& clients) { return toJsonValue(clients); });
}

Json toJsonValue(const Database& database) {
  Json json;
  json["id"] = database.id;
  json["identity"] = database.identityProven ? "proven" : "unknown";
  json["reason"] = textOrNull(database.identityReason);
  json["name"] = database.name;
  json["label"] = textOrNull(database.label);
  json["place"] = textOrNull(database.place);
  json["address"] = textOrNull(database.address);
  json["instance"] = textOrNull(database.instance);
  json["system_identifier"] = identifierOrNull(database.systemIdentifier);
  json["oid"] = database.oid == 0 ? Json(nullptr) : Json(database.oid);
  json["initialized_at"] = timeOrNull(database.initializedAt);
  json["started_at"] = timeOrNull(database.startedAt);
  json["server_version"] = textOrNull(database.serverVersion);
  json["in_recovery"] = database.inRecovery;
  json["replica_of"] = textOrNull(database.replicaOf);
  if (!database.replicaReason.empty())
    json["replica_of_reason"] = database.replicaReason;
  putKnown(json, "replay_lag_us", database.replayLag, [](std::chrono::microseconds lag) { return lag.count(); });
  putInventory(json, database);
  json["ghost"] = database.ghost;
  json["last_reached_at"] = timeOrNull(database.lastReachedAt);
  json["answered"] = database.answered;
  json["gone"] = database.gone;
  json["letter_basis"] = textOrNull(database.letterBasis);
  return json;
}

Json toJsonValue(const Instance& instance) {
  return {{"id", instance.id},
          {"system_identifier", identifierOrNull(instance.systemIdentifier)},
          {"in_recovery", instance.inRecovery},
          {"replica_of", textOrNull(instance.replicaOf)}};
}

Json toJsonValue(const Evidence& evidence) {
  return {{"kind", evidence.kind}, {"servers", evidence.servers}, {"says", evidence.says}, {"text", evidence.text}};
}

Json toJsonValue(const EndpointMove& move) {
  return {{"server", move.server},
          {"from", move.from},
          {"to", move.to},
          {"at", timeText(move.at)},
          {"to_standby", move.isToStandby}};
}

Json toJsonValue(const Verdict& verdict) {
  return {{"kind", toString(verdict.kind)},
          {"proof", verdict.provenBySessions ? "sessions" : "configuration"},
          {"text", verdict.text},
          {"detail", textOrNull(verdict.detail)}};
}

Json toJsonValue(const Finding& finding) {
  return {{"code", finding.code},         {"severity", toString(finding.severity)},
          {"subjects", finding.subjects}, {"title", textOrNull(finding.title)},
          {"text", finding.text},         {"remedy", textOrNull(finding.remedy)}};
}

Json toJsonValue(const Change& change) {
  return {{"code", change.code}, {"subjects", change.subjects}, {"text", change.text}};
}

Json toJsonValue(const MatrixColumn& column) {
  return {{"database", column.database},
          {"sessions_reason", textOrNull(column.sessionsReason)},
          {"other_sessions", column.strangers},
          {"others", column.strangersLook}};
}

template <class T>
Json listOf(const std::vector<T>& values) {
  Json list = Json::array();
  for (const T& value : values)
    list.push_back(toJsonValue(value));
  return list;
}

Json toJsonValue(const MatrixCell& cell, const Matrix& matrix) {
  Json json;
  json["database"] = matrix.columns[cell.column].database;
  json["configured"] = cell.configured;
  json["reached"] = cell.reached;
  json["identity_unknown"] = cell.uncertain;
  json["looked_from_here"] = cell.fromHere;
  json["same_address"] = cell.namesake;
  putKnown(json, "connected", cell.connected, [](int sessions) { return sessions; });
  json["at_least"] = cell.atLeast;
  json["shared_look"] = cell.sharedLook;
  json["elsewhere"] = cell.elsewhere;
  json["text"] = cellText(cell);
  return json;
}

// Cells of which there is nothing to say are left out, so that it does not grow with servers times databases.
Json toJsonValue(const Matrix& matrix) {
  Json rows = Json::array();
  for (const MatrixRow& row : matrix.rows) {
    Json cells = Json::array();
    for (const MatrixCell& cell : row.cells)
      cells.push_back(toJsonValue(cell, matrix));
    rows.push_back({{"server", row.server},
                    {"configured", textOrNull(row.configured)},
                    {"origin", textOrNull(row.origin)},
                    {"route", textOrNull(row.route)},
                    {"failure", textOrNull(row.failure)},
                    {"sessions_reason", textOrNull(row.sessionsReason)},
                    {"cells", std::move(cells)}});
  }
  return {{"columns", listOf(matrix.columns)}, {"rows", std::move(rows)}};
}

Json toJsonValue(const Snapshot& snapshot) {
  Json json;
  json["format"] = "whichbase/snapshot";
  json["version"] = 1;
  json["title"] = snapshot.title;
  json["symptom"] = textOrNull(snapshot.symptom);
  json["side"] = toString(snapshot.side);
  json["started_at"] = timeText(snapshot.startedAt);
  json["finished_at"] = timeText(snapshot.finishedAt);
  json["complete"] = snapshot.complete;
  json["servers"] = listOf(snapshot.servers);
  json["databases"] = listOf(snapshot.databases);
  json["instances"] = listOf(snapshot.instances);
  json["evidence"] = listOf(snapshot.evidence);
  json["endpoint_moves"] = listOf(snapshot.endpointMoves);
  json["verdict"] = toJsonValue(snapshot.verdict);
  json["findings"] = listOf(snapshot.findings);
  json["proofs"] = proofsToJson(snapshot.proofs);
  json["matrix"] = toJsonValue(matrixOf(snapshot)); // follows from the rest: reading a snapshot passes over it
  return json;
}

// Text from a database or a file may be anything; JSON is always valid UTF-8.
std::string written(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace

std::string toJson(const Snapshot& snapshot) {
  return written(toJsonValue(snapshot));
}

std::string toJson(const Comparison& comparison) {
  Json json;
  json["format"] = "whichbase/comparison";
  json["version"] = 1;
  json["before"] = toJsonValue(comparison.before);
  json["after"] = toJsonValue(comparison.after);
  json["changes"] = listOf(comparison.changes);
  json["findings"] = listOf(comparison.findings);
  json["fixed"] = listOf(comparison.fixed);
  return written(json);
}

std::string toJson(const std::vector<connection::Reading>& readings, const std::string& maskedSafeUrl) {
  const auto part = [](const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); };
  Json list = Json::array();
  for (const auto& reading : readings)
    list.push_back({{"driver", reading.driver},
                    {"accepts", reading.accepts},
                    {"user", part(reading.user)},
                    {"host", part(reading.host)},
                    {"port", part(reading.port)},
                    {"dbname", part(reading.dbname)},
                    {"problem", part(reading.problem)}});
  Json json;
  json["readings"] = std::move(list);
  json["safe_url"] = textOrNull(maskedSafeUrl);
  return written(json);
}

} // namespace whichbase::report
