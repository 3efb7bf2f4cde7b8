#include "cli/report_source.h"

#include "cli/exit_code.h"
#include "cli/history_source.h"
#include "cli/probed_incident.h"
#include "document/recorded.h"
#include "document/report.h"
#include "report/json.h"
#include "topology/assemble.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace whichbase::cli {
namespace {

using document::Incident;
using history::History;
using topology::Side;
using topology::Snapshot;

bool isProject(const std::filesystem::path& file) {
  return file.extension() == ".toml";
}

std::optional<Snapshot> loaded(const std::string& file, Console& console) {
  auto snapshot = report::loadSnapshot(file);
  if (snapshot)
    return std::move(*snapshot);
  console.error(snapshot.error().text);
  return std::nullopt;
}

std::optional<Incident> fromSnapshots(const ReportSource& source, Console& console) {
  if (!source.at.empty()) {
    console.error("--at belongs to a project or its recording: a snapshot is of one time");
    return std::nullopt;
  }
  auto first = loaded(source.files.front(), console);
  if (!first)
    return std::nullopt;
  if (source.files.size() == 1)
    return Incident{std::move(*first)};
  auto second = loaded(source.files.back(), console);
  if (!second)
    return std::nullopt;
  // Two recordings of any side may be compared; here they are what they are given as.
  first->side = Side::before;
  second->side = Side::after;
  return Incident{topology::compare(*first, *second)};
}

std::optional<Incident> fromHistory(const ReportSource& source, Console& console) {
  const std::string& named = source.files.front();
  const auto file = historyFileFrom(named);
  std::error_code ignored;
  if (isProject(named) && !std::filesystem::exists(file, ignored)) {
    console.error(
        fmt::format("nothing of {0} is recorded: there is no {1}. Record it first with whichbase-cli watch {0}, "
                    "or probe it now: whichbase-cli report {0} --probe",
                    named, file.string()));
    return std::nullopt;
  }
  const auto opened = History::open(file, History::Mode::read);
  if (!opened) {
    console.error(opened.error().text);
    return std::nullopt;
  }
  std::optional<topology::UtcTime> at;
  if (!source.at.empty()) {
    const auto overview = (*opened)->overview();
    const auto end = overview ? endOf(*overview) : std::nullopt;
    at = timeFrom(source.at, end.value_or(topology::now()));
    if (!at) {
      console.error(fmt::format("\"{}\" is no time. {}", source.at, timeHelp));
      return std::nullopt;
    }
  }
  auto incident = document::incidentIn(**opened, at);
  if (incident)
    return std::move(*incident);
  console.error(incident.error().text);
  return std::nullopt;
}

// What is seen now, with what was recorded, proven and written before.
std::optional<Incident> fromProbe(const ReportSource& source, Context& context, int& exitCode) {
  ProbeOptions options = source.probe;
  options.project = source.files.front();
  auto project = openProject(options, context, exitCode);
  if (!project)
    return std::nullopt;
  ProbedIncident probed(options, std::move(*project), context);
  if (!probed.probe()) {
    exitCode = probed.exitCode();
    return std::nullopt;
  }
  exitCode = exitUnusable;
  if (!probed.hasFile())
    return probed.before() ? Incident{topology::compare(*probed.before(), probed.after())} : Incident{probed.after()};
  const auto opened = History::open(probed.file(), History::Mode::read);
  auto incident =
      opened ? document::incidentNow(**opened, probed.before(), probed.after()) : std::unexpected(opened.error());
  if (incident)
    return std::move(*incident);
  context.console.error(incident.error().text);
  return std::nullopt;
}

// False: they do not go together; it was told.
bool areUsable(const ReportSource& source, Console& console) {
  const bool isOneProject = source.files.size() == 1 && isProject(source.files.front());
  if (source.probes && !isOneProject)
    console.error("--probe needs a project file, NAME.whichbase.toml");
  else if (source.probes && !source.at.empty())
    console.error("--probe is of now; leave --at out");
  else if (source.files.size() == 2 && (isProject(source.files.front()) || isProject(source.files.back())))
    console.error("give one project, or two snapshots: BEFORE.json AFTER.json");
  else
    return true;
  return false;
}

} // namespace

void addReportSource(CLI::App& command, ReportSource& source) {
  command
      .add_option("SOURCE", source.files,
                  "Project file, of which the recording is taken; or a recorded NAME.whichbase, or a snapshot; or two "
                  "snapshots, BEFORE.json AFTER.json")
      ->required()
      ->expected(1, 2);
  command.add_option("--at", source.at, "As it was known at TIME. " + std::string(timeHelp))->type_name("TIME");
  command.add_flag("--probe", source.probes, "Probe the project now instead of taking its recorded state");
  addSweepOptions(command, source.probe);
}

std::optional<Incident> incidentFrom(const ReportSource& source, Context& context, int& exitCode) {
  exitCode = exitUnusable;
  if (!areUsable(source, context.console))
    return std::nullopt;
  if (source.probes)
    return fromProbe(source, context, exitCode);
  const std::string& first = source.files.front();
  if (source.files.size() == 1 && (isProject(first) || history::isHistoryFile(first)))
    return fromHistory(source, context.console);
  return fromSnapshots(source, context.console);
}

} // namespace whichbase::cli
