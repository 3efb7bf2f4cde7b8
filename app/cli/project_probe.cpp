#include "cli/project_probe.h"

#include "cli/agreement.h"
#include "cli/exit_code.h"
#include "cli/side_probe.h"
#include "connection/password_file.h"
#include "report/json.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace whichbase::cli {

using topology::Side;
using topology::Snapshot;

void addProbeOptions(CLI::App& command, ProbeOptions& options) {
  command.add_option("PROJECT", options.project, "Project file, NAME.whichbase.toml")->required();
  addSweepOptions(command, options);
}

void addSweepOptions(CLI::App& command, ProbeOptions& options) {
  command.add_option("--deadline", options.deadline, "The sweep of one side ends after so many SECONDS")
      ->capture_default_str()
      ->type_name("SECONDS")
      ->check(CLI::Range(0.1, 86400.0));
  command.add_option("--concurrency", options.concurrency, "Probes in flight")
      ->capture_default_str()
      ->type_name("N")
      ->check(CLI::Range(1, 1000));
  command.add_option("--per-endpoint", options.perEndpoint, "Connections at a time to one host and port")
      ->capture_default_str()
      ->type_name("N")
      ->check(CLI::Range(1, 1000));
  command.add_flag("--trust", options.trust,
                   "Agree to the commands that the project runs, and to which ${NAME} it sends to which address");
}

std::optional<OpenedProject> openProject(const ProbeOptions& options, Context& context, int& exitCode) {
  exitCode = exitUnusable;
  auto project = project::load(options.project);
  if (!project) {
    context.console.error(project.error().text);
    return std::nullopt;
  }
  auto agreed = agreedTo(*project, options.project, options.trust, context);
  if (!agreed) {
    exitCode = context.interrupt.requested() ? exitInterrupted : exitUnusable;
    return std::nullopt;
  }
  // Of the whole project, so that no error text of either side can show one.
  for (const auto& use : agreed->secrets)
    if (const auto value = context.environment(use.variable); value && !value->empty())
      context.console.secrets.push_back(*value);
  exitCode = exitFine;
  return OpenedProject{std::move(*project), std::move(*agreed)};
}

ProjectProbe::ProjectProbe(const ProbeOptions& options, OpenedProject opened, Context& context)
    : m_project(std::move(opened.project)), m_context(context), m_sweep(sweepOptions(options.deadline)) {
  m_sweep.concurrency = options.concurrency;
  m_sweep.perEndpoint = options.perEndpoint;
  m_sources.secret = context.environment;
  m_sources.folder = folderOf(options.project);
  m_sources.passwordFile = connection::passwordFile();
  m_sources.routes = std::make_shared<route::Routes>(); // one login for both sides
  m_sources.agreed = std::move(opened.agreed.secrets);
}

std::optional<Sides> ProjectProbe::probed(const std::string& side) {
  auto sides = probedOnce(side);
  if (sides && askForPasswords())
    sides = probedOnce(side);
  return sides;
}

std::optional<Sides> ProjectProbe::probedOnce(const std::string& side) {
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

std::optional<Snapshot> ProjectProbe::sideBefore() {
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

std::optional<Snapshot> ProjectProbe::probedSide(Side side, const Snapshot* before) {
  m_failure = exitInterrupted;
  m_seen.clear();
  m_sources.onPlan = [&](const probe::Plan& plan) { m_plan = plan; };
  auto snapshot = probeShown(m_project, side, m_sources, before, m_sweep, m_context,
                             [&](const probe::Progress& progress, const topology::Observation& observation) {
                               m_seen[progress.target] = observation;
                             });
  m_sources.onPlan = {};
  if (!snapshot)
    return std::nullopt;
  const std::map<std::string, probe::PasswordKey> keys(m_plan.passwordKeys.begin(), m_plan.passwordKeys.end());
  for (const auto& server : snapshot->servers)
    if (server.failure) {
      const auto key = keys.find(server.name);
      m_refusals.push_back({server.name, *server.failure, key == keys.end() ? "" : key->second});
    }
  return snapshot;
}

// One question a target; true where there is a password to try now that there was not before.
bool ProjectProbe::askForPasswords() {
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

void ProjectProbe::tellLogins() {
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

} // namespace whichbase::cli
