// Project → targets: what has to be visited to tell one side of a project.
#pragma once

#include "probe/sweep.h"
#include "project/project.h"
#include "topology/assemble.h"

namespace whichbase::probe {

// What to visit, and what the visits are for. The same order of servers as in the project.
struct Plan {
  std::vector<Target> targets;
  std::vector<topology::ServerSpec> servers;     // servers of that side; they point into targets
  std::vector<topology::Sighting::Ghost> ghosts; // likewise
  std::vector<std::string> secrets;              // every password in it, for redaction
};

using SecretLookup = std::function<std::optional<std::string>(const std::string& name)>;

// Servers without a connection on that side are left out. For the after side, the connections of the before side that
// no server has now are visited as ghosts; `before` is the before side's last snapshot where there is one.
Plan makePlan(const project::Project& project, topology::Side side, const SecretLookup& secret,
              const topology::Snapshot* before);

// The plan's sweep as the input of assemble().
topology::Sighting sightingOf(const project::Project& project, topology::Side side, const Plan& plan,
                              const SweepResult& result);

// makePlan, sweep, sightingOf and assemble in one: what the command line and the window's controller both do.
topology::Snapshot probeSide(const project::Project& project, topology::Side side, const SecretLookup& secret,
                             const topology::Snapshot* before, const SweepOptions& options, std::stop_token stop,
                             const OnObservation& onObservation = {});

} // namespace whichbase::probe
