// Finds out which sessions of a sweep are in one database, by raised flags: newcomers against one anchor an instance
// found so far, only where the system identifiers allow it.
#pragma once

#include "probe/anchor.h"
#include "topology/observation.h"

#include <list>
#include <thread>
#include <vector>

namespace whichbase::probe {

// Shared by all probes of one sweep. Meetings name observations by their indexes.
class Rendezvous {
public:
  Rendezvous();
  ~Rendezvous();

  struct Placement {
    bool isAnchor = false;         // keep the session for settle()
    bool inventoryIsKnown = false; // another probe has read this very database completely
  };
  // Called once an observation, with its live session. Blocks at most until the deadline.
  Placement meet(std::size_t observation, const topology::Facts& facts, pg::Session& session, pg::TimePoint deadline);

  // The observation's inventory is done. Must be called exactly once after each meet(), also on failure; an anchor
  // hands its session over, or null when it was lost.
  void settle(std::size_t observation, bool inventoryComplete, std::unique_ptr<pg::Session> session);

  // Wakes everybody who waits.
  void stop();
  std::vector<topology::Meeting> meetings() const;

private:
  // One database found so far, with the inventory's state.
  struct Found {
    std::uint32_t oid = 0;
    std::size_t first = 0; // the observation that found it
    enum class Inventory { underWay, complete, incomplete } inventory = Inventory::underWay;
  };
  struct Backend {
    std::uint32_t pid = 0;
    topology::UtcTime start{};
    std::uint32_t oid = 0;
  };
  // One running PostgreSQL found so far.
  struct InstanceSeen {
    std::optional<std::uint64_t> systemIdentifier;
    std::size_t anchorObservation = 0;
    Anchor anchor;
    std::vector<Found> databases;
    std::vector<Backend> backends; // that served sessions of this sweep
  };
  struct Answer {
    topology::Says says = topology::Says::unclear; // sameDatabase here means same instance too
    std::string means = "flags";
    std::string reason;
    std::uint32_t ownOid = 0;
  };

  Answer ask(InstanceSeen& seen, const topology::Facts& facts, pg::Session& session, pg::TimePoint deadline);
  Answer askOnce(InstanceSeen& seen, pg::Session& session, pg::TimePoint deadline, bool& retry);
  Placement join(InstanceSeen& seen, std::size_t observation, const topology::Facts& facts, const Answer& answer,
                 pg::TimePoint deadline);
  void keep(std::stop_token stop);

  mutable std::mutex m_mutex;
  std::condition_variable_any m_changed;
  std::list<InstanceSeen> m_instances; // a list: elements stay where they are
  std::vector<topology::Meeting> m_meetings;
  bool m_stopped = false;
  std::jthread m_keeper; // lowers flags whose lifetime is over
};

} // namespace whichbase::probe
