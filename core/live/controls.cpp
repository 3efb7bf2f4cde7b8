#include "live/watch.h"

#include <utility>

namespace whichbase::live {

void Controls::pause(bool paused) {
  const std::lock_guard lock(m_mutex);
  m_wishes.paused = paused;
  m_woken = true;
  m_changed.notify_all();
}

void Controls::step() {
  const std::lock_guard lock(m_mutex);
  m_wishes.step = m_woken = true;
  m_changed.notify_all();
}

void Controls::sweep() {
  const std::lock_guard lock(m_mutex);
  m_wishes.sweep = m_woken = true;
  m_changed.notify_all();
}

void Controls::setInterval(std::chrono::milliseconds interval) {
  const std::lock_guard lock(m_mutex);
  m_wishes.interval = interval;
  m_woken = true;
  m_changed.notify_all();
}

void Controls::wake() {
  const std::lock_guard lock(m_mutex);
  m_woken = true;
  m_changed.notify_all();
}

Controls::Wishes Controls::wait(std::chrono::steady_clock::time_point until, const std::stop_token& stop) {
  std::unique_lock lock(m_mutex);
  m_changed.wait_until(lock, stop, until, [this] { return m_woken; });
  m_woken = false;
  Wishes rest;
  rest.paused = m_wishes.paused;
  return std::exchange(m_wishes, rest);
}

} // namespace whichbase::live
