#include "pg/watchdog.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

namespace whichbase::pg {

Watchdog::Watchdog() {
  if (pipe2(m_stopPipe, O_CLOEXEC | O_NONBLOCK) != 0)
    throw std::system_error(errno, std::generic_category(), "pipe");
  m_thread = std::thread([this] { run(); });
}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(m_mutex);
    m_ending = true;
  }
  m_changed.notify_all();
  m_thread.join();
  close(m_stopPipe[0]);
  close(m_stopPipe[1]);
}

std::uint64_t Watchdog::arm(int fd, TimePoint at) {
  const std::lock_guard lock(m_mutex);
  Armed armed{fd, at};
  if (m_stopped || at <= Clock::now()) {
    shutdown(fd, SHUT_RDWR);
    armed.fired = true;
  }
  const std::uint64_t ticket = m_next++;
  m_armed.emplace(ticket, armed);
  m_changed.notify_all();
  return ticket;
}

bool Watchdog::release(std::uint64_t ticket) {
  const std::lock_guard lock(m_mutex);
  const auto found = m_armed.find(ticket);
  const bool fired = found->second.fired;
  m_armed.erase(found);
  return fired;
}

void Watchdog::stopAll() {
  const std::lock_guard lock(m_mutex);
  if (m_stopped.exchange(true))
    return;
  const char byte = 1;
  [[maybe_unused]] const auto written = write(m_stopPipe[1], &byte, 1);
  m_changed.notify_all();
}

void Watchdog::run() {
  std::unique_lock lock(m_mutex);
  while (!m_ending) {
    const TimePoint now = Clock::now();
    TimePoint next = TimePoint::max();
    for (auto& [ticket, armed] : m_armed) {
      if (armed.fired)
        continue;
      if (m_stopped || armed.at <= now) {
        shutdown(armed.fd, SHUT_RDWR);
        armed.fired = true;
      } else {
        next = std::min(next, armed.at);
      }
    }
    if (next == TimePoint::max())
      m_changed.wait(lock);
    else
      m_changed.wait_until(lock, next);
  }
}

} // namespace whichbase::pg
