// Visits many targets in parallel, with hard deadlines, and tells which of them lead to one database.
#pragma once

#include "connection/connection_string.h"
#include "route/routes.h"
#include "topology/observation.h"

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::probe {

// One connection string over one route. Equal targets are probed once.
struct Target {
  connection::Parameters parameters; // with the password
  // Passwords from elsewhere than the string (~/.pgpass knows one a host): one an endpoint of the parameters, or empty.
  std::vector<std::string> hostPasswords{};
  std::string
      passwordNote{}; // why a source of passwords was not used, for the failure's text when the server refuses us
  route::Via via{};
  std::string usersRelation; // as configured, or empty: look for the usual names
  // Set where the target cannot be visited at all (stage configuration or route); it is then reported as it is.
  std::optional<topology::Failure> refused;
  // A database remembered from the before side: when its name is gone, its instance is asked whether it is.
  bool ghost = false;
  bool operator==(const Target&) const = default;
};

struct SweepOptions {
  std::chrono::milliseconds deadline{30'000};      // the whole sweep, hard
  std::chrono::milliseconds probeDeadline{10'000}; // one probe, at most
  int concurrency = 32;                            // probes in flight; one that waits longer than 1 s is not counted
  int perEndpoint = 4;                             // connections at a time to one host and port
};

struct Progress {
  std::size_t target = 0; // index of the target just done
  std::size_t done = 0;
  std::size_t total = 0;
};

struct SweepResult {
  topology::UtcTime startedAt{};
  topology::UtcTime finishedAt{};
  bool complete = true;                            // false: cancelled, or the deadline cut it
  std::vector<topology::Observation> observations; // as the targets
  std::vector<topology::Meeting> meetings;
};

// Called on the sweep's own threads, one call at a time.
using OnObservation = std::function<void(const Progress&, const topology::Observation&)>;

// Returns when every target is done, at options.deadline at the latest, or at once when stopped. Without `routes` it
// makes its own, which end with it.
SweepResult sweep(const std::vector<Target>& targets, const SweepOptions& options, std::stop_token stop,
                  const OnObservation& onObservation = {}, std::shared_ptr<route::Routes> routes = {});

} // namespace whichbase::probe
