// One server's own session in a verification, and what it said of itself.
#pragma once

#include "verify/check.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::verify {

struct Attendee {
  const Participant* participant = nullptr;
  std::unique_ptr<pg::Session> session{}; // null while it is let go of
  std::optional<topology::Facts> facts{}; // of its first visit; empty: not reached
  bool isDirect = false;                  // no pooler stands between: the session keeps its server process
  Ability ability{};
};

// Connects, asks who it is and what it may do, and lets go of a session behind a pooler.
void introduce(Attendee& attendee, probe::Connector& connector, pg::TimePoint deadline);

// Makes sure that there is a session, and that it leads where the first one did. Empty, or why there is none.
std::string attend(Attendee& attendee, probe::Connector& connector, pg::TimePoint deadline);

// Does `work` for each on threads of their own, at most `perPlace` at a time at one of the `places`, and calls `done`
// on the calling thread.
void inParallel(const std::vector<std::string>& places, int perPlace, const std::function<void(std::size_t)>& work,
                const std::function<void(std::size_t)>& done = {});

// "3 s behind", "250 ms behind"; empty where that is not known.
std::string lagText(const std::optional<std::chrono::microseconds>& lag);

} // namespace whichbase::verify
