#include "live/backoff.h"

#include <algorithm>

namespace whichbase::live {

std::chrono::milliseconds Backoff::next() {
  const int attempt = std::min(m_attempts, longest);
  m_attempts = attempt + 1;
  if (attempt == 0)
    return std::chrono::milliseconds(0);
  const int whole = std::min(1'000 << (attempt - 1), 30'000);
  return std::chrono::milliseconds(std::uniform_int_distribution<int>(whole * 3 / 4, whole)(m_random));
}

} // namespace whichbase::live
