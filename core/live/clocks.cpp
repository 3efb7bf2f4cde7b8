#include "live/clocks.h"

#include <time.h>

#include <algorithm>

namespace whichbase::live {

ClockReading readClocks() {
  timespec boot{};
  clock_gettime(CLOCK_BOOTTIME, &boot);
  return {pg::Clock::now(), std::chrono::seconds(boot.tv_sec) + std::chrono::nanoseconds(boot.tv_nsec),
          topology::now()};
}

Timeline::Timeline(Clocks clocks) : m_clocks(std::move(clocks)) {
  if (!m_clocks)
    m_clocks = readClocks;
  m_checked = m_told = m_clocks();
}

topology::UtcTime Timeline::now() {
  ClockReading reading = m_clocks();
  const auto passed = std::chrono::duration_cast<std::chrono::microseconds>(reading.steady - m_told.steady);
  reading.utc = std::max(reading.utc, m_told.utc + std::max(passed / 2, std::chrono::microseconds(1)));
  m_told = reading;
  return reading.utc;
}

std::chrono::microseconds Timeline::ahead() {
  const topology::UtcTime ordered = now();
  return std::max(ordered - m_clocks().utc, std::chrono::microseconds(0));
}

bool Timeline::jumped(std::chrono::milliseconds atLeast) {
  const ClockReading reading = m_clocks();
  const auto steady = reading.steady - m_checked.steady;
  const auto slept = reading.sinceBoot - m_checked.sinceBoot - steady;
  const auto set = reading.utc - m_checked.utc - steady;
  m_checked = reading;
  return slept > atLeast || set > atLeast;
}

} // namespace whichbase::live
