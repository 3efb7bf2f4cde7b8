#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "report/json.h"
#include "topology/assemble.h"

#include <CLI/CLI.hpp>

namespace whichbase::cli {
namespace {

struct Options {
  std::string before, after;
  OutputOptions output;
};

int compareFiles(const Options& options, Console& console) {
  const auto before = report::loadSnapshot(options.before);
  const auto after = report::loadSnapshot(options.after);
  for (const auto* side : {&before, &after})
    if (!*side)
      console.error(side->error().text);
  if (!before || !after)
    return exitUnusable;
  topology::Snapshot left = *before, right = *after;
  // Two recordings of any side may be compared; here they are what they are given as.
  left.side = topology::Side::before;
  right.side = topology::Side::after;
  const auto comparison = topology::compare(left, right);
  return deliverResult(comparison, options.output, console) ? exitCodeOf(comparison) : exitUnusable;
}

} // namespace

void addCompare(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand("compare", "Show two recorded snapshots side by side");
  auto options = std::make_shared<Options>();
  command->add_option("BEFORE", options->before, "Snapshot (JSON) of the side before")->required();
  command->add_option("AFTER", options->after, "Snapshot (JSON) of the side after")->required();
  addOutputOptions(*command, options->output, true);
  command->footer("Snapshots are made with: whichbase-cli probe PROJECT --side before --output before.json");
  command->callback([options, &context] { context.exitCode = compareFiles(*options, context.console); });
}

} // namespace whichbase::cli
