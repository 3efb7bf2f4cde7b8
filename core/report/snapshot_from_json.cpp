#include "connection/connection_string.h"
#include "report/json.h"
#include "report/json_reader.h"
#include "report/proofs_json.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>

namespace whichbase::report {
namespace {

using namespace topology;
using Reader = const ObjectReader&;

UsersFact readUsers(Reader in) {
  UsersFact users;
  users.relation = in.text("relation");
  users.count = in.known<std::int64_t>("count", [&](const char* key) { return in.integer(key, 0).value_or(0); });
  users.kind = in.flag("exact", true) ? CountKind::exact : CountKind::estimate;
  if (in.find("kind"))
    users.kind = in.oneOf<CountKind>("kind", {{toString(CountKind::exact), CountKind::exact},
                                              {toString(CountKind::estimate), CountKind::estimate},
                                              {toString(CountKind::visibleOnly), CountKind::visibleOnly}});
  users.estimatedAt = in.time("estimated_at");
  users.countedAt = in.time("counted_at");
  users.newestAt = in.known<UtcTime>("newest_at", [&](const char* key) { return in.time(key).value_or(UtcTime{}); });
  return users;
}

Trigger readTrigger(Reader in) {
  Trigger trigger;
  trigger.table = in.text("table");
  trigger.name = in.text("name");
  trigger.timing = in.text("timing");
  trigger.events = in.texts("events");
  trigger.enabled = in.flag("enabled", true);
  trigger.protects = in.flag("protects");
  return trigger;
}

Clients readClients(Reader in) {
  constexpr int most = std::numeric_limits<int>::max();
  Clients clients;
  clients.groups = in.list<ClientGroup>("groups", [](Reader group) {
    return ClientGroup{group.text("address"), group.text("application"), group.text("user"),
                       int(group.integer("sessions", 0, most).value_or(1))};
  });
  clients.hidden = int(in.integer("hidden", 0, most).value_or(0));
  return clients;
}

MaskedConnection readConnection(Reader in) {
  MaskedConnection connection;
  // The file may have been written by hand, or by another program: masked again, so that no password gets further.
  connection.text = connection::redact(in.text("text"));
  connection.host = in.text("host");
  connection.port = int(in.integer("port", 0, 65535).value_or(0));
  connection.dbname = in.text("dbname");
  connection.user = in.text("user");
  connection.readDifferently = in.text("read_differently");
  connection.safeUrl = connection::redact(in.text("safe_url"));
  connection.passwordInProjectFile = in.flag("password_in_project_file");
  connection.lacks = in.texts("lacks");
  connection.origin = connection::redact(in.text("origin"));
  connection.passwordFrom = in.text("password_from");
  return connection;
}

Failure readFailure(Reader in) {
  std::vector<std::pair<std::string, Stage>> stages;
  for (const Stage stage : {Stage::configuration, Stage::resolve, Stage::route, Stage::connect, Stage::authenticate,
                            Stage::query, Stage::deadline})
    stages.emplace_back(toString(stage), stage);
  Failure failure;
  failure.stage = in.oneOf<Stage>("stage", stages);
  failure.text = in.text("text");
  failure.remedy = in.text("remedy");
  failure.databaseMissing = in.flag("database_missing");
  failure.instance = in.identifier("instance_identifier");
  failure.passwordMissing = in.flag("password_missing");
  // "login_command" is passed over: a file must not bring a command that somebody may be offered to run.
  return failure;
}

void readOutcome(Reader in, Server& server) {
  const bool reached = in.oneOf<bool>("outcome", {{"reached", true}, {"failed", false}});
  if (!reached && in.find("failure"))
    server.failure = readFailure(in.child("failure"));
  else if (!reached)
    in.problem().add(in.placeOf("failure"), "an object, because the outcome is \"failed\"");
  server.database = in.text("database");
  server.lastDatabase = in.text("last_database");
  if (reached && server.database.empty())
    in.problem().add(in.placeOf("database"), "the id of a database, because the outcome is \"reached\"");
}

Server readServer(Reader in) {
  Server server;
  server.name = in.requiredText("name");
  server.address = in.text("address");
  server.environment = in.text("environment");
  if (in.find("role"))
    server.role = in.oneOf<Role>("role", {{"writes", Role::writes}, {"reads", Role::reads}});
  if (in.find("connection"))
    server.connection = readConnection(in.child("connection"));
  server.route = in.text("route");
  server.lookedFromHere = in.flag("looked_from_here");
  server.client = in.texts("client");
  readOutcome(in, server);
  server.sessionRole = in.text("session_role");
  server.canInsertUsers = in.known<bool>("can_insert_users", [&](const char* key) { return in.flag(key); });
  server.readOnly = in.flag("read_only");
  server.encrypted = in.flag("encrypted");
  server.countVisibleOnly = in.flag("count_visible_only");
  if (const auto* timings = in.find("timings_ms"); timings && timings->is_object())
    for (const auto& [stage, milliseconds] : timings->items())
      server.timingsMs[stage] = in.number(milliseconds, in.placeOf("timings_ms"));
  return server;
}

void readInventory(Reader in, Database& database) {
  database.sizeBytes =
      in.known<std::int64_t>("size_bytes", [&](const char* key) { return in.integer(key, 0).value_or(0); });
  database.users = in.known<UsersFact>("users", [&](const char* key) { return readUsers(in.child(key)); });
  database.tables = in.known<std::vector<std::string>>("tables", [&](const char* key) { return in.texts(key); });
  database.triggers =
      in.known<std::vector<Trigger>>("triggers", [&](const char* key) { return in.list<Trigger>(key, readTrigger); });
  database.clients = in.known<Clients>("clients", [&](const char* key) { return readClients(in.child(key)); });
}

Database readDatabase(Reader in) {
  Database database;
  database.id = in.requiredText("id");
  database.identityProven = in.oneOf<bool>("identity", {{"proven", true}, {"unknown", false}});
  database.identityReason = in.text("reason");
  database.name = in.text("name");
  database.label = in.text("label");
  database.place = in.text("place");
  database.address = in.text("address");
  database.instance = in.text("instance");
  database.systemIdentifier = in.identifier("system_identifier");
  database.oid = std::uint32_t(in.integer("oid", 0, std::numeric_limits<std::uint32_t>::max()).value_or(0));
  database.initializedAt = in.time("initialized_at");
  database.startedAt = in.time("started_at");
  database.serverVersion = in.text("server_version");
  database.inRecovery = in.flag("in_recovery");
  database.replicaOf = in.text("replica_of");
  database.replicaReason = in.text("replica_of_reason");
  database.replayLag = in.known<std::chrono::microseconds>(
      "replay_lag_us", [&](const char* key) { return std::chrono::microseconds(in.integer(key).value_or(0)); });
  readInventory(in, database);
  database.ghost = in.flag("ghost");
  database.lastReachedAt = in.time("last_reached_at");
  database.answered = in.flag("answered", true);
  database.gone = in.flag("gone");
  database.letterBasis = in.text("letter_basis");
  return database;
}

Instance readInstance(Reader in) {
  return {in.requiredText("id"), in.identifier("system_identifier"), in.flag("in_recovery"), in.text("replica_of")};
}

Evidence readEvidence(Reader in) {
  return {in.text("kind"), in.texts("servers"), in.text("says"), in.text("text")};
}

EndpointMove readMove(Reader in) {
  return {in.requiredText("server"), in.requiredText("from"), in.requiredText("to"), in.time("at").value_or(UtcTime{}),
          in.flag("to_standby")};
}

Verdict readVerdict(Reader in) {
  std::vector<std::pair<std::string, VerdictKind>> kinds;
  for (const VerdictKind kind :
       {VerdictKind::singleSource, VerdictKind::split, VerdictKind::undetermined, VerdictKind::nothingToCompare})
    kinds.emplace_back(toString(kind), kind);
  Verdict verdict;
  verdict.kind = in.oneOf<VerdictKind>("kind", kinds);
  verdict.provenBySessions = in.text("proof") == "sessions";
  verdict.text = in.text("text");
  verdict.detail = in.text("detail");
  return verdict;
}

Finding readFinding(Reader in) {
  Finding finding;
  finding.code = in.requiredText("code");
  finding.severity = in.oneOf<Severity>("severity", {{toString(Severity::info), Severity::info},
                                                     {toString(Severity::warning), Severity::warning},
                                                     {toString(Severity::error), Severity::error}});
  finding.subjects = in.texts("subjects");
  finding.title = in.text("title");
  finding.text = in.text("text");
  finding.remedy = in.text("remedy");
  return finding;
}

// Names are unique, and what a server leads to is in the file.
void checkReferences(const Snapshot& snapshot, ReadProblem& problem) {
  std::set<std::string> databases;
  for (const Database& database : snapshot.databases)
    if (!databases.insert(database.id).second)
      problem.add("databases", fmt::format("each id once, but \"{}\" is there twice", database.id));
  std::set<std::string> servers;
  for (const Server& server : snapshot.servers) {
    if (!servers.insert(server.name).second)
      problem.add("servers", fmt::format("each name once, but \"{}\" is there twice", server.name));
    if (!server.database.empty() && !databases.contains(server.database))
      problem.add("servers",
                  fmt::format("the database \"{}\" of \"{}\" among the databases", server.database, server.name));
  }
}

Snapshot readSnapshot(Reader in) {
  Snapshot snapshot;
  snapshot.title = in.text("title");
  snapshot.symptom = in.text("symptom");
  snapshot.side = in.oneOf<Side>("side", {{"before", Side::before}, {"after", Side::after}});
  snapshot.startedAt = in.time("started_at").value_or(UtcTime{});
  snapshot.finishedAt = in.time("finished_at").value_or(snapshot.startedAt);
  if (!in.find("started_at"))
    in.problem().add("started_at", "a time as \"2026-01-01T00:00:00.000Z\"");
  snapshot.complete = in.flag("complete", true);
  if (!in.find("servers") || !in.find("databases"))
    in.problem().add("servers and databases", "two lists");
  snapshot.servers = in.list<Server>("servers", readServer);
  snapshot.databases = in.list<Database>("databases", readDatabase);
  snapshot.instances = in.list<Instance>("instances", readInstance);
  snapshot.evidence = in.list<Evidence>("evidence", readEvidence);
  snapshot.endpointMoves = in.list<EndpointMove>("endpoint_moves", readMove);
  if (in.find("verdict"))
    snapshot.verdict = readVerdict(in.child("verdict"));
  snapshot.findings = in.list<Finding>("findings", readFinding);
  if (in.find("proofs"))
    snapshot.proofs = proofsFromJson(in.child("proofs"));
  checkReferences(snapshot, in.problem());
  return snapshot;
}

constexpr auto makeOne = "make one with: whichbase-cli probe PROJECT --side before --format json --output FILE";

std::unexpected<Error> unusable(const std::string& text) {
  return std::unexpected(Error{connection::redact(text)});
}

std::unexpected<Error> notJson(std::string_view text, const std::string& fileName, std::size_t byte) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return unusable(fmt::format("{} is empty; {}", fileName, makeOne));
  const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const bool startsAsObject = first != std::string_view::npos && text[first] == '{';
  if (startsAsObject && byte > text.find_last_not_of(" \t\r\n") + 1)
    return unusable(fmt::format("{} is cut off: it ends in the middle of the snapshot; take a whole copy of it, or {}",
                                fileName, makeOne));
  const auto before = text.substr(0, std::min(byte == 0 ? 0 : byte - 1, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto lineStart = before.rfind('\n');
  const auto column = before.size() - (lineStart == std::string_view::npos ? 0 : lineStart + 1) + 1;
  return unusable(fmt::format("{}:{}:{}: this is not JSON, so it is no snapshot; {}", fileName, line, column, makeOne));
}

// Empty when the file is a snapshot that this program can read.
std::string wrongFormat(const nlohmann::json& json, const std::string& fileName) {
  const auto format = json.is_object() ? json.find("format") : json.end();
  if (!json.is_object() || format == json.end() || !format->is_string())
    return fmt::format("{} is JSON, but not a Whichbase snapshot (it has no \"format\"); {}", fileName, makeOne);
  if (*format == "whichbase/comparison")
    return fmt::format(
        "{} is a comparison of two sides, not a snapshot of one; give the snapshots it was made from, or "
        "take its \"before\" or \"after\" part into a file of its own",
        fileName);
  if (*format != "whichbase/snapshot")
    return fmt::format("{} says that its format is \"{}\", not \"whichbase/snapshot\"; {}", fileName,
                       format->get<std::string>().substr(0, 60), makeOne);
  const auto version = json.find("version");
  if (version == json.end() || !version->is_number_integer() || *version < 1)
    return fmt::format("{} does not say which version of a snapshot it is; {}", fileName, makeOne);
  if (*version > 1)
    return fmt::format("{} is a snapshot of version {}, written by a newer Whichbase; this one reads version 1: update "
                       "it to open the file",
                       fileName, version->dump());
  return {};
}

} // namespace

std::expected<Snapshot, Error> snapshotFromJson(std::string_view text, const std::string& fileName) {
  nlohmann::json json;
  try {
    json = nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    return notJson(text, fileName, error.byte);
  } catch (const nlohmann::json::exception&) { // a number beyond every range
    return unusable(fmt::format("{} holds a number that is out of range, so it is no snapshot; {}", fileName, makeOne));
  }
  if (const std::string wrong = wrongFormat(json, fileName); !wrong.empty())
    return unusable(wrong);
  ReadProblem problem;
  Snapshot snapshot = readSnapshot(ObjectReader(json, "", problem));
  if (!problem.text.empty())
    return unusable(fmt::format("{} is not a whole snapshot: {}; take an unchanged copy of it, or {}", fileName,
                                problem.text, makeOne));
  return snapshot;
}

std::expected<Snapshot, Error> loadSnapshot(const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored))
    return unusable(fmt::format("{} is a folder; name the snapshot file in it", file.string()));
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    const int error = errno;
    const char* what = error == ENOENT   ? "there is no such file; check its name"
                       : error == EACCES ? "no permission to read it; ask its owner for a copy"
                                         : std::strerror(error);
    return unusable(fmt::format("cannot read {}: {}", file.string(), what));
  }
  // A snapshot of 10,000 servers has a quarter of that; a device without an end must not fill the memory.
  constexpr std::size_t most = std::size_t{64} << 20U;
  std::string content;
  std::array<char, 65536> block{};
  while (content.size() <= most && (stream.read(block.data(), block.size()), stream.gcount() > 0))
    content.append(block.data(), static_cast<std::size_t>(stream.gcount()));
  if (stream.bad())
    return unusable(fmt::format("cannot read {}: the disk or the connection to it failed; try again", file.string()));
  if (content.size() > most)
    return unusable(fmt::format("{} is larger than 64 MiB, so it is no snapshot; {}", file.string(), makeOne));
  return snapshotFromJson(content, file.string());
}

} // namespace whichbase::report
