// Project → targets: what has to be visited to tell one side of a project.
#pragma once

#include "pg/watchdog.h"
#include "probe/sweep.h"
#include "project/trust.h"
#include "route/routes.h"
#include "topology/assemble.h"

namespace whichbase::probe {

// A target without a password, for those who keep or ask for passwords: "app@db.example.org:5432/shop via ssh prod".
using PasswordKey = std::string;

// What to visit, and what the visits are for. The same order of servers as in the project.
struct Plan {
  std::vector<Target> targets;
  std::vector<topology::ServerSpec> servers;     // servers of that side; they point into targets
  std::vector<topology::Sighting::Ghost> ghosts; // likewise
  std::vector<std::string> secrets;              // every password in it, for redaction
  std::vector<std::pair<std::string, PasswordKey>>
      passwordKeys; // server's name and its target's key, where the target may be visited
};

using SecretLookup = std::function<std::optional<std::string>(const std::string& name)>;

// Where configurations and secrets come from. Passwords are looked for in this order: the string itself, ${NAME},
// password_command, the password file, the keychain, what was typed.
struct Sources {
  SecretLookup secret;                  // of ${NAME}
  std::filesystem::path folder{};       // of the project file: relative paths start there
  std::filesystem::path passwordFile{}; // ~/.pgpass; empty: none
  std::function<std::optional<std::string>(const PasswordKey& key)>
      keychain{}; // called from the sweep's threads; may be empty
  std::map<PasswordKey, std::string> typed{};
  std::shared_ptr<route::Routes> routes{}; // null: made for the sweep, ended with it
  // What of this computer may go where (project::requestsOf). A configuration file that asks for more since then is
  // refused until somebody agreed to that, too. Nothing: all of it may.
  std::optional<std::vector<project::SecretUse>> agreed{};
  // probeSide() hands it the plan before the first visit, on the sweep's thread: for those who ask for passwords.
  std::function<void(const Plan& plan)> onPlan{};
};

// Reads every configuration and looks for every password, running the project's commands at the same time, until the
// deadline; one that fails or hangs makes its own servers' targets refused ones. Servers without a connection on that
// side are left out. For the after side, the connections of the before side that no server has now are visited as
// ghosts; `before` is the before side's last snapshot where there is one.
Plan makePlan(const project::Project& project, topology::Side side, const Sources& sources,
              const topology::Snapshot* before, pg::TimePoint deadline, std::stop_token stop = {});

// The plan's sweep as the input of assemble().
topology::Sighting sightingOf(const project::Project& project, topology::Side side, const Plan& plan,
                              const SweepResult& result);

// makePlan, sweep, sightingOf and assemble in one: what the command line and the window's controller both do.
topology::Snapshot probeSide(const project::Project& project, topology::Side side, const Sources& sources,
                             const topology::Snapshot* before, const SweepOptions& options, std::stop_token stop,
                             const OnObservation& onObservation = {});

} // namespace whichbase::probe
