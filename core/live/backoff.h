// Pauses between attempts: 0, 1, 2, 4 … 30 s, spread so that many sessions do not come back at the same moment.
#pragma once

#include <chrono>
#include <random>

namespace whichbase::live {

class Backoff {
public:
  // The pause before the next attempt.
  std::chrono::milliseconds next();
  void reset() { m_attempts = 0; }
  // From now on the longest pause: for refusals that repeating does not mend and that may lock an account.
  void slowDown() { m_attempts = longest; }
  int attempts() const { return m_attempts; }

private:
  static constexpr int longest = 6;
  int m_attempts = 0;
  std::minstd_rand m_random{std::random_device{}()};
};

} // namespace whichbase::live
