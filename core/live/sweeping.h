// When a watch sweeps, and one whole sweep of it as a task.
#pragma once

#include "live/task.h"
#include "live/watch.h"
#include "topology/assemble.h"

#include <memory>

namespace whichbase::live {

// Sweeps for a reason come at once, but at least 2 s apart; where reasons do not cease (a pooler that changes between
// two servers), less and less often, up to one a minute.
class SweepPace {
public:
  void want() { m_isWanted = true; }
  void started(pg::TimePoint now);
  std::optional<pg::TimePoint> wantedAt() const;

private:
  bool m_isWanted = false;
  std::optional<pg::TimePoint> m_startedAt;
  int m_inARow = 0;
};

struct Swept {
  std::shared_ptr<const topology::Snapshot> before; // as given, or as visited
  probe::Plan plan;
  topology::Sighting sighting;
};

// Visits the before side, where there is one that was never visited, and then the after side. Without a `plan` every
// configuration is read first.
Swept sweepOnce(const Request& request, const probe::Sources& sources, std::shared_ptr<const topology::Snapshot> before,
                std::optional<probe::Plan> plan, const std::stop_token& stop);

probe::Plan planNow(const Request& request, const probe::Sources& sources, const topology::Snapshot* before,
                    const std::stop_token& stop);
// Whether the same is to be visited for the same servers.
bool isSamePlan(const probe::Plan& a, const probe::Plan& b);

} // namespace whichbase::live
