// What a lone snapshot cannot know, carried from one sighting of a side to the next while somebody watches: the letters
// of its databases, when each was last reached, and which endpoint leads elsewhere than it did.
#pragma once

#include "topology/snapshot.h"

#include <optional>
#include <string>
#include <vector>

namespace whichbase::topology {

// An unchanged configuration (same string over the same route) that leads to another database than it did.
struct EndpointMove {
  std::string server;
  std::string from; // database ids
  std::string to;
  UtcTime at{}; // when it was first seen to lead there
  bool operator==(const EndpointMove&) const = default;
};

class Continuity {
public:
  // `seed`: a side whose letters the same databases are to bear, usually the before side; null: none.
  explicit Continuity(const Snapshot* seed = nullptr);

  // The next snapshot of the side, with the letters of what was seen before and new ones for what was not; what was
  // known and is not seen any more stays as a ghost with when it was last reached, until its instance says that it is
  // gone. The same running instance (system identifier, oid and start time are equal) is the same database; after a
  // restart the rule across time holds: one candidate on either side, else it cannot be told, and a new letter is
  // given. Adds the finding `endpoint-moved` for as long as an endpoint stays where it moved to. Diagnoses again.
  Snapshot follow(Snapshot next);

  const std::vector<EndpointMove>& moves() const { return m_moves; }

private:
  std::vector<Database> m_known; // every database seen, as last known, by the id that it bears
  std::vector<EndpointMove> m_moves;
  std::optional<Snapshot> m_last;
};

} // namespace whichbase::topology
