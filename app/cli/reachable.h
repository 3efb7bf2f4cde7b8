// Which databases can be asked now, and over which targets of a probe.
#pragma once

#include "cli/project_probe.h"

#include <string>
#include <string_view>
#include <vector>

namespace whichbase::cli {

struct Reachable {
  topology::Database database;
  std::vector<const probe::Target*> targets; // of the probe's plan; the first one that works will do
};

// The databases of `after`, a snapshot of the probe's after side, that answered; also those that no server uses any
// more. In the snapshot's order.
std::vector<Reachable> reachableIn(const topology::Snapshot& after, const ProjectProbe& probing);

// The id of the database that is called so: by its letter, or by the name of a server that uses it. Empty: none.
std::string databaseCalled(std::string_view name, const topology::Snapshot& after);

// "A (Local container)".
std::string nameOf(const std::string& id, const std::string& label);

} // namespace whichbase::cli
