#include "live/pulse.h"

#include <algorithm>

namespace whichbase::live {
namespace {

using std::chrono::microseconds;
using namespace std::chrono_literals;

constexpr microseconds longestDoubled = 1h;
constexpr microseconds longest = 24h * 365; // whatever a tiny share asks for

} // namespace

bool CountBudget::isDue(std::chrono::steady_clock::time_point now) const {
  return m_share > 0 && (!m_dueAt || *m_dueAt <= now);
}

void CountBudget::took(std::chrono::steady_clock::time_point now, microseconds duration, bool timedOut) {
  if (m_share <= 0)
    return;
  const double wanted = static_cast<double>(std::max(duration, 0us).count()) / m_share;
  microseconds pause =
      wanted < static_cast<double>(longest.count()) ? microseconds(static_cast<std::int64_t>(wanted)) : longest;
  if (timedOut)
    pause = std::max(pause, std::min(2 * m_pause, longestDoubled));
  m_pause = pause;
  m_dueAt = now + pause;
}

} // namespace whichbase::live
