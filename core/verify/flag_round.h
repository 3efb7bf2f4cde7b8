// One session raises a flag, and others look for it at the same time.
#pragma once

#include "pg/session.h"
#include "verify/check.h"

#include <string>
#include <vector>

namespace whichbase::verify {

// What one of those who looked found.
struct Look {
  Sight sight = Sight::unknown;
  std::string reason{};   // why it is unknown
  bool isLate = false;    // the flag was down before its answer came: worth another try
  std::uint32_t ownOid{}; // of the database that its own flag was in; 0: that was not seen
};

struct FlagRound {
  std::string problem{}; // why no flag was up, or that it was lost
  std::uint32_t raiserOid = 0;
  std::vector<Look> looks; // as the visitors
};

// Not seeing the flag counts only where the visitor saw its own, and the raiser, in the same transaction, still its own
// after the visitor's answer had come. The flag is up for max(300 ms, four round trips), at most 2 s; who has not
// answered some time after that is given up, and its session lost. All sessions are of one watchdog.
FlagRound raiseAndLook(pg::Session& raiser, const std::vector<pg::Session*>& visitors, pg::TimePoint deadline);

} // namespace whichbase::verify
