// A server that takes part in a verification: its own connection, in a session of its own.
#pragma once

#include "probe/plan.h"
#include "topology/snapshot.h"

#include <string>
#include <vector>

namespace whichbase::verify {

struct Participant {
  std::string server;
  std::string environment; // "production"
  probe::Target target;    // may be a refused one: then it cannot take part, and that is told
  std::string database;    // id where the last sweep saw it lead; empty: not reached
  // Of that database, where known: another answer is another database.
  std::optional<std::uint64_t> systemIdentifier{};
  std::uint32_t oid = 0;
  topology::Role role = topology::Role::unstated;
  std::string replicaOf{}; // of a standby: id of the primary's database, where the last sweep proved that it follows it
};

// The servers of the plan's side, in the project's order.
std::vector<Participant> participantsOf(const probe::Plan& plan, const topology::Snapshot& snapshot);

} // namespace whichbase::verify
