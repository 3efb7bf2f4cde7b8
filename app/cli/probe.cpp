#include "cli/agreement.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/side_probe.h"
#include "connection/password_file.h"
#include "report/json.h"
#include "topology/assemble.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <map>

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

// The sides that were asked for; a recorded one stands in for probing it.
struct Sides {
  std::optional<Snapshot> before;
  std::optional<Snapshot> after;
};

class Run {
public:
  Run(const Options& options, project::Project project, const project::Requests& agreed, Context& context)
      : m_options(options), m_project(std::move(project)), m_context(context), m_sweep(sweepOptions(options.deadline)) {
    m_sweep.concurrency = options.concurrency;
    m_sweep.perEndpoint = options.perEndpoint;
    m_sources.secret = context.environment;
    m_sources.folder = folderOf(options.project);
    m_sources.passwordFile = connection::passwordFile();
    m_sources.routes = std::make_shared<route::Routes>(); // one login for both sides
    m_sources.agreed = agreed.secrets;
  }

  int go() {
    const std::string side = m_options.side.empty() ? (m_project.hasBefore() ? "both" : "after") : m_options.side;
    if (side != "after" && !m_project.hasBefore()) {
      m_context.console.error(m_options.project + " has no before side: give its servers a [server.before], or leave "
                                                  "--side out");
      return exitUnusable;
    }
    auto sides = probed(side);
    if (sides && askForPasswords())
      sides = probed(side);
    if (!sides)
      return m_failure;
    tellLogins();
    if (side == "after")
      return deliverOne(*sides->after);
    if (side == "before")
      return deliverOne(*sides->before);
    const auto comparison = topology::compare(*sides->before, *sides->after);
    return deliverResult(comparison, m_options.output, m_context.console) ? exitCodeOf(comparison) : exitUnusable;
  }

private:
  std::optional<Sides> probed(const std::string& side) {
    m_refusals.clear();
    Sides sides;
    // A recorded before side tells what its databases were, and so what the after side is to look for.
    if (side != "after" || !m_project.beforeSnapshot.empty())
      if (!(sides.before = sideBefore()))
        return std::nullopt;
    if (side != "before")
      if (!(sides.after = probedSide(Side::after, sides.before ? &*sides.before : nullptr)))
        return std::nullopt;
    return sides;
  }

  std::optional<Snapshot> sideBefore() {
    if (m_project.beforeSnapshot.empty())
      return probedSide(Side::before, nullptr);
    auto loaded = report::loadSnapshot(m_sources.folder / m_project.beforeSnapshot);
    if (!loaded) {
      m_context.console.error(loaded.error().text);
      m_failure = exitUnusable;
      return std::nullopt;
    }
    loaded->side = Side::before;
    return *loaded;
  }

  std::optional<Snapshot> probedSide(Side side, const Snapshot* before) {
    m_failure = exitInterrupted;
    std::map<std::string, probe::PasswordKey> keys;
    m_sources.onPlan = [&](const probe::Plan& plan) { keys = {plan.passwordKeys.begin(), plan.passwordKeys.end()}; };
    auto snapshot = probeShown(m_project, side, m_sources, before, m_sweep, m_context);
    if (snapshot)
      for (const auto& server : snapshot->servers)
        if (server.failure)
          m_refusals.push_back({server.name, *server.failure, keys[server.name]});
    return snapshot;
  }

  // One question a target; true where there is a password to try now that there was not before.
  bool askForPasswords() {
    std::map<probe::PasswordKey, std::string> servers;
    for (const auto& refusal : m_refusals)
      if (refusal.failure.passwordMissing && !refusal.key.empty()) {
        auto& names = servers[refusal.key];
        names += (names.empty() ? "" : ", ") + refusal.server;
      }
    if (!m_context.console.canAsk())
      return false;
    for (const auto& [key, names] : servers) {
      const auto password = m_context.console.ask(fmt::format("Password for {} ({}): ", key, names), false);
      if (!password)
        break;
      if (!password->empty())
        m_sources.typed[key] = *password;
    }
    return !m_sources.typed.empty() && !m_context.interrupt.requested();
  }

  // Where somebody has to log in before the route works.
  void tellLogins() {
    std::map<std::string, std::string> servers;
    for (const auto& refusal : m_refusals)
      if (!refusal.failure.loginCommand.empty()) {
        auto& names = servers[refusal.failure.loginCommand];
        names += (names.empty() ? "" : ", ") + refusal.server;
      }
    for (const auto& [command, names] : servers) {
      m_context.console.note(names + ": somebody has to log in first. Run this on a terminal, then probe again:");
      m_context.console.note("  " + command);
    }
  }

  int deliverOne(const Snapshot& snapshot) {
    return deliverResult(snapshot, m_options.output, m_context.console) ? exitCodeOf(snapshot) : exitUnusable;
  }

  // A server that was not reached, and under which name its password is asked for.
  struct Refusal {
    std::string server;
    topology::Failure failure;
    probe::PasswordKey key;
  };

  const Options& m_options;
  project::Project m_project;
  Context& m_context;
  probe::SweepOptions m_sweep;
  probe::Sources m_sources;
  std::vector<Refusal> m_refusals; // of the last sweep of each side
  int m_failure = exitUnusable;    // the exit code when a side could not be had
};

int probeProject(const Options& options, Context& context) {
  const auto project = project::load(options.project);
  if (!project) {
    context.console.error(project.error().text);
    return exitUnusable;
  }
  const auto agreed = agreedTo(*project, options.project, options.trust, context);
  if (!agreed)
    return context.interrupt.requested() ? exitInterrupted : exitUnusable;
  // Of the whole project, so that no error text of either side can show one.
  for (const auto& use : agreed->secrets)
    if (const auto value = context.environment(use.variable); value && !value->empty())
      context.console.secrets.push_back(*value);
  return Run(options, *project, *agreed, context).go();
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
  command->add_flag("--trust", options->trust,
                    "Agree to the commands that the project runs, and to which ${NAME} it sends to which address");
  command->footer(
      "Values of ${NAME} come from the environment; missing passwords from ~/.pgpass, and on a terminal from "
      "you. Every visit is read-only; nothing is written to a "
      "database.\nExample: EXTERNAL_PASSWORD=… whichbase-cli probe tovplay.whichbase.toml --trust");
  command->callback([options, &context] { context.exitCode = probeProject(*options, context); });
}

} // namespace whichbase::cli
