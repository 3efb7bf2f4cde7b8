#include "support/sample_parts.h"

#include <fmt/format.h>

namespace whichbase::samples {

using namespace topology;
using namespace std::chrono_literals;

const std::vector<std::string> incidentTables = {
    "public.\"AuditLog\"",   "public.\"Availability\"", "public.\"EmailVerification\"", "public.\"Event\"",
    "public.\"Friend\"",     "public.\"Game\"",         "public.\"GameRequest\"",       "public.\"Notification\"",
    "public.\"Session\"",    "public.\"User\"",         "public.\"UserGame\"",          "public.\"UserProfile\"",
    "public.\"UserStatus\"", "public.audit_log",        "public.game_backup",           "public.login_history",
    "public.user_archive"};

UtcTime at(std::string_view text) {
  return fromIso8601(text).value_or(UtcTime{});
}

Facts facts(std::uint64_t identifier, const std::string& name, UtcTime started) {
  Facts facts;
  facts.systemIdentifier = Known<std::uint64_t>::of(identifier);
  facts.databaseOid = 16385;
  facts.databaseName = name;
  facts.serverVersion = "15.18";
  facts.startedAt = Known<UtcTime>::of(started);
  facts.serverPort = 5432;
  facts.timeline = 1;
  facts.walLsn = 0x3000000;
  facts.receiver = Known<WalReceiver>::unknown("not a standby");
  facts.senders = Known<std::vector<WalSender>>::of({});
  facts.replayLag = Known<std::chrono::microseconds>::unknown("not a standby");
  facts.sizeBytes = Known<std::int64_t>::of(9'600'000);
  facts.triggers = Known<std::vector<Trigger>>::of({});
  facts.clients = Known<Clients>::of({});
  facts.role = "app";
  facts.canInsertUsers = Known<bool>::of(true);
  facts.encrypted = true;
  return facts;
}

Observation reached(const Facts& facts, UtcTime started) {
  Observation observation;
  observation.startedAt = started;
  observation.finishedAt = started + 40ms;
  observation.facts = facts;
  observation.timingsMs = {{"resolve", 0.4}, {"connect", 9.1}, {"identity", 2.0}, {"inventory", 3.5}, {"count", 0.8}};
  return observation;
}

Observation failed(Stage stage, const std::string& text, const std::string& remedy, UtcTime started) {
  Observation observation;
  observation.startedAt = started;
  observation.finishedAt = started + 60ms;
  observation.failure = Failure{stage, text, remedy, false, {}};
  return observation;
}

MaskedConnection connection(const std::string& user, const std::string& host, int port, const std::string& dbname) {
  MaskedConnection masked;
  masked.text = fmt::format("postgresql://{}:***@{}:{}/{}", user, host, port, dbname);
  masked.host = host;
  masked.port = port;
  masked.dbname = dbname;
  masked.user = user;
  return masked;
}

ServerSpec server(const std::string& name, const std::string& address, const std::string& environment, Role role,
                  const MaskedConnection& connection, std::size_t observation) {
  return {name, address, environment, role, connection, "direct", false, {}, observation};
}

Sighting sighting(Side side, UtcTime started) {
  Sighting sighting;
  sighting.title = "TovPlay";
  sighting.symptom = "Where are my 22 users?!";
  sighting.side = side;
  sighting.startedAt = started;
  sighting.finishedAt = started + 48ms;
  sighting.labels = {{"postgres:5432", "Local container", "inside the production server"},
                     {"203.0.113.196:5432", "External", ""}};
  return sighting;
}

Clients sessions(std::initializer_list<ClientGroup> groups) {
  return {groups, 0};
}

UsersFact usersOf(std::int64_t count, UtcTime newest) {
  return {"public.\"User\"", Known<std::int64_t>::of(count), CountKind::exact, {}, Known<UtcTime>::of(newest)};
}

MaskedConnection externalConnection() {
  MaskedConnection masked = connection("ops@example.org", "203.0.113.196", 5432, "TovPlay");
  masked.readDifferently = "“@” in the user name is not escaped: libpq and asyncpg take the host to be example.org; "
                           "SQLAlchemy, node-postgres and pgx read it as meant.";
  masked.safeUrl = "postgresql://ops%40example.org:***@203.0.113.196:5432/TovPlay";
  return masked;
}

std::vector<std::string> firstTables(std::size_t count) {
  return {incidentTables.begin(), incidentTables.begin() + static_cast<std::ptrdiff_t>(count)};
}

} // namespace whichbase::samples
