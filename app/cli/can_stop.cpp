#include "verify/can_stop.h"

#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/probed_incident.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace whichbase::cli {
namespace {

struct Options {
  ProbeOptions probe;
  OutputOptions output;
  std::string database;
  bool noRows = false;
  double within = 600;
};

// That of the present side, also where it does not answer any more. Empty: nothing is called so.
std::string idOf(const std::string& name, const topology::Snapshot& after) {
  const std::string id = databaseCalled(name, after);
  if (!id.empty())
    return id;
  const auto* server = after.server(name);
  return server ? server->lastDatabase : std::string();
}

bool isServer(const std::string& name, const topology::Snapshot& after) {
  return after.server(name) != nullptr;
}

int exitCodeFor(const verify::StopAnswer& answer) {
  return !answer.asked ? exitUndetermined : answer.against.empty() ? exitFine : exitSplit;
}

verify::StopAnswer ask(const Options& options, const ProbedIncident& incident, const std::string& id,
                       Context& context) {
  verify::StopQuestion question;
  question.snapshot = &incident.after();
  question.database = id;
  question.compareRows = !options.noRows;
  for (const Reachable& reachable : incident.reachable()) {
    if (reachable.database.id == id)
      question.endpoint = endpointOf(reachable);
    else
      question.others.emplace_back(reachable.database.id, endpointOf(reachable));
  }
  probe::Connector connector(context.interrupt.token(), incident.routes());
  const auto deadline =
      pg::Clock::now() + std::chrono::duration_cast<pg::Clock::duration>(std::chrono::duration<double>(options.within));
  auto answer = verify::canStop(question, connector, deadline, context.interrupt.token(),
                                [&](const std::string& doing) { context.console.progress(doing + " …"); });
  context.console.endProgress();
  return answer;
}

int runCanStop(const Options& options, Context& context) {
  int exitCode = exitUnusable;
  auto opened = openProject(options.probe, context, exitCode);
  if (!opened)
    return exitCode;
  ProbedIncident incident(options.probe, std::move(*opened), context);
  if (!incident.probe())
    return incident.exitCode();
  const std::string id = idOf(options.database, incident.after());
  if (id.empty()) {
    const bool known = isServer(options.database, incident.after());
    context.console.error(
        known ? fmt::format("{} was not reached: it is not known which database it uses", options.database)
              : fmt::format("{} is no letter of a database and no server of the project", options.database));
    context.console.note(fmt::format("See what there is: whichbase-cli probe {}", options.probe.project));
    return known ? exitUndetermined : exitUnusable;
  }
  const verify::StopAnswer answer = ask(options, incident, id, context);
  if (context.interrupt.requested())
    return exitInterrupted;
  const std::string text = options.output.json() ? toJson(answer) : printable(toText(answer), options.output.ascii);
  // A command that was changed for the terminal would be another one.
  if (!options.output.json() && text.find(answer.dumpCommand) == std::string::npos)
    context.console.note("The pg_dump command holds what cannot be shown here: --format json has it exactly.");
  return deliver(text, options.output, context.console) ? exitCodeFor(answer) : exitUnusable;
}

} // namespace

void addCanStop(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand(
      "can-stop", "Tell what speaks against switching a database off, and the dump to take first");
  auto options = std::make_shared<Options>();
  addProbeOptions(*command, options->probe);
  command
      ->add_option("DATABASE", options->database,
                   "Its letter, as probe prints it, or the name of a server that uses it")
      ->required();
  addOutputOptions(*command, options->output, true);
  command->add_flag("--no-rows", options->noRows,
                    "Compare no rows with the databases in use: quicker, and less is known");
  command->add_option("--within", options->within, "Seconds that the looking may take after the probe (600)")
      ->check(CLI::Range(1.0, 86'400.0))
      ->type_name("SECONDS");
  command->footer("It only reads: who is connected, who writes, who is fed from it, and what exists only there.\n"
                  "The pg_dump that it prints is never run.\n"
                  "Exit codes: 0 nothing found against it, 1 no, 2 usage, 3 it could not be asked.\n"
                  "Example: whichbase-cli can-stop tovplay.whichbase.toml A");
  command->callback([options, &context] { context.exitCode = runCanStop(*options, context); });
}

} // namespace whichbase::cli
