// One session kept open a while to hold a raised flag: an advisory lock on a random key inside BEGIN READ ONLY, which
// other sessions of the same instance see in pg_locks.
#pragma once

#include "pg/session.h"

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

namespace whichbase::probe {

// Raises the flag when somebody needs it, shares it between those who need it at the same time, and lowers it as soon
// as nobody does, or when its lifetime is over: max(300 ms, four measured round trips), at most 2 s, since a raised
// flag holds one of a pooler's few server connections.
class Anchor {
public:
  Anchor();

  // The session is there, and ready; null: it was lost, and the anchor is of no use.
  void settle(std::unique_ptr<pg::Session> session);

  // A flag that is up now. `key` is 0 where none could be raised; then `problem` says why.
  struct Lease {
    std::int64_t key = 0;
    std::uint64_t generation = 0;
    std::string problem;
  };
  Lease acquire(pg::TimePoint deadline);
  // Whether the flag of the lease is still up and seen by its own session, in the same transaction. Call it after a
  // newcomer's answer has arrived: only then does "not seen" mean apart.
  bool stillUp(const Lease& lease, pg::TimePoint deadline);
  void release(const Lease& lease);

  // Lowers the flag if its lifetime is over. Returns when to ask again.
  pg::TimePoint lowerIfOver();
  void stop();

private:
  enum class State { settling, ready, dead };
  // Runs a statement while the lock is let go of and nobody else works; empty, and the anchor dead, where it fails.
  std::optional<pg::Rows> run(std::unique_lock<std::mutex>& lock, const std::string& sql, pg::TimePoint deadline);
  void lower(std::unique_lock<std::mutex>& lock);
  void raise(std::unique_lock<std::mutex>& lock, pg::TimePoint deadline);

  std::mutex m_mutex;
  std::condition_variable m_changed;
  State m_state = State::settling;
  std::unique_ptr<pg::Session> m_session;
  std::string m_problem;
  bool m_working = false; // a statement is under way; the mutex is not held meanwhile
  bool m_stopped = false;
  bool m_up = false;
  int m_users = 0;
  std::int64_t m_key = 0;
  std::uint64_t m_generation = 0;
  pg::TimePoint m_upSince{};
  std::chrono::milliseconds m_lifetime{300};
};

// 63 random bits: a key for a flag that nobody else uses.
std::int64_t randomKey();

} // namespace whichbase::probe
