#include "cli/exit_code.h"
#include "cli/test_row_command.h"
#include "history/proofs.h"
#include "verify/check.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace whichbase::cli {
namespace {

struct Options {
  ProbeOptions probe;
  OutputOptions output;
  TestRowChoice testRow;
};

// 1 where two were proven apart, 3 where somebody was not reached or it cannot be told.
int exitCodeOf(const verify::CheckResult& result) {
  if (result.verification.everyoneSees)
    return exitFine;
  for (const auto& row : result.sights)
    for (const auto sight : row)
      if (sight == verify::Sight::notSeen || sight == verify::Sight::sameInstance)
        return exitSplit;
  return exitUndetermined;
}

int checked(const Options& options, ProbedIncident& incident, const std::vector<verify::Participant>& participants,
            std::optional<topology::Verification>& verification, Context& context) {
  probe::Connector connector(context.interrupt.token(), incident.routes());
  verify::CheckOptions checking;
  checking.perEndpoint = options.probe.perEndpoint;
  const auto result = verify::check(participants, checking, connector, context.interrupt.token());
  if (context.interrupt.requested())
    return exitInterrupted;
  verification = result.verification;
  const std::string text =
      options.output.json() ? verify::toJson(result) : printable(verify::toText(result), options.output.ascii);
  return context.console.print(text) ? exitCodeOf(result) : exitUnusable;
}

// The result goes into the incident's history, which is made where there is none; where it cannot, that is told, and
// the result stands.
void record(ProbedIncident& incident, const topology::Verification& verification, Context& context) {
  const auto file = incident.record();
  const auto kept = file ? history::keep(**file, verification) : std::unexpected(file.error());
  if (!kept)
    context.console.note("The history does not have this verification: " + kept.error().text);
}

int verifyProject(const Options& options, Context& context) {
  const TestRowChoice& choice = options.testRow;
  if (choice.place.empty() && (choice.showPlan || choice.yes || !choice.writer.empty() || !choice.insertFile.empty())) {
    context.console.error("--writer, --insert-sql, --show-plan and --yes belong to --canary");
    return exitUnusable;
  }
  if (!choice.insertFile.empty() && choice.place != "users") {
    context.console.error("--insert-sql belongs to --canary users");
    return exitUnusable;
  }
  int exitCode = exitUnusable;
  auto opened = openProject(options.probe, context, exitCode);
  if (!opened)
    return exitCode;
  ProbedIncident incident(options.probe, std::move(*opened), context);
  if (!incident.probe())
    return incident.exitCode();
  const auto participants = verify::participantsOf(incident.plan(), incident.after());
  TestRowCommand testRow(choice, options.probe.project, options.output, incident, participants, context);
  const bool isClean = testRow.removeLeftBehind();
  if (choice.clean)
    return isClean ? exitFine : exitSplit;
  std::optional<topology::Verification> verification;
  exitCode = choice.place.empty() ? checked(options, incident, participants, verification, context)
                                  : testRow.run(verification);
  if (verification)
    record(incident, *verification, context);
  return exitCode;
}

} // namespace

void addVerify(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand("verify", "Prove that a project's servers share one database");
  auto options = std::make_shared<Options>();
  TestRowChoice& choice = options->testRow;
  addProbeOptions(*command, options->probe);
  addOutputOptions(*command, options->output, false);
  auto* canary = command
                     ->add_option("--canary", choice.place,
                                  "Write a test row, watch every server see it, delete it: in a table of its own "
                                  "(whichbase_canary), or in the users table")
                     ->type_name("own-table|users")
                     ->check(CLI::IsMember({"own-table", "users"}));
  command->add_option("--writer", choice.writer, "The server to write through; left out: the first that writes")
      ->type_name("SERVER");
  command
      ->add_option("--insert-sql", choice.insertFile,
                   "The INSERT into the users table, completed from the plan's; - is standard input")
      ->type_name("FILE");
  command->add_flag("--show-plan", choice.showPlan,
                    "Print the exact SQL, what else it may do, and what speaks against "
                    "it; write nothing");
  command->add_flag("--yes", choice.yes, "Agree to the plan");
  command->add_option("--project-name", choice.projectName,
                      "The project's title, which agrees to writing into a production database");
  command->add_flag("--clean", choice.clean, "Only remove what an earlier test that was broken off has left")
      ->excludes(canary);
  command->footer("Without --canary nothing is written: each server's own session looks for the flags that the others "
                  "raise.\nThe test row is noted in a journal before it is written; whatever happens, the next start "
                  "removes it.\nExit codes: 0 every server sees it (and that it is gone again), 1 one does not, or it "
                  "was refused, 2 usage, or not agreed to, 3 it could not be told.\n"
                  "Example: whichbase-cli verify tovplay.whichbase.toml --canary own-table");
  command->callback([options, &context] { context.exitCode = verifyProject(*options, context); });
}

} // namespace whichbase::cli
