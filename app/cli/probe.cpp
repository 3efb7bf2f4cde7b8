#include "cli/exit_code.h"
#include "cli/left_behind.h"
#include "cli/output.h"
#include "cli/project_probe.h"
#include "topology/assemble.h"

#include <CLI/CLI.hpp>

namespace whichbase::cli {
namespace {

struct Options {
  ProbeOptions probe;
  std::string side;
  OutputOptions output;
};

template <class Result>
int delivered(const Result& result, const OutputOptions& output, Console& console) {
  return deliverResult(result, output, console) ? exitCodeOf(result) : exitUnusable;
}

int probeProject(const Options& options, Context& context) {
  int exitCode = exitUnusable;
  auto opened = openProject(options.probe, context, exitCode);
  if (!opened)
    return exitCode;
  noteLeftBehind(options.probe.project, context.console);
  ProjectProbe probing(options.probe, std::move(*opened), context);
  const bool hasBefore = probing.project().hasBefore();
  const std::string side = options.side.empty() ? (hasBefore ? "both" : "after") : options.side;
  if (side != "after" && !hasBefore) {
    context.console.error(options.probe.project + " has no before side: give its servers a [server.before], or leave "
                                                  "--side out");
    return exitUnusable;
  }
  const auto sides = probing.probed(side);
  if (!sides)
    return probing.exitCode();
  probing.tellLogins();
  if (side == "after")
    return delivered(*sides->after, options.output, context.console);
  if (side == "before")
    return delivered(*sides->before, options.output, context.console);
  return delivered(topology::compare(*sides->before, *sides->after), options.output, context.console);
}

} // namespace

void addProbe(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand("probe", "Probe the servers of a project and print what they lead to");
  auto options = std::make_shared<Options>();
  addProbeOptions(*command, options->probe);
  command->add_option("--side", options->side, "before, after or both (as usual where the project has a before side)")
      ->check(CLI::IsMember({"before", "after", "both"}));
  addOutputOptions(*command, options->output, true);
  command->footer(
      "Values of ${NAME} come from the environment; missing passwords from ~/.pgpass, and on a terminal from "
      "you. Every visit is read-only; nothing is written to a "
      "database.\nExample: EXTERNAL_PASSWORD=… whichbase-cli probe tovplay.whichbase.toml --trust");
  command->callback([options, &context] { context.exitCode = probeProject(*options, context); });
}

} // namespace whichbase::cli
