// Ends hanging network calls from our side: shuts a socket down at its deadline, or at once when everything is stopped.
// C++17 on purpose, like all of pg/.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>

namespace whichbase::pg {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

// One thread for any number of sockets. A socket shut down this way ends a blocking libpq call within milliseconds,
// even against a stopped server process.
class Watchdog {
public:
  Watchdog();
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  // Shuts `fd` down at `at` unless released before. `fd` must stay open until then: a dup() that the caller owns.
  std::uint64_t arm(int fd, TimePoint at);
  // True when the watchdog had fired.
  bool release(std::uint64_t ticket);

  // Shuts every armed socket down now, and every later one at once.
  void stopAll();
  bool stopped() const { return m_stopped.load(); }
  // Readable once stopAll() was called: for poll().
  int stopDescriptor() const { return m_stopPipe[0]; }

private:
  struct Armed {
    int fd;
    TimePoint at;
    bool fired = false;
  };
  void run();

  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::map<std::uint64_t, Armed> m_armed;
  std::uint64_t m_next = 1;
  std::atomic<bool> m_stopped{false};
  bool m_ending = false;
  int m_stopPipe[2] = {-1, -1};
  std::thread m_thread;
};

} // namespace whichbase::pg
