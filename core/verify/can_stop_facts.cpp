#include "verify/can_stop_facts.h"

#include "probe/answer.h"
#include "probe/statements.h"
#include "verify/can_stop_statements.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>

namespace whichbase::verify {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using pg::ErrorKind;
using probe::answer::bigNumber;
using probe::answer::flag;
using probe::answer::number;
using probe::answer::text;
using probe::answer::time;
using topology::Known;

constexpr auto patience = 3s; // for one statement on catalogs
constexpr const char* needsStats = "the role may not see it (pg_read_all_stats)";

std::string reasonOf(const pg::SqlError& error) {
  switch (error.kind) {
  case ErrorKind::privilege:
    return "the role has no privilege to read it";
  case ErrorKind::timeout:
  case ErrorKind::deadline:
    return "reading it took too long";
  case ErrorKind::locked:
    return "another session has it locked";
  case ErrorKind::lost:
    return "the connection was lost";
  case ErrorKind::stopped:
    return "it was stopped";
  default:
    return fmt::format("PostgreSQL refused the statement (SQLSTATE {})",
                       error.sqlState.empty() ? "unknown" : error.sqlState);
  }
}

// The answers to a list of parts: in one statement, or one by one where some part is refused.
class Parts {
public:
  Parts(pg::Session& session, const std::vector<probe::InventoryPart>& parts, pg::TimePoint deadline) {
    if (ask(session, parts, deadline) || parts.size() == 1 || session.lost())
      return;
    for (const auto& part : parts)
      ask(session, {part}, deadline);
  }

  template <class T>
  Known<T> read(const char* part, const std::function<Known<T>(const json& value)>& reader) const {
    const auto found = m_values.find(part);
    if (found == m_values.end())
      return Known<T>::unknown(reasonFor(part));
    return reader(found->second);
  }

  template <class T>
  Known<std::vector<T>> list(const char* part, const std::function<T(const json& entry)>& reader) const {
    return read<std::vector<T>>(part, [&](const json& value) {
      std::vector<T> all;
      if (value.is_array())
        for (const json& entry : value)
          all.push_back(reader(entry));
      return Known<std::vector<T>>::of(std::move(all));
    });
  }

private:
  bool ask(pg::Session& session, const std::vector<probe::InventoryPart>& parts, pg::TimePoint deadline) {
    pg::Rows rows;
    pg::SqlError error;
    if (!session.query(inventoryStatement(probe::limitsUntil(deadline, patience), parts), deadline, rows, error)) {
      m_reason = reasonOf(error);
      for (const auto& part : parts)
        m_reasons[part.name] = m_reason;
      return false;
    }
    const json answer = rows.values.empty() ? json() : json::parse(rows.values[0].at(0).value_or(""), nullptr, false);
    for (const auto& part : parts)
      if (answer.is_object() && answer.contains(part.name))
        m_values[part.name] = answer.at(part.name);
    return true;
  }
  std::string reasonFor(const char* part) const {
    const auto found = m_reasons.find(part);
    return found == m_reasons.end() ? "it was not answered" : found->second;
  }

  std::map<std::string, json, std::less<>> m_values;
  std::map<std::string, std::string, std::less<>> m_reasons;
  std::string m_reason;
};

StopSubscription readSubscription(const json& entry) {
  return {text(entry, "database"), text(entry, "name"), text(entry, "slot"), flag(entry, "enabled")};
}

StopSessions readSessions(const json& entry) {
  return {text(entry, "address"),       text(entry, "application"), text(entry, "user"),
          number(entry, "sessions", 1), flag(entry, "hidden"),      time(entry, "active")};
}

StopSender readSender(const json& entry) {
  const std::string state = text(entry, "state");
  return {text(entry, "application"), text(entry, "address"), state,
          text(entry, "slot"),        state.empty(),          flag(entry, "logical")};
}

StopSlot readSlot(const json& entry) {
  StopSlot slot{text(entry, "name"), flag(entry, "logical"), flag(entry, "active"), {}};
  if (entry.contains("retained") && entry["retained"].is_number())
    slot.retainedBytes = entry["retained"].get<std::int64_t>();
  return slot;
}

Sibling readSibling(const json& entry) {
  Sibling sibling{text(entry, "name"), number(entry, "sessions", 0), {}};
  if (entry.contains("bytes") && entry["bytes"].is_number())
    sibling.bytes = entry["bytes"].get<std::int64_t>();
  return sibling;
}

ForeignServer readForeignServer(const json& entry) {
  const json options = entry.contains("options") && entry["options"].is_object() ? entry["options"] : json::object();
  const std::string host = text(options, "hostaddr");
  return {text(entry, "name"),   text(entry, "wrapper"),  host.empty() ? text(options, "host") : host,
          text(options, "port"), text(options, "dbname"), number(entry, "tables", 0)};
}

std::string asText(const json& value) {
  return value.is_string() ? value.get<std::string>() : std::string();
}

Known<std::string> readReceiver(const json& value) {
  if (!value.is_array() || value.empty())
    return Known<std::string>::unknown("it receives no WAL at the moment");
  return value[0].is_string() ? Known<std::string>::of(value[0].get<std::string>())
                              : Known<std::string>::unknown(needsStats);
}

Jobs readJobs(const json& entry, pg::Session& session, pg::TimePoint deadline) {
  Jobs jobs{text(entry, "table"), {}, flag(entry, "security"), {}};
  if (!flag(entry, "select")) {
    jobs.unread = "the role has no privilege to read it";
    return jobs;
  }
  pg::Rows rows;
  pg::SqlError error;
  // A user relation: at most a second.
  if (!session.query(jobsStatement(probe::limitsUntil(deadline, 1s), jobs.table), deadline, rows, error)) {
    jobs.unread = reasonOf(error);
    return jobs;
  }
  const json list = rows.values.empty() ? json() : json::parse(rows.values[0].at(0).value_or(""), nullptr, false);
  for (const json& each : list.is_array() ? list : json::array())
    jobs.byDatabase[text(each, "name")] += number(each, "jobs", 0);
  return jobs;
}

Known<std::vector<Jobs>> readAllJobs(const Parts& parts, pg::Session& session, pg::TimePoint deadline) {
  return parts.list<Jobs>("jobs", [&](const json& entry) { return readJobs(entry, session, deadline); });
}

} // namespace

std::expected<StopSelf, compare::Problem> readSelf(pg::Session& session, pg::TimePoint deadline) {
  const Parts identifier(session, {identifierPart}, deadline);
  const Parts parts(session, {selfPart}, deadline);
  const auto self = parts.read<StopSelf>("self", [](const json& value) {
    StopSelf read;
    read.oid = number<std::uint32_t>(value, "oid", 0);
    read.name = text(value, "name");
    read.role = text(value, "role");
    read.seesAll = flag(value, "sees_all");
    read.inRecovery = flag(value, "recovery");
    read.serverAddress = text(value, "address");
    read.serverPort = number(value, "port", 0);
    read.ours = number(value, "ours", 0);
    return read.oid != 0 ? Known<StopSelf>::of(read) : Known<StopSelf>::unknown("its answer about itself is empty");
  });
  if (!self)
    return std::unexpected(compare::Problem{self.reason, "Probe again."});
  StopSelf read = *self;
  read.systemIdentifier = identifier.read<std::uint64_t>("identifier", [](const json& value) {
    const auto digits = bigNumber(json{{"value", value}}, "value");
    return digits ? Known<std::uint64_t>::of(*digits) : Known<std::uint64_t>::unknown("not told");
  });
  return read;
}

StopFacts readStopFacts(pg::Session& session, const StopSelf& self, pg::TimePoint deadline) {
  const Parts parts(session, stopParts, deadline);
  StopFacts facts;
  facts.self = self;
  facts.sessions = parts.list<StopSessions>("sessions", readSessions);
  facts.writing = parts.list<std::string>("writing", asText);
  facts.senders = parts.list<StopSender>("senders", readSender);
  facts.slots = parts.list<StopSlot>("slots", readSlot);
  facts.publications = parts.list<std::string>("publications", asText);
  facts.subscriptions = parts.list<StopSubscription>("subscriptions", readSubscription);
  facts.prepared = parts.list<PreparedTransaction>("prepared", [](const json& entry) {
    return PreparedTransaction{text(entry, "id"), text(entry, "owner"), time(entry, "at")};
  });
  facts.siblings = parts.list<Sibling>("siblings", readSibling);
  facts.largeObjects = parts.read<std::int64_t>("large_objects", [](const json& value) {
    return value.is_number() ? Known<std::int64_t>::of(value.get<std::int64_t>())
                             : Known<std::int64_t>::unknown("not told");
  });
  facts.receiverSlot = parts.read<std::string>("receiver", readReceiver);
  facts.jobs = readAllJobs(parts, session, deadline);
  return facts;
}

FeedFacts readFeedFacts(pg::Session& session, const StopSelf& self, pg::TimePoint deadline) {
  const Parts parts(session, feedParts, deadline);
  FeedFacts facts;
  facts.self = self;
  facts.subscriptions = parts.list<StopSubscription>("subscriptions", readSubscription);
  facts.foreignServers = parts.list<ForeignServer>("foreign", readForeignServer);
  facts.dblinkFunctions = parts.read<int>("dblink", [](const json& value) {
    return value.is_number() ? Known<int>::of(value.get<int>()) : Known<int>::unknown("not told");
  });
  facts.jobs = readAllJobs(parts, session, deadline);
  return facts;
}

Known<WriteCounters> readCounters(pg::Session& session, pg::TimePoint deadline) {
  const Parts parts(session, {countersPart}, deadline);
  return parts.read<WriteCounters>("counters", [](const json& value) {
    WriteCounters counters;
    counters.counted = flag(value, "counted");
    counters.reset = time(value, "reset");
    if (value.contains("tables") && value["tables"].is_object())
      for (const auto& [table, rows] : value["tables"].items())
        counters.byTable[table] = rows.is_number() ? rows.get<std::int64_t>() : 0;
    const auto next = bigNumber(value, "next");
    const auto at = time(value, "at");
    if (!next || !at)
      return Known<WriteCounters>::unknown("its statistics have no entry of this database");
    counters.nextTransaction = *next;
    counters.at = *at;
    return Known<WriteCounters>::of(std::move(counters));
  });
}

Known<std::map<std::string, double>> readEstimates(pg::Session& session, pg::TimePoint deadline) {
  const Parts parts(session, {estimatesPart}, deadline);
  return parts.read<std::map<std::string, double>>("estimates", [](const json& value) {
    std::map<std::string, double> estimates;
    if (value.is_object())
      for (const auto& [table, rows] : value.items())
        estimates[table] = rows.is_number() ? rows.get<double>() : 0;
    return Known<std::map<std::string, double>>::of(std::move(estimates));
  });
}

} // namespace whichbase::verify
