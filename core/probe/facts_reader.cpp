#include "probe/facts_reader.h"

#include "probe/answer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace whichbase::probe {
namespace {

using nlohmann::json;
using topology::Known;
using topology::UtcTime;

using answer::bigNumber;
using answer::flag;
using answer::listOf;
using answer::number;
using answer::text;
using answer::time;

UsersCandidate readCandidate(const json& object) {
  UsersCandidate candidate;
  candidate.relation = text(object, "relation");
  candidate.kind = text(object, "kind");
  candidate.rank = number(object, "rank", 0);
  candidate.inPublic = flag(object, "public");
  candidate.mayRead = flag(object, "select");
  candidate.mayInsert = flag(object, "insert");
  candidate.rowSecurity = flag(object, "security");
  candidate.estimate = number<std::int64_t>(object, "estimate", -1);
  candidate.analyzedAt = time(object, "analyzed");
  candidate.creationColumn = text(object, "created");
  return candidate;
}

// pg_trigger.tgtype: bit 1 BEFORE, 2 INSERT, 3 DELETE, 4 UPDATE, 5 TRUNCATE, 6 INSTEAD OF
// (src/include/catalog/pg_trigger.h).
topology::Trigger readTrigger(const json& object) {
  const int type = number(object, "type", 0);
  const std::string enabled = text(object, "enabled");
  topology::Trigger trigger;
  trigger.table = text(object, "table");
  trigger.name = text(object, "name");
  trigger.timing = type & 64 ? "INSTEAD OF" : type & 2 ? "BEFORE" : "AFTER";
  for (const auto& [bit, name] : {std::pair{4, "INSERT"}, {16, "UPDATE"}, {8, "DELETE"}, {32, "TRUNCATE"}})
    if (type & bit)
      trigger.events.emplace_back(name);
  // 'R' fires only in a session that applies replication: not for an application.
  trigger.enabled = enabled == "O" || enabled == "A";
  trigger.protects = (type & 2) != 0 && (type & (8 | 32)) != 0;
  return trigger;
}

topology::Trigger readEventTrigger(const json& object) {
  const std::string enabled = text(object, "enabled");
  topology::Trigger trigger;
  trigger.name = text(object, "name");
  trigger.timing = "ON";
  trigger.events = {text(object, "event")};
  trigger.enabled = enabled == "O" || enabled == "A";
  trigger.protects = trigger.events[0] == "sql_drop" || trigger.events[0] == "ddl_command_start";
  return trigger;
}

constexpr const char* needsStats = "the role may not see it (pg_read_all_stats)";

Known<topology::WalReceiver> readReceiver(const json& answer) {
  const auto& object = answer.at("receiver");
  if (object.is_null())
    return Known<topology::WalReceiver>::unknown("it receives no WAL at the moment");
  if (text(object, "status").empty())
    return Known<topology::WalReceiver>::unknown(needsStats);
  return Known<topology::WalReceiver>::of({text(object, "status"), text(object, "host"), number(object, "port", 0),
                                           text(object, "slot"), bigNumber(object, "lsn").value_or(0)});
}

Known<std::vector<topology::WalSender>> readSenders(const json& answer) {
  std::vector<topology::WalSender> senders;
  for (const auto& entry : listOf(answer, "senders")) {
    if (text(entry, "state").empty())
      return Known<std::vector<topology::WalSender>>::unknown(needsStats);
    senders.push_back({text(entry, "application"), text(entry, "address"), text(entry, "state"), text(entry, "slot"),
                       bigNumber(entry, "sent").value_or(0), bigNumber(entry, "replay").value_or(0)});
  }
  return Known<std::vector<topology::WalSender>>::of(std::move(senders));
}

} // namespace

std::optional<Identity> readIdentity(const std::string& answer) {
  const json object = json::parse(answer, nullptr, false);
  if (!object.is_object() || !object.contains("oid"))
    return std::nullopt;
  Identity identity;
  topology::Facts& facts = identity.facts;
  const auto identifier = bigNumber(object, "system_identifier");
  facts.systemIdentifier = identifier ? Known<std::uint64_t>::of(*identifier)
                                      : Known<std::uint64_t>::unknown("no privilege on pg_control_system()");
  facts.databaseOid = number<std::uint32_t>(object, "oid", 0);
  facts.databaseName = text(object, "current");
  const std::string version = text(object, "version");
  facts.serverVersion = version.substr(0, version.find(' '));
  const auto started = time(object, "started");
  facts.startedAt = started ? Known<UtcTime>::of(*started) : Known<UtcTime>::unknown("not told");
  facts.backendPid = number<std::uint32_t>(object, "pid", 0);
  facts.backendStart = time(object, "backend_start");
  facts.serverAddress = text(object, "address");
  facts.serverPort = number(object, "port", 0);
  facts.inRecovery = flag(object, "recovery");
  facts.timeline = number<std::uint32_t>(object, "timeline", 0);
  facts.walLsn = bigNumber(object, "lsn").value_or(0);
  facts.role = text(object, "role");
  facts.readOnlyByDefault = flag(object, "read_only");
  for (const auto& entry : listOf(object, "users"))
    identity.candidates.push_back(readCandidate(entry));
  return identity;
}

bool readInventory(const std::string& answer, topology::Facts& facts) {
  const json object = json::parse(answer, nullptr, false);
  if (!object.is_object())
    return false;
  if (object.contains("size"))
    facts.sizeBytes = Known<std::int64_t>::of(number<std::int64_t>(object, "size", 0));
  if (object.contains("tables"))
    facts.tables = Known<std::vector<std::string>>::of(listOf(object, "tables").get<std::vector<std::string>>());
  if (object.contains("triggers")) {
    std::vector<topology::Trigger> triggers;
    for (const auto& entry : listOf(object, "triggers"))
      triggers.push_back(readTrigger(entry));
    facts.triggers = Known<std::vector<topology::Trigger>>::of(std::move(triggers));
  }
  if (object.contains("event_triggers") && facts.triggers.value)
    for (const auto& entry : listOf(object, "event_triggers"))
      facts.triggers.value->push_back(readEventTrigger(entry));
  if (object.contains("clients"))
    facts.clients = Known<topology::Clients>::of(answer::readClients(listOf(object, "clients")));
  if (object.contains("receiver") && facts.inRecovery)
    facts.receiver = readReceiver(object);
  if (object.contains("senders") && !facts.inRecovery)
    facts.senders = readSenders(object);
  if (object.contains("lag") && facts.inRecovery)
    facts.replayLag = answer::readLag(object.at("lag"));
  return true;
}

void setUnknown(const std::string& part, const std::string& reason, topology::Facts& facts) {
  if (part == "size")
    facts.sizeBytes = {std::nullopt, reason};
  else if (part == "tables")
    facts.tables = {std::nullopt, reason};
  else if (part == "triggers" || part == "event_triggers")
    facts.triggers = {std::nullopt, reason};
  else if (part == "clients")
    facts.clients = {std::nullopt, reason};
  else if (part == "receiver")
    facts.receiver = {std::nullopt, reason};
  else if (part == "senders")
    facts.senders = {std::nullopt, reason};
  else if (part == "lag")
    facts.replayLag = {std::nullopt, reason};
}

Known<UsersCandidate> chooseUsers(const std::vector<UsersCandidate>& candidates, const std::string& configured) {
  if (candidates.empty())
    return Known<UsersCandidate>::unknown(configured.empty()
                                              ? "no table with one of the usual names (users, accounts, …)"
                                              : fmt::format("{} does not exist here", configured));
  // The usual names by rank, public before the others; two that are equally likely are ambiguous.
  const auto order = [](const UsersCandidate& c) { return std::pair(c.rank, !c.inPublic); };
  const auto best = std::min_element(candidates.begin(), candidates.end(),
                                     [&](const auto& a, const auto& b) { return order(a) < order(b); });
  std::vector<std::string> equals;
  for (const auto& candidate : candidates)
    if (order(candidate) == order(*best) || (!configured.empty()))
      equals.push_back(candidate.relation);
  if (equals.size() > 1)
    return Known<UsersCandidate>::unknown(
        fmt::format("ambiguous: {}; name one of them as users in the project", fmt::join(equals, ", ")));
  return Known<UsersCandidate>::of(*best);
}

} // namespace whichbase::probe
