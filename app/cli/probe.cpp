#include "cli/agreement.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/side_probe.h"
#include "report/json.h"
#include "topology/assemble.h"

#include <CLI/CLI.hpp>

#include <cstdlib>

namespace whichbase::cli {
namespace {

using topology::Side;
using topology::Snapshot;

struct Options {
  std::string project;
  std::string side;
  OutputOptions output;
  double deadline = 30;
  int concurrency = probe::SweepOptions{}.concurrency;
  int perEndpoint = probe::SweepOptions{}.perEndpoint;
  bool trust = false;
};

std::optional<std::string> fromEnvironment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? std::optional<std::string>(value) : std::nullopt;
}

// Of the whole project, so that no error text of either side can show one.
std::vector<std::string> secretsOf(const project::Project& project) {
  std::vector<std::string> secrets;
  for (const auto& server : project.servers)
    for (const auto& spec : {server.present, server.before})
      for (const auto& name : spec ? project::variables(spec->url) : std::vector<std::string>{})
        if (const auto value = fromEnvironment(name); value && !value->empty())
          secrets.push_back(*value);
  return secrets;
}

class Run {
public:
  Run(const Options& options, project::Project project, Context& context)
      : m_options(options), m_project(std::move(project)), m_context(context), m_sweep(sweepOptions(options.deadline)) {
    m_sweep.concurrency = options.concurrency;
    m_sweep.perEndpoint = options.perEndpoint;
  }

  int go() {
    const std::string side = m_options.side.empty() ? (m_project.hasBefore() ? "both" : "after") : m_options.side;
    if (side != "after" && !m_project.hasBefore()) {
      m_context.console.error(m_options.project + " has no before side: give its servers a [server.before], or leave "
                                                  "--side out");
      return exitUnusable;
    }
    if (side == "after")
      return goAfterOnly();
    const auto before = sideBefore();
    if (!before || side == "before")
      return before ? deliverOne(*before) : m_failure;
    const auto after = probed(Side::after, &*before);
    if (!after)
      return m_failure;
    const auto comparison = topology::compare(*before, *after);
    return deliverResult(comparison, m_options.output, m_context.console) ? exitCodeOf(comparison) : exitUnusable;
  }

private:
  int goAfterOnly() {
    // A recorded before side tells what its databases were, and so what to look for.
    std::optional<Snapshot> before;
    if (!m_project.beforeSnapshot.empty() && !(before = sideBefore()))
      return m_failure;
    const auto after = probed(Side::after, before ? &*before : nullptr);
    return after ? deliverOne(*after) : m_failure;
  }

  std::optional<Snapshot> sideBefore() {
    if (m_project.beforeSnapshot.empty())
      return probed(Side::before, nullptr);
    const auto file = std::filesystem::path(m_options.project).parent_path() / m_project.beforeSnapshot;
    auto loaded = report::loadSnapshot(file);
    if (!loaded) {
      m_context.console.error(loaded.error().text);
      m_failure = exitUnusable;
      return std::nullopt;
    }
    loaded->side = Side::before;
    return *loaded;
  }

  std::optional<Snapshot> probed(Side side, const Snapshot* before) {
    m_failure = exitInterrupted;
    probe::Sources sources;
    sources.secret = fromEnvironment;
    sources.folder = std::filesystem::path(m_options.project).parent_path();
    return probeShown(m_project, side, sources, before, m_sweep, m_context);
  }

  int deliverOne(const Snapshot& snapshot) {
    return deliverResult(snapshot, m_options.output, m_context.console) ? exitCodeOf(snapshot) : exitUnusable;
  }

  const Options& m_options;
  project::Project m_project;
  Context& m_context;
  probe::SweepOptions m_sweep;
  int m_failure = exitUnusable; // the exit code when a side could not be had
};

int probeProject(const Options& options, Context& context) {
  const auto project = project::load(options.project);
  if (!project) {
    context.console.error(project.error().text);
    return exitUnusable;
  }
  context.console.secrets = secretsOf(*project);
  if (!agreedTo(*project, options.project, options.trust, context.console))
    return context.interrupt.requested() ? exitInterrupted : exitUnusable;
  return Run(options, *project, context).go();
}

} // namespace

void addProbe(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand("probe", "Probe the servers of a project and print what they lead to");
  auto options = std::make_shared<Options>();
  command->add_option("PROJECT", options->project, "Project file, NAME.whichbase.toml")->required();
  command->add_option("--side", options->side, "before, after or both (as usual where the project has a before side)")
      ->check(CLI::IsMember({"before", "after", "both"}));
  addOutputOptions(*command, options->output, true);
  command->add_option("--deadline", options->deadline, "The sweep of one side ends after so many SECONDS")
      ->capture_default_str()
      ->type_name("SECONDS")
      ->check(CLI::Range(0.1, 86400.0));
  command->add_option("--concurrency", options->concurrency, "Probes in flight")
      ->capture_default_str()
      ->type_name("N")
      ->check(CLI::Range(1, 1000));
  command->add_option("--per-endpoint", options->perEndpoint, "Connections at a time to one host and port")
      ->capture_default_str()
      ->type_name("N")
      ->check(CLI::Range(1, 1000));
  command->add_flag("--trust", options->trust, "Agree to which ${NAME} the project sends to which address");
  command->footer("Values of ${NAME} come from the environment. Every visit is read-only; nothing is written to a "
                  "database.\nExample: EXTERNAL_PASSWORD=… whichbase-cli probe tovplay.whichbase.toml --trust");
  command->callback([options, &context] { context.exitCode = probeProject(*options, context); });
}

} // namespace whichbase::cli
