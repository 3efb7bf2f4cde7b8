// The computer's clocks, and what differences between them tell: that it slept, or that its time was set.
#pragma once

#include "pg/watchdog.h"
#include "topology/utc_time.h"

#include <chrono>
#include <functional>
#include <optional>

namespace whichbase::live {

// All read at the same moment.
struct ClockReading {
  pg::TimePoint steady;               // stands still while the computer sleeps
  std::chrono::nanoseconds sinceBoot; // CLOCK_BOOTTIME: goes on meanwhile
  topology::UtcTime utc;              // may be set, backwards too
};

using Clocks = std::function<ClockReading()>;
ClockReading readClocks();

// UTC that never goes back, and tells when time was lost. Not for two threads at a time.
class Timeline {
public:
  explicit Timeline(Clocks clocks);

  // Later than every time given before. After the system's clock was set back it advances at half its pace until the
  // clock has caught up.
  topology::UtcTime now();
  // Time that ought to be told with times of this timeline, but was read from the system's clock just now.
  std::chrono::microseconds ahead();
  // Whether the computer slept, or its clock was set forward, by more than `atLeast` since this was asked last.
  bool jumped(std::chrono::milliseconds atLeast);

private:
  Clocks m_clocks;
  ClockReading m_checked;
  ClockReading m_told;
};

} // namespace whichbase::live
