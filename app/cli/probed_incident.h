// A probe of a project for commands that go on with its databases: they bear the letters that the incident's history
// has for them, and what was found can be written there.
#pragma once

#include "cli/reachable.h"
#include "compare/endpoint.h"
#include "history/history.h"

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::cli {

class ProbedIncident {
public:
  ProbedIncident(const ProbeOptions& options, OpenedProject opened, Context& context);

  // Both sides, where there are two. False: nothing was probed, and exitCode() is what the program ends with.
  bool probe();
  int exitCode() const { return m_probing.exitCode(); }

  const project::Project& project() const { return m_probing.project(); }
  const std::optional<topology::Snapshot>& before() const { return m_before; }
  const topology::Snapshot& after() const { return m_after; }
  const probe::Plan& plan() const { return m_probing.plan(); } // of the after side
  const std::shared_ptr<route::Routes>& routes() const { return m_probing.sources().routes; }

  std::vector<Reachable> reachable() const { return reachableIn(m_after, m_probing); }
  // By its letter, or the name of a server that uses it. Empty: there is none of that name that can be asked now.
  std::optional<Reachable> reachable(const std::string& name) const;

  // The incident's history, beside the project: NAME.whichbase.
  const std::filesystem::path& file() const { return m_file; }
  bool hasFile() const;
  // Opens it to record, makes it where there is none, puts a damaged one aside and says so; what was probed goes in
  // first, so that letters stay what they are.
  std::expected<std::unique_ptr<history::History>, history::Error> record();

private:
  std::optional<history::State> lastState() const;

  Context& m_context;
  std::filesystem::path m_file;
  ProjectProbe m_probing;
  std::optional<topology::Snapshot> m_before;
  topology::Snapshot m_after;
};

// For comparing and asking further.
compare::Endpoint endpointOf(const Reachable& reachable);

} // namespace whichbase::cli
