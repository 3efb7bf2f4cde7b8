// Probing a project's sides from the command line, with all that has to be asked first: agreement to what the project
// runs and sends, and the passwords that no source has.
#pragma once

#include "cli/commands.h"
#include "probe/plan.h"
#include "project/trust.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::cli {

// What every command takes that probes a project.
struct ProbeOptions {
  std::string project; // the file
  double deadline = 30;
  int concurrency = probe::SweepOptions{}.concurrency;
  int perEndpoint = probe::SweepOptions{}.perEndpoint;
  bool trust = false;
};
void addProbeOptions(CLI::App& command, ProbeOptions& options);
void addSweepOptions(CLI::App& command, ProbeOptions& options); // the same but the project

// The project, and what was agreed to. Empty: it cannot be read, or nobody agreed; that was told. `exitCode` is then
// what the program ends with.
struct OpenedProject {
  project::Project project;
  project::Requests agreed;
};
std::optional<OpenedProject> openProject(const ProbeOptions& options, Context& context, int& exitCode);

// The sides that were asked for; a recorded one stands in for probing it.
struct Sides {
  std::optional<topology::Snapshot> before;
  std::optional<topology::Snapshot> after;
};

class ProjectProbe {
public:
  ProjectProbe(const ProbeOptions& options, OpenedProject opened, Context& context);

  const project::Project& project() const { return m_project; }
  const probe::Sources& sources() const { return m_sources; } // with the passwords that were typed
  const probe::SweepOptions& sweep() const { return m_sweep; }

  // `side` is before, after or both. Asks for missing passwords, once, and probes again with them. Empty: `exitCode()`
  // says what the program ends with.
  std::optional<Sides> probed(const std::string& side);
  int exitCode() const { return m_failure; }
  // Where somebody has to log in before a route works.
  void tellLogins();

  // The last sweep of the after side: what was visited, and what was seen there, by index of the target.
  const probe::Plan& plan() const { return m_plan; }
  const std::map<std::size_t, topology::Observation>& seen() const { return m_seen; }

private:
  // A server that was not reached, and under which name its password is asked for.
  struct Refusal {
    std::string server;
    topology::Failure failure;
    probe::PasswordKey key;
  };
  std::optional<Sides> probedOnce(const std::string& side);
  std::optional<topology::Snapshot> sideBefore();
  std::optional<topology::Snapshot> probedSide(topology::Side side, const topology::Snapshot* before);
  bool askForPasswords();

  project::Project m_project;
  Context& m_context;
  probe::SweepOptions m_sweep;
  probe::Sources m_sources;
  std::vector<Refusal> m_refusals; // of the last sweep of each side
  probe::Plan m_plan;
  std::map<std::size_t, topology::Observation> m_seen;
  int m_failure = 0;
};

} // namespace whichbase::cli
