#include "built_sighting.h"

#include <algorithm>

namespace whichbase::topology {

UtcTime timeOf(const char* iso8601) {
  return fromIso8601(iso8601).value();
}

Known<UsersFact> usersFact(std::int64_t count, CountKind kind) {
  return Known<UsersFact>::of({"public.users", Known<std::int64_t>::of(count), kind, {}, {}});
}

Facts plainFacts(std::uint64_t systemIdentifier, std::uint32_t oid) {
  Facts facts;
  facts.systemIdentifier = Known<std::uint64_t>::of(systemIdentifier);
  facts.databaseOid = oid;
  facts.databaseName = "shop";
  facts.serverVersion = "15.18";
  facts.serverPort = 5432;
  facts.walLsn = 0x5000;
  facts.senders = Known<std::vector<WalSender>>::of({});
  facts.users = usersFact(10);
  facts.tables = Known<std::vector<std::string>>::of({"public.items", "public.orders", "public.users"});
  facts.triggers = Known<std::vector<Trigger>>::of({});
  facts.clients = Known<Clients>::of({});
  facts.role = "app";
  facts.canInsertUsers = Known<bool>::of(true);
  facts.encrypted = true;
  return facts;
}

Facts withoutIdentifier(Facts facts, const std::string& reason) {
  facts.systemIdentifier = Known<std::uint64_t>::unknown(reason);
  return facts;
}

Trigger guardOf(const std::string& table) {
  return {table, "guard_" + table.substr(table.find('.') + 1), "BEFORE", {"DELETE"}, true, true};
}

WalSender streamingSender() {
  return {"walreceiver", "203.0.113.2", "streaming", "slot1", 0x5000, 0x5000};
}

Facts withSender(Facts primary, const WalSender& sender) {
  if (!primary.senders)
    primary.senders = Known<std::vector<WalSender>>::of({});
  primary.senders.value->push_back(sender);
  return primary;
}

Facts standbyOf(const Facts& primary) {
  Facts standby = primary;
  standby.inRecovery = true;
  standby.senders = Known<std::vector<WalSender>>::unknown("a standby");
  standby.receiver = Known<WalReceiver>::of({"streaming", "203.0.113.1", primary.serverPort, "slot1", primary.walLsn});
  standby.serverAddress = "203.0.113.2";
  standby.canInsertUsers = Known<bool>::of(false);
  standby.replayLag = Known<std::chrono::microseconds>::of(std::chrono::seconds(2));
  return standby;
}

BuiltSighting::BuiltSighting() {
  value.startedAt = timeOf("2025-12-03T14:00:00Z");
  value.finishedAt = timeOf("2025-12-03T14:00:01Z");
}

std::size_t BuiltSighting::target(const Facts& facts) {
  Observation observation;
  observation.startedAt = value.startedAt;
  observation.finishedAt = value.finishedAt;
  observation.facts = facts;
  value.observations.push_back(observation);
  return value.observations.size() - 1;
}

std::size_t BuiltSighting::unreached(Stage stage, const std::string& text) {
  Observation observation;
  observation.startedAt = value.startedAt;
  observation.finishedAt = value.finishedAt;
  observation.failure = Failure{stage, text, "Start it.", false, {}};
  value.observations.push_back(observation);
  return value.observations.size() - 1;
}

ServerSpec& BuiltSighting::server(const std::string& name, std::size_t target, Role role) {
  ServerSpec spec;
  spec.name = name;
  spec.role = role;
  spec.observation = target;
  spec.connection.host = "host" + std::to_string(target) + ".example.org";
  spec.connection.port = 5432;
  spec.connection.dbname = "shop";
  value.servers.push_back(spec);
  return value.servers.back();
}

void BuiltSighting::meet(std::size_t a, std::size_t b, Says says, const std::string& reason) {
  value.meetings.push_back({a, b, "flags", says, reason});
}

void BuiltSighting::ghost(std::size_t target, const Database& remembered) {
  value.ghosts.push_back({target, remembered});
}

std::optional<Finding> findingIn(const std::vector<Finding>& findings, const std::string& code) {
  const auto found = std::ranges::find(findings, code, &Finding::code);
  return found == findings.end() ? std::nullopt : std::optional(*found);
}

bool hasFinding(const Snapshot& snapshot, const std::string& code) {
  return findingIn(snapshot.findings, code).has_value();
}

bool hasChange(const Comparison& comparison, const std::string& code) {
  return std::ranges::find(comparison.changes, code, &Change::code) != comparison.changes.end();
}

} // namespace whichbase::topology
