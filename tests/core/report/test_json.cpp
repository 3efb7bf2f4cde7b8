#include "report/json.h"
#include "support/run_program.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace whichbase;
using namespace whichbase::topology;

namespace {

// A command is not read back from a file.
Snapshot withoutLogin(Snapshot snapshot) {
  for (Server& server : snapshot.servers)
    if (server.failure)
      server.failure->loginCommand.clear();
  return snapshot;
}

std::vector<std::pair<std::string, Snapshot>> allSamples() {
  return {{"incident before", samples::incidentBefore()},
          {"incident after", samples::incidentAfter()},
          {"incident compared, after", samples::incident().after},
          {"sixty servers", samples::sixtyServers()},
          {"one server", samples::oneServer()},
          {"two servers", samples::twoServers()},
          {"twelve servers", samples::twelveServers()},
          {"all unreachable", samples::allUnreachable()},
          {"unknown identity", samples::unknownIdentity()},
          {"long names", samples::longNames()},
          {"replica", samples::replica()},
          {"routes", withoutLogin(samples::routes())},
          {"one side empty", samples::oneSideEmpty().before},
          {"many servers", samples::manyServers(100, 30)}};
}

// Every member set to something that is not its default, every unknown with a reason.
Snapshot everythingSet() {
  Snapshot snapshot = samples::incidentBefore();
  snapshot.complete = false;
  Server& server = snapshot.servers.front();
  server.connection.readDifferently = "libpq reads another host";
  server.connection.lacks = {"user", "dbname"};
  server.connection.passwordInProjectFile = true;
  server.connection.origin = "DATABASE_URL in backend/.env";
  server.connection.passwordFrom = "~/.pgpass";
  server.lookedFromHere = true;
  server.client = {"203.0.113.20", "app:web"};
  server.canInsertUsers = Known<bool>::unknown("no users relation");
  server.countVisibleOnly = true;
  server.encrypted = true;
  server.timingsMs = {{"connect", 1.25}, {"identity", 0.5}};
  Database& database = snapshot.databases.front();
  database.startedAt = UtcTime(std::chrono::microseconds(1'764'770'531'000'001));
  database.initializedAt = UtcTime(std::chrono::microseconds(1'764'770'531'123'456));
  database.systemIdentifier = 18446744073709551615ULL;
  database.replayLag = Known<std::chrono::microseconds>::of(std::chrono::microseconds(1234567));
  database.replicaReason = "hidden";
  snapshot.proofs.rows = {{"A", "B", "public.\"User\"", true, 22, 4, 20, 2, 1, false, database.startedAt.value()}};
  snapshot.proofs.verification = Verification{Verification::Means::testRow,
                                              database.startedAt.value(),
                                              "Dashboard",
                                              "public.whichbase_canary",
                                              {{"Dashboard", "B", true, true, 1.5, true, ""},
                                               {"Staging Backend", "", false, false, {}, false, "connection refused"}},
                                              false};
  database.sizeBytes = Known<std::int64_t>::unknown("no CONNECT privilege");
  database.users.value->kind = CountKind::visibleOnly;
  database.users.value->count = Known<std::int64_t>::unknown("locked by another session");
  database.users.value->estimatedAt = database.startedAt;
  database.users.value->countedAt = database.startedAt;
  database.users.value->newestAt = Known<UtcTime>::of(*database.initializedAt);
  Clients clients;
  clients.groups = {{"", "app", "tovplay", 3}, {"203.0.113.20", "", "", 1}};
  clients.hidden = 2;
  database.clients = Known<Clients>::of(clients);
  database.triggers = Known<std::vector<Trigger>>::of({{"", "no_drop", "ON", {"sql_drop"}, false, true}});
  database.ghost = true;
  database.answered = false;
  database.gone = true;
  database.letterBasis = "same by identifier";
  Failure failure{Stage::deadline, "no answer within 10 s", "look at the network", true, 7};
  failure.passwordMissing = true;
  snapshot.servers.back().failure = failure;
  snapshot.servers.back().database.clear();
  snapshot.servers.back().lastDatabase = "B";
  snapshot.endpointMoves = {{server.name, "B", "A", *database.startedAt, true}};
  return snapshot;
}

std::string errorOf(const std::string& text) {
  const auto result = report::snapshotFromJson(text, "before.json");
  return result ? "" : result.error().text;
}

nlohmann::json incidentJson() {
  return nlohmann::json::parse(report::toJson(samples::incidentBefore()));
}

} // namespace

TEST(SnapshotJson, ComesBackEqualForEverySample) {
  for (const auto& [name, snapshot] : allSamples()) {
    const auto back = report::snapshotFromJson(report::toJson(snapshot), "sample");
    ASSERT_TRUE(back) << name << ": " << back.error().text;
    EXPECT_EQ(*back, snapshot) << name;
    EXPECT_EQ(report::toJson(*back), report::toJson(snapshot)) << name;
  }
}

TEST(SnapshotJson, ComesBackEqualWithEveryMemberSet) {
  const Snapshot snapshot = everythingSet();
  const auto back = report::snapshotFromJson(report::toJson(snapshot), "sample");
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(*back, snapshot);
}

TEST(SnapshotJson, ComparesAsTheSnapshotsThatWereWritten) {
  const auto before = report::snapshotFromJson(report::toJson(samples::incidentBefore()), "before");
  const auto after = report::snapshotFromJson(report::toJson(samples::incidentAfter()), "after");
  ASSERT_TRUE(before && after);
  EXPECT_EQ(compare(*before, *after), compare(samples::incidentBefore(), samples::incidentAfter()));
}

TEST(SnapshotJson, HoldsTheMatrix) {
  const auto matrix = nlohmann::json::parse(report::toJson(samples::routes())).at("matrix");
  ASSERT_EQ(matrix["columns"].size(), 2U);
  EXPECT_EQ(matrix["columns"][0]["database"], "A");
  EXPECT_EQ(matrix["columns"][0]["other_sessions"], 1);
  EXPECT_EQ(matrix["columns"][0]["others"][0], "203.0.113.99, psql");
  const auto& worker = matrix["rows"][2];
  EXPECT_EQ(worker["server"], "Report Worker");
  EXPECT_EQ(worker["configured"], "postgres:5432/app");
  EXPECT_EQ(worker["origin"], "DATABASE_URL in worker/.env");
  EXPECT_EQ(worker["route"], "command docker exec -i worker nc %h %p");
  ASSERT_EQ(worker["cells"].size(), 2U);
  EXPECT_EQ(worker["cells"][1]["database"], "B");
  EXPECT_EQ(worker["cells"][1]["connected"], 2);
  EXPECT_EQ(worker["cells"][1]["elsewhere"], true);
  const auto& mailer = matrix["rows"][4]["cells"][0];
  EXPECT_EQ(mailer["same_address"], true);
  EXPECT_EQ(mailer["connected"], 0);
}

TEST(SnapshotJson, TheMatrixDoesNotGrowWithServersTimesDatabases) {
  const auto sizeOf = [](const Snapshot& snapshot) {
    return nlohmann::json::parse(report::toJson(snapshot)).at("matrix").dump().size();
  };
  EXPECT_LT(sizeOf(samples::manyServers(200, 200)), 2 * sizeOf(samples::manyServers(200, 2)));
}

TEST(SnapshotJson, ALoginCommandIsWrittenAndNeverReadBack) {
  const std::string text = report::toJson(samples::routes());
  EXPECT_NE(text.find("ssh -o ControlMaster=yes mail"), std::string::npos);
  const auto back = report::snapshotFromJson(text, "sample");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->servers[4].failure->loginCommand, "");
  EXPECT_EQ(*back, withoutLogin(samples::routes()));
}

TEST(SnapshotJson, AnOlderOneWithoutMatrixAndOriginIsRead) {
  auto json = incidentJson();
  json.erase("matrix");
  for (auto& server : json["servers"])
    for (const char* key : {"origin", "password_from"})
      server["connection"].erase(key);
  const auto back = report::snapshotFromJson(json.dump(), "older.json");
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(*back, samples::incidentBefore());
}

TEST(SnapshotJson, AMatrixThatContradictsTheRestIsPassedOver) {
  auto json = incidentJson();
  json["matrix"] = {{"rows", "nonsense"}};
  const auto back = report::snapshotFromJson(json.dump(), "odd.json");
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(*back, samples::incidentBefore());
}

TEST(SnapshotJson, FollowsItsSchema) {
  for (const auto& [name, snapshot] : allSamples())
    EXPECT_EQ(test::schemaViolation(report::toJson(snapshot), "snapshot.schema.json"), "") << name;
  EXPECT_EQ(test::schemaViolation(report::toJson(everythingSet()), "snapshot.schema.json"), "");
}

TEST(SnapshotJson, SchemaRefusesWhatIsNoSnapshot) {
  auto json = incidentJson();
  json["databases"][0]["system_identifier"] = 7711035956328493398;
  EXPECT_NE(test::schemaViolation(json.dump(), "snapshot.schema.json"), "");
  json = incidentJson();
  json["findings"][0]["code"] = "made-up";
  EXPECT_NE(test::schemaViolation(json.dump(), "snapshot.schema.json"), "");
}

TEST(ComparisonJson, FollowsItsSchema) {
  EXPECT_EQ(test::schemaViolation(report::toJson(samples::incident()), "comparison.schema.json"), "");
  EXPECT_EQ(test::schemaViolation(report::toJson(samples::oneSideEmpty()), "comparison.schema.json"), "");
  auto json = nlohmann::json::parse(report::toJson(samples::incident()));
  json["before"]["servers"][0].erase("outcome");
  EXPECT_NE(test::schemaViolation(json.dump(), "comparison.schema.json"), "");
}

TEST(ReadingsJson, FollowsItsSchemaAndHoldsNoPassword) {
  const std::string url = "postgresql://ops@example.org:s3cr3tpw@203.0.113.196:5432/TovPlay";
  const auto parsed = connection::parse(url);
  ASSERT_TRUE(parsed.value);
  const auto json = report::toJson(connection::readings(url), connection::safeUrl(*parsed.value, true));
  EXPECT_EQ(test::schemaViolation(json, "explain.schema.json"), "");
  EXPECT_EQ(json.find("s3cr3tpw"), std::string::npos) << json;
}

TEST(SnapshotJson, KeepsTheContractsKeysAndTypes) {
  const auto json = incidentJson();
  EXPECT_EQ(json["format"], "whichbase/snapshot");
  EXPECT_EQ(json["version"], 1);
  EXPECT_EQ(json["side"], "before");
  EXPECT_TRUE(json["databases"][0]["system_identifier"].is_string());
  EXPECT_EQ(json["databases"][0]["users"]["count"], 22);
  EXPECT_EQ(json["databases"][0]["identity"], "proven");
  EXPECT_EQ(json["servers"][0]["outcome"], "reached");
  EXPECT_TRUE(json["servers"][0]["failure"].is_null());
  EXPECT_EQ(json["verdict"]["kind"], "split");
}

TEST(SnapshotJson, WritesTextThatIsNotUtf8AsValidJson) {
  Snapshot snapshot = samples::oneServer();
  snapshot.title = "caf\xE9";
  EXPECT_TRUE(nlohmann::json::accept(report::toJson(snapshot)));
}

TEST(SnapshotJson, ReadsAFileThatHasOnlyTheContractsKeys) {
  const auto back = report::snapshotFromJson(R"({"format": "whichbase/snapshot", "version": 1, "title": "T",
    "side": "before", "started_at": "2026-01-01T00:00:00.000Z", "finished_at": "2026-01-01T00:00:01.000Z",
    "servers": [{"name": "Dashboard", "address": ":7777", "environment": null, "role": "reads",
      "connection": {"text": "postgresql://u:***@h/d", "host": "h", "port": 5432, "dbname": "d", "user": "u"},
      "route": "direct", "outcome": "reached", "failure": null, "database": "A", "timings_ms": {}}],
    "databases": [{"id": "A", "identity": "proven", "reason": null, "name": "d", "users": null, "added_later": [1]}],
    "instances": [], "evidence": [], "findings": []})",
                                             "hand.json");
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(back->servers[0].role, Role::reads);
  EXPECT_TRUE(back->databases[0].answered);
  EXPECT_FALSE(back->databases[0].users);
}

TEST(SnapshotJson, MasksAPasswordThatSomebodyWroteIntoTheFile) {
  auto json = incidentJson();
  json["servers"][0]["connection"]["text"] = "postgresql://tovplay:leaked-pw@postgres:5432/TovPlay";
  const auto back = report::snapshotFromJson(json.dump(), "before.json");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->servers[0].connection.text.find("leaked-pw"), std::string::npos);
}

TEST(BadSnapshot, TruncatedAnywhereSaysThatItIsCutOff) {
  const std::string whole = report::toJson(samples::oneServer());
  for (std::size_t length = 2; length < whole.size() - 2; length += 37) {
    const std::string text = errorOf(whole.substr(0, length));
    EXPECT_NE(text.find("before.json is cut off"), std::string::npos) << length << ": " << text;
  }
}

TEST(BadSnapshot, EmptyFileSaysSo) {
  EXPECT_NE(errorOf(" \n").find("before.json is empty"), std::string::npos);
}

TEST(BadSnapshot, NotJsonNamesLineAndColumn) {
  EXPECT_NE(errorOf("title = \"TovPlay\"\n").find("before.json:1:2: this is not JSON"), std::string::npos)
      << errorOf("title = \"TovPlay\"\n");
  EXPECT_NE(errorOf("{\"a\": 1,\n  oops}").find("before.json:2:3: this is not JSON"), std::string::npos)
      << errorOf("{\"a\": 1,\n  oops}");
}

TEST(BadSnapshot, NewerVersionSaysToUpdate) {
  auto json = incidentJson();
  json["version"] = 2;
  json["servers"] = "in some new form";
  const std::string text = errorOf(json.dump());
  EXPECT_NE(text.find("version 2, written by a newer Whichbase"), std::string::npos) << text;
  EXPECT_NE(text.find("update"), std::string::npos) << text;
}

TEST(BadSnapshot, ComparisonSaysWhatToGiveInstead) {
  const std::string text = errorOf(report::toJson(samples::incident()));
  EXPECT_NE(text.find("is a comparison of two sides, not a snapshot"), std::string::npos) << text;
}

TEST(BadSnapshot, OtherFormatIsNamed) {
  EXPECT_NE(errorOf(R"({"format": "grafana/dashboard"})").find("\"grafana/dashboard\""), std::string::npos);
  EXPECT_NE(errorOf("[1, 2]").find("not a Whichbase snapshot"), std::string::npos);
  EXPECT_NE(errorOf(R"({"format": "whichbase/snapshot"})").find("does not say which version"), std::string::npos);
}

TEST(BadSnapshot, WrongTypeNamesThePlace) {
  auto json = incidentJson();
  json["servers"][1]["outcome"] = "maybe";
  EXPECT_NE(errorOf(json.dump()).find("servers[1].outcome: expected \"reached\" or \"failed\""), std::string::npos);
  json = incidentJson();
  json["databases"][0]["users"]["count"] = "22";
  EXPECT_NE(errorOf(json.dump()).find("databases[0].users.count"), std::string::npos);
  json = incidentJson();
  json["servers"][0]["database"] = "Z";
  EXPECT_NE(errorOf(json.dump()).find("\"Z\""), std::string::npos);
  json = incidentJson();
  json["databases"][1]["id"] = json["databases"][0]["id"];
  EXPECT_NE(errorOf(json.dump()).find("twice"), std::string::npos);
}

TEST(BadSnapshot, NeverEndsTheProgramWhateverByteIsChanged) {
  const std::string whole = report::toJson(samples::incidentBefore());
  for (std::size_t at = 0; at < whole.size(); at += 11)
    for (const char letter : {'"', '{', '0', '\xFF'}) {
      std::string changed = whole;
      changed[at] = letter;
      const auto result = report::snapshotFromJson(changed, "before.json");
      if (!result) {
        EXPECT_NE(result.error().text.find("before.json"), std::string::npos);
      }
    }
}

TEST(BadSnapshot, NestedBeyondReasonIsRefusedAndEndsNothing) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i)
    deep += "{\"a\":";
  EXPECT_NE(errorOf(deep).find("cut off"), std::string::npos);
  EXPECT_NE(errorOf(deep + "1" + std::string(100'000, '}')).find("has no \"format\""), std::string::npos);
}

TEST(BadSnapshot, DeviceWithoutAnEndIsTooLarge) {
  const auto result = report::loadSnapshot("/dev/zero");
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().text.find("larger than 64 MiB"), std::string::npos);
}

TEST(BadSnapshot, FoldersAndMissingFilesAreNamed) {
  const auto folder = report::loadSnapshot("/tmp");
  ASSERT_FALSE(folder);
  EXPECT_NE(folder.error().text.find("/tmp is a folder"), std::string::npos);
  const auto missing = report::loadSnapshot("/nowhere/before.json");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().text.find("cannot read /nowhere/before.json: there is no such file"), std::string::npos);
}
