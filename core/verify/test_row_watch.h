// Each server's own session asks until it sees a test row, and later until it does not.
#pragma once

#include "verify/own_sessions.h"
#include "verify/test_row.h"

#include <functional>
#include <stop_token>
#include <vector>

namespace whichbase::verify {

struct Watched {
  enum class End {
    met,     // saw it, or saw that it is gone
    notMet,  // looked all the time and can say: not there
    notYet,  // a standby that has not replayed so far
    unknown, // could not look
  } end = End::unknown;
  double afterMs = 0; // met: since `from`, until the answer arrived; an upper bound
  std::string note;
};

struct WatchTask {
  bool wantsRow = true;  // else its absence
  pg::TimePoint from{};  // the acknowledgement
  std::uint64_t lsn = 0; // of the writer after it: a standby that has replayed so far must show it
  std::chrono::milliseconds within{};
  std::stop_token stop{};
};

// All sessions at the same time; those that are not reached, or that `skips` tells, are left out and their answers stay
// unknown. `onEnd` is called on the threads that watch, one call at a time.
std::vector<Watched> watchAll(std::vector<OwnSession>& sessions, const OwnSession& writing, const TestRowPlan& plan,
                              const WatchTask& task, const std::vector<bool>& skips,
                              const std::function<void(std::size_t session, const Watched& watched)>& onEnd);

} // namespace whichbase::verify
