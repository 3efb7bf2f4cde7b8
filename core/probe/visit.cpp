#include "probe/visit.h"

#include "probe/connect_failure.h"
#include "probe/connect_target.h"
#include "probe/facts_reader.h"
#include "probe/statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace whichbase::probe {
namespace {

using pg::ErrorKind;
using topology::CountKind;
using topology::Facts;
using topology::Failure;
using topology::Known;
using topology::Observation;
using topology::UtcTime;
using namespace std::chrono_literals;

constexpr auto countBudget = 1'000ms;               // one exact count may take that long
constexpr std::int64_t tooManyToCount = 20'000'000; // beyond it the budget would only be wasted

// One visit under way.
class Visit {
public:
  Visit(const Target& target, std::size_t index, SweepShared& shared, pg::TimePoint deadline,
        std::atomic<pg::Clock::rep>& waitingSince)
      : m_target(target), m_index(index), m_shared(shared), m_deadline(deadline), m_waitingSince(waitingSince) {}

  Observation run();

private:
  std::optional<Failure> identify();
  void meetAndRead();
  bool readInventory();
  void readParts(const std::string& reason);
  void describeUsers();
  void countUsers();
  void readNewest(topology::UsersFact& users);
  void askInstanceAboutGhost(Failure& failure);

  Means means() const { return {m_shared.resolver, *m_shared.routes, m_shared.watchdog, m_shared.stop}; }
  bool ask(const std::string& sql, pg::Rows& rows, pg::SqlError& error);
  Limits limits(std::chrono::milliseconds atMost) const;
  std::string reasonOf(const pg::SqlError& error) const;

  const Target& m_target;
  std::size_t m_index;
  SweepShared& m_shared;
  pg::TimePoint m_deadline;
  std::atomic<pg::Clock::rep>& m_waitingSince;
  std::unique_ptr<pg::Session> m_session;
  Facts m_facts;
  std::vector<UsersCandidate> m_candidates;
  Known<UsersCandidate> m_users;
  std::map<std::string, double> m_timings;
};

Limits Visit::limits(std::chrono::milliseconds atMost) const {
  return limitsUntil(m_deadline, atMost);
}

bool Visit::ask(const std::string& sql, pg::Rows& rows, pg::SqlError& error) {
  m_waitingSince = pg::Clock::now().time_since_epoch().count();
  return m_session->query(sql, m_deadline, rows, error) && !rows.values.empty();
}

// Why a fact is unknown, as a clause.
std::string Visit::reasonOf(const pg::SqlError& error) const {
  switch (error.kind) {
  case ErrorKind::privilege:
    return "no privilege: " + connection::redact(error.text, secretsOf(m_target));
  case ErrorKind::timeout:
    return "it took too long";
  case ErrorKind::locked:
    return "locked by another session";
  case ErrorKind::lost:
    return "the connection was lost";
  case ErrorKind::deadline:
    return "no answer in time";
  case ErrorKind::none:
    return "no answer";
  default:
    return connection::redact(error.text, secretsOf(m_target));
  }
}

std::optional<Failure> Visit::identify() {
  const pg::TimePoint start = pg::Clock::now();
  pg::Rows rows;
  pg::SqlError error;
  bool good = ask(identityStatement(limits(3'000ms), true, m_target.usersRelation), rows, error);
  std::string whyNoIdentifier;
  if (!good && !m_session->lost() && error.kind != ErrorKind::none) {
    // pg_control_system() may be revoked, or be unknown to a look-alike: the rest still counts.
    whyNoIdentifier = error.kind == ErrorKind::privilege ? "no privilege on pg_control_system()" : reasonOf(error);
    good = ask(identityStatement(limits(3'000ms), false, m_target.usersRelation), rows, error);
  }
  if (!good)
    return failureOf(error, m_target);
  auto identity = readIdentity(rows.values[0].at(0).value_or(""));
  if (!identity)
    return Failure{topology::Stage::query,
                   "its answer about itself could not be read",
                   "This server may not be PostgreSQL 11 or later.",
                   false,
                   {}};
  m_facts = std::move(identity->facts);
  if (!m_facts.systemIdentifier && !whyNoIdentifier.empty())
    m_facts.systemIdentifier.reason = whyNoIdentifier;
  m_facts.encrypted = m_session->encrypted();
  m_users = chooseUsers(identity->candidates, m_target.usersRelation);
  m_timings["identity"] = millisecondsSince(start);
  return std::nullopt;
}

// What of the users relation the identity statement told already; the count follows only where it is needed.
void Visit::describeUsers() {
  if (!m_users) {
    m_facts.users = {std::nullopt, m_users.reason};
    m_facts.canInsertUsers = {std::nullopt, m_users.reason};
    return;
  }
  topology::UsersFact users;
  users.relation = m_users->relation;
  users.kind = m_users->rowSecurity ? CountKind::visibleOnly : CountKind::exact;
  users.count = {std::nullopt, "counted through another server's session"};
  users.newestAt = {std::nullopt, "read through another server's session"};
  m_facts.users = Known<topology::UsersFact>::of(std::move(users));
  m_facts.canInsertUsers = Known<bool>::of(m_users->mayInsert && !m_facts.inRecovery && !m_facts.readOnlyByDefault);
}

void Visit::countUsers() {
  topology::UsersFact& users = *m_facts.users.value;
  if (!m_users->mayRead) {
    users.count.reason = users.newestAt.reason = fmt::format("no privilege on {}", users.relation);
    return;
  }
  pg::Rows rows;
  pg::SqlError error;
  std::string reason = "it has too many rows to count";
  if (m_users->estimate < tooManyToCount) {
    if (ask(countStatement(limits(countBudget), users.relation), rows, error)) {
      std::int64_t count = 0;
      const std::string digits = rows.values[0].at(0).value_or("");
      std::from_chars(digits.data(), digits.data() + digits.size(), count);
      users.count = Known<std::int64_t>::of(count);
      return readNewest(users);
    }
    reason = error.kind == ErrorKind::locked ? fmt::format("{} is locked by another session", users.relation)
             : error.kind == ErrorKind::timeout
                 ? fmt::format("counting took longer than {} s", countBudget.count() / 1000)
                 : reasonOf(error);
  }
  users.count = {std::nullopt, reason};
  users.newestAt = {std::nullopt, reason};
  // A planner's estimate knows nothing of row-level security, and -1 says that nothing was estimated yet.
  if (m_users->estimate >= 0 && !m_users->rowSecurity && error.kind != ErrorKind::privilege) {
    users.kind = CountKind::estimate;
    users.count = {m_users->estimate, reason};
    users.estimatedAt = m_users->analyzedAt;
  }
}

void Visit::readNewest(topology::UsersFact& users) {
  if (m_users->creationColumn.empty()) {
    users.newestAt = Known<UtcTime>::unknown("no column with a creation time");
    return;
  }
  pg::Rows rows;
  pg::SqlError error;
  if (!ask(newestStatement(limits(countBudget), users.relation, m_users->creationColumn), rows, error)) {
    users.newestAt = Known<UtcTime>::unknown(reasonOf(error));
    return;
  }
  std::int64_t newest = 0;
  const std::string digits = rows.values[0].at(0).value_or("");
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), newest);
  users.newestAt = code == std::errc() ? Known<UtcTime>::of(UtcTime(std::chrono::microseconds(newest)))
                                       : Known<UtcTime>::unknown("no row has a creation time");
}

// Each part on its own: one that is refused leaves the others.
void Visit::readParts(const std::string& reason) {
  for (const auto& part : inventoryParts()) {
    pg::Rows rows;
    pg::SqlError error;
    if (m_session->lost())
      setUnknown(part.name, reason, m_facts);
    else if (!ask(inventoryStatement(limits(2'000ms), {part}), rows, error) ||
             !probe::readInventory(rows.values[0].at(0).value_or(""), m_facts))
      setUnknown(part.name, reasonOf(error), m_facts);
  }
}

bool Visit::readInventory() {
  pg::TimePoint start = pg::Clock::now();
  pg::Rows rows;
  pg::SqlError error;
  if (!ask(inventoryStatement(limits(3'000ms), inventoryParts()), rows, error) ||
      !probe::readInventory(rows.values[0].at(0).value_or(""), m_facts))
    readParts(reasonOf(error));
  m_timings["inventory"] = millisecondsSince(start);
  start = pg::Clock::now();
  if (m_facts.users && !m_session->lost())
    countUsers();
  m_timings["count"] = millisecondsSince(start);
  const bool usersKnown = !m_facts.users || (m_facts.users->count && m_facts.users->kind == CountKind::exact);
  return usersKnown && m_facts.tables && m_facts.triggers && m_facts.clients && m_facts.clients->hidden == 0;
}

void Visit::meetAndRead() {
  const pg::TimePoint start = pg::Clock::now();
  m_waitingSince = start.time_since_epoch().count();
  const auto placement = m_shared.rendezvous.meet(m_index, m_facts, *m_session, m_deadline);
  m_timings["meeting"] = millisecondsSince(start);
  bool complete = false;
  describeUsers();
  if (placement.inventoryIsKnown) {
    for (const auto& part : inventoryParts())
      setUnknown(part.name, "read through another server's session", m_facts);
  } else if (!m_session->lost()) {
    complete = readInventory();
  } else {
    readParts("the connection was lost");
  }
  if (m_session->lost())
    m_session.reset();
  m_shared.rendezvous.settle(m_index, complete, placement.isAnchor ? std::move(m_session) : nullptr);
}

// The name of a remembered database is gone. Whether the database is gone can only its instance tell.
void Visit::askInstanceAboutGhost(Failure& failure) {
  for (const char* other : {"postgres", "template1"}) {
    auto connected = connectTarget(m_target, means(), m_deadline, other);
    if (!connected)
      continue;
    m_session = std::move(connected->session);
    pg::Rows rows;
    pg::SqlError error;
    const std::string name = connection::valueOf(m_target.parameters, "dbname");
    if (!ask(databaseExistsStatement(limits(2'000ms), name), rows, error))
      continue;
    const std::string digits = rows.values[0].at(0).value_or("");
    std::uint64_t identifier = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), identifier);
    failure.databaseMissing = rows.values[0].at(1) == "0";
    if (identifier != 0)
      failure.instance = identifier;
    return;
  }
}

Observation Visit::run() {
  Observation observation;
  observation.startedAt = topology::now();
  if (m_target.refused) {
    observation.failure = m_target.refused;
  } else if (auto connected = connectTarget(m_target, means(), m_deadline); !connected) {
    observation.failure = connected.error();
    if (m_target.ghost && observation.failure->databaseMissing)
      askInstanceAboutGhost(*observation.failure);
  } else {
    m_timings = connected->timingsMs;
    m_session = std::move(connected->session);
    observation.failure = identify();
    if (!observation.failure) {
      meetAndRead();
      observation.facts = std::move(m_facts);
    }
  }
  observation.timingsMs = m_timings;
  observation.finishedAt = topology::now();
  return observation;
}

} // namespace

Observation visit(const Target& target, std::size_t index, SweepShared& shared, pg::TimePoint deadline,
                  std::atomic<pg::Clock::rep>& waitingSince) {
  return Visit(target, index, shared, deadline, waitingSince).run();
}

} // namespace whichbase::probe
