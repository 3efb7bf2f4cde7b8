#include "probe/anchor.h"

#include "probe/statements.h"

#include <algorithm>
#include <random>

namespace whichbase::probe {
namespace {

constexpr std::chrono::milliseconds shortestLife{300};
constexpr std::chrono::milliseconds longestLife{2'000};

Limits flagLimits() {
  return {std::chrono::milliseconds(1'000), std::chrono::milliseconds(300), longestLife};
}

} // namespace

std::int64_t randomKey() {
  thread_local std::random_device device;
  const std::uint64_t high = device();
  return static_cast<std::int64_t>(((high << 32) | device()) >> 1);
}

Anchor::Anchor() = default;

void Anchor::settle(std::unique_ptr<pg::Session> session) {
  const std::lock_guard lock(m_mutex);
  m_session = std::move(session);
  m_state = m_session != nullptr ? State::ready : State::dead;
  if (m_state == State::dead)
    m_problem = "the session to compare with was lost";
  m_changed.notify_all();
}

std::optional<pg::Rows> Anchor::run(std::unique_lock<std::mutex>& lock, const std::string& sql,
                                    pg::TimePoint deadline) {
  m_working = true;
  lock.unlock();
  pg::Rows rows;
  pg::SqlError error;
  const bool good = m_session->query(sql, deadline, rows, error);
  lock.lock();
  m_working = false;
  if (!good) {
    m_state = State::dead;
    m_problem = "the session to compare with was lost";
  }
  m_changed.notify_all();
  return good ? std::optional(std::move(rows)) : std::nullopt;
}

void Anchor::lower(std::unique_lock<std::mutex>& lock) {
  m_up = false;
  run(lock, lowerFlagStatement(), pg::Clock::now() + longestLife);
}

void Anchor::raise(std::unique_lock<std::mutex>& lock, pg::TimePoint deadline) {
  const std::int64_t key = randomKey();
  const pg::TimePoint start = pg::Clock::now();
  const auto rows = run(lock, raiseFlagStatement(flagLimits(), key), deadline);
  if (rows && !rows->values.empty()) {
    const auto roundTrip = std::chrono::duration_cast<std::chrono::milliseconds>(pg::Clock::now() - start);
    m_up = true;
    m_key = key;
    m_upSince = pg::Clock::now();
    m_lifetime = std::clamp(4 * roundTrip, shortestLife, longestLife);
    ++m_generation;
    return;
  }
  m_problem = rows ? "this server does not show its own advisory lock"
                   : "no flag could be raised in the session to compare with";
  // A failed BEGIN … leaves a transaction open; and a server that shows no own lock can never serve.
  m_state = State::dead;
  m_session.reset();
}

Anchor::Lease Anchor::acquire(pg::TimePoint deadline) {
  std::unique_lock lock(m_mutex);
  while (true) {
    if (m_stopped)
      return {0, 0, "cancelled"};
    if (m_state == State::dead)
      return {0, 0, m_problem};
    const bool waiting = m_state == State::settling || m_working;
    if (!waiting && m_up && (pg::Clock::now() < m_upSince + m_lifetime / 2)) {
      ++m_users;
      return {m_key, m_generation, {}};
    }
    if (!waiting && m_up && m_users == 0) {
      lower(lock);
      continue;
    }
    if (!waiting && !m_up) {
      raise(lock, deadline);
      continue;
    }
    if (m_changed.wait_until(lock, deadline) == std::cv_status::timeout)
      return {0, 0, "the session to compare with was busy until the deadline"};
  }
}

bool Anchor::stillUp(const Lease& lease, pg::TimePoint deadline) {
  std::unique_lock lock(m_mutex);
  while (m_working && !m_stopped)
    if (m_changed.wait_until(lock, deadline) == std::cv_status::timeout)
      return false;
  if (m_stopped || m_state != State::ready || !m_up || m_generation != lease.generation)
    return false;
  const auto rows = run(lock, lookForFlagStatement(lease.key), deadline);
  return rows && !rows->values.empty() && m_generation == lease.generation;
}

void Anchor::release(const Lease& lease) {
  std::unique_lock lock(m_mutex);
  if (lease.key == 0 || lease.generation != m_generation)
    return;
  --m_users;
  if (m_users == 0 && m_up && !m_working && m_state == State::ready)
    lower(lock);
  m_changed.notify_all();
}

pg::TimePoint Anchor::lowerIfOver() {
  std::unique_lock lock(m_mutex);
  if (m_state != State::ready || !m_up || m_working)
    return pg::Clock::now() + shortestLife;
  if (pg::Clock::now() >= m_upSince + m_lifetime) {
    m_users = 0; // whoever still waits for an answer finds that the generation is over
    ++m_generation;
    lower(lock);
    return pg::Clock::now() + shortestLife;
  }
  return m_upSince + m_lifetime;
}

void Anchor::stop() {
  const std::lock_guard lock(m_mutex);
  m_stopped = true;
  m_changed.notify_all();
}

} // namespace whichbase::probe
