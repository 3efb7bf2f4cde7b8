#include "probe/rendezvous.h"

#include "connection/connection_string.h"
#include "probe/answer.h"
#include "probe/statements.h"

#include <algorithm>

namespace whichbase::probe {
namespace {

using topology::Facts;
using topology::Says;

constexpr int attempts = 4;
constexpr std::chrono::milliseconds longestLook{2'000}; // one statement
constexpr std::chrono::seconds longestInventoryWait{5};

std::int64_t numberIn(const std::optional<std::string>& field) {
  return answer::integer(field).value_or(-1);
}

// Different known system identifiers need no flags: they are different instances.
bool mayBeOne(const std::optional<std::uint64_t>& a, const std::optional<std::uint64_t>& b) {
  return !a || !b || *a == *b;
}

} // namespace

Rendezvous::Rendezvous() : m_keeper([this](std::stop_token stop) { keep(stop); }) {}

Rendezvous::~Rendezvous() {
  stop();
}

void Rendezvous::stop() {
  const std::lock_guard lock(m_mutex);
  m_stopped = true;
  for (auto& seen : m_instances)
    seen.anchor.stop();
  m_changed.notify_all();
}

std::vector<topology::Meeting> Rendezvous::meetings() const {
  const std::lock_guard lock(m_mutex);
  return m_meetings;
}

void Rendezvous::keep(std::stop_token stop) {
  std::unique_lock lock(m_mutex);
  while (!stop.stop_requested() && !m_stopped) {
    std::vector<Anchor*> anchors;
    for (auto& seen : m_instances)
      anchors.push_back(&seen.anchor);
    lock.unlock();
    pg::TimePoint next = pg::Clock::now() + std::chrono::milliseconds(300);
    for (Anchor* anchor : anchors)
      next = std::min(next, anchor->lowerIfOver());
    lock.lock();
    m_changed.wait_until(lock, stop, next, [this] { return m_stopped; });
  }
}

Rendezvous::Answer Rendezvous::askOnce(InstanceSeen& seen, pg::Session& session, pg::TimePoint deadline, bool& retry) {
  retry = false;
  const Anchor::Lease lease = seen.anchor.acquire(deadline);
  if (lease.key == 0)
    return {Says::unclear, "flags", lease.problem, 0};
  const std::int64_t ownKey = randomKey();
  pg::Rows rows;
  pg::SqlError error;
  const bool good = session.query(visitFlagsStatement(limitsUntil(deadline, longestLook), ownKey, {lease.key}),
                                  deadline, rows, error);
  Answer answer;
  std::int64_t own = -1, other = -1;
  for (const auto& row : rows.values)
    (numberIn(row.at(0)) == ownKey ? own : other) = numberIn(row.at(1));
  if (!good) {
    answer.reason = error.kind == pg::ErrorKind::lost
                        ? "the connection was lost while its flag was looked for"
                        : "its flag could not be raised: " + connection::redact(error.text);
  } else if (own < 0) {
    answer.reason = "this server does not show its own advisory lock";
  } else {
    answer.ownOid = static_cast<std::uint32_t>(own);
    if (other >= 0) {
      answer.says = own == other ? Says::sameDatabase : Says::sameInstance;
    } else if (seen.anchor.stillUp(lease, deadline)) {
      answer.says = Says::apart;
    } else {
      retry = true;
      answer.reason = "its answers came only after the other session's flag was gone (a busy pooler or a slow line)";
    }
  }
  seen.anchor.release(lease);
  return answer;
}

Rendezvous::Answer Rendezvous::ask(InstanceSeen& seen, const Facts& facts, pg::Session& session,
                                   pg::TimePoint deadline) {
  if (facts.systemIdentifier && facts.backendStart && seen.systemIdentifier == facts.systemIdentifier.value) {
    const std::lock_guard lock(m_mutex);
    // One server process, found twice behind a pooler: the same instance, and a process is in one database.
    for (const auto& backend : seen.backends)
      if (backend.pid == facts.backendPid && backend.start == *facts.backendStart && backend.oid == facts.databaseOid)
        return {Says::sameDatabase, "backend", {}, facts.databaseOid};
  }
  Answer answer;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    bool retry = false;
    answer = askOnce(seen, session, deadline, retry);
    if (!retry || pg::Clock::now() >= deadline)
      break;
  }
  return answer;
}

Rendezvous::Placement Rendezvous::join(InstanceSeen& seen, std::size_t observation, const Facts& facts,
                                       const Answer& answer, pg::TimePoint deadline) {
  std::unique_lock lock(m_mutex);
  if (facts.backendStart)
    seen.backends.push_back({facts.backendPid, *facts.backendStart, facts.databaseOid});
  const std::uint32_t oid = answer.ownOid;
  const auto known = std::ranges::find(seen.databases, oid, &Found::oid);
  if (known == seen.databases.end()) {
    m_meetings.push_back({seen.anchorObservation, observation, answer.means, Says::sameInstance, {}});
    seen.databases.push_back({oid, observation, Found::Inventory::underWay});
    return {};
  }
  m_meetings.push_back({known->first, observation, answer.means, Says::sameDatabase, {}});
  const auto index = known - seen.databases.begin();
  const auto done = [&] { return m_stopped || seen.databases[index].inventory != Found::Inventory::underWay; };
  m_changed.wait_until(lock, std::min(deadline, pg::Clock::now() + longestInventoryWait), done);
  return {false, seen.databases[index].inventory == Found::Inventory::complete};
}

Rendezvous::Placement Rendezvous::meet(std::size_t observation, const Facts& facts, pg::Session& session,
                                       pg::TimePoint deadline) {
  std::vector<InstanceSeen*> asked;
  while (true) {
    InstanceSeen* next = nullptr;
    {
      const std::lock_guard lock(m_mutex);
      for (auto& seen : m_instances)
        if (next == nullptr && std::ranges::find(asked, &seen) == asked.end() &&
            mayBeOne(seen.systemIdentifier, facts.systemIdentifier.value))
          next = &seen;
      if (next == nullptr) {
        auto& own = m_instances.emplace_back();
        own.systemIdentifier = facts.systemIdentifier.value;
        own.anchorObservation = observation;
        own.databases.push_back({facts.databaseOid, observation, Found::Inventory::underWay});
        if (facts.backendStart)
          own.backends.push_back({facts.backendPid, *facts.backendStart, facts.databaseOid});
        if (m_stopped)
          own.anchor.stop();
        return {true, false};
      }
    }
    asked.push_back(next);
    const Answer answer = ask(*next, facts, session, deadline);
    if (answer.says == Says::sameDatabase || answer.says == Says::sameInstance)
      return join(*next, observation, facts, answer, deadline);
    const std::lock_guard lock(m_mutex);
    m_meetings.push_back({next->anchorObservation, observation, answer.means, answer.says, answer.reason});
  }
}

void Rendezvous::settle(std::size_t observation, bool inventoryComplete, std::unique_ptr<pg::Session> session) {
  const std::lock_guard lock(m_mutex);
  for (auto& seen : m_instances) {
    for (auto& found : seen.databases)
      if (found.first == observation)
        found.inventory = inventoryComplete ? Found::Inventory::complete : Found::Inventory::incomplete;
    if (seen.anchorObservation == observation)
      seen.anchor.settle(std::move(session));
  }
  m_changed.notify_all();
}

} // namespace whichbase::probe
