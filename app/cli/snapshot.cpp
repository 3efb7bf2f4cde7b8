#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/history_source.h"
#include "cli/output.h"
#include "report/json.h"
#include "topology/assemble.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace whichbase::cli {
namespace {

struct Options {
  std::string source, at, side;
  OutputOptions output;
};

using history::History;
using topology::UtcTime;

// Of when it is, and whether somebody watched at the time that was asked for.
std::string ofWhen(const history::Overview& overview, const history::State& state, UtcTime asked) {
  std::string text =
      fmt::format("As known at {}: unchanged since {}.", topology::toIso8601(asked), topology::toIso8601(state.at));
  const auto next =
      std::ranges::find_if(overview.spans, [&](const history::Span& span) { return span.until >= asked; });
  if (next != overview.spans.end() && next->from <= asked)
    return text;
  text += " Nobody watched at that time";
  if (next != overview.spans.begin())
    text += fmt::format(": not after {}", topology::toIso8601((next - 1)->until));
  if (next != overview.spans.end())
    text += fmt::format("{} until {}", next == overview.spans.begin() ? ":" : ", not", topology::toIso8601(next->from));
  return text + ".";
}

template <class Result>
int deliverState(const Result& result, const std::string& heading, const Options& options, Console& console) {
  if (options.output.json()) {
    console.note(heading);
    return deliver(report::toJson(result), options.output, console) ? exitCodeOf(result) : exitUnusable;
  }
  const auto look = console.textOptions(options.output.ascii, !options.output.file.empty());
  const std::string text = heading + "\n\n" + report::toText(result, look);
  return deliver(text, options.output, console) ? exitCodeOf(result) : exitUnusable;
}

int deliverSides(const history::State& state, const std::string& heading, const Options& options, Console& console) {
  const bool wantsBefore = options.side != "after", wantsAfter = options.side != "before";
  if ((options.side != "after" && options.side.size() == 6 && !state.before) ||
      (options.side == "after" && !state.after)) {
    console.error(fmt::format("no {} side was recorded by that time; ask for the other side", options.side));
    return exitUnusable;
  }
  if (wantsBefore && wantsAfter && state.before && state.after)
    return deliverState(topology::compare(*state.before, *state.after), heading, options, console);
  const bool showsBefore = wantsBefore && state.before;
  return deliverState(showsBefore ? *state.before : *state.after, heading, options, console);
}

int showSnapshot(const Options& options, Console& console) {
  const auto opened = History::open(historyFileFrom(options.source), History::Mode::read);
  const auto overview = opened ? (*opened)->overview() : std::unexpected(opened.error());
  if (!overview) {
    console.error(overview.error().text);
    return exitUnusable;
  }
  const auto end = endOf(*overview);
  const auto asked = timeFrom(options.at, end.value_or(topology::now()));
  if (!asked) {
    console.error(fmt::format("\"{}\" is no time. {}", options.at, timeHelp));
    return exitUnusable;
  }
  const auto state = (*opened)->at(*asked);
  if (!state) {
    console.error(state.error().text);
    return exitUnusable;
  }
  if (!*state) {
    console.error(overview->changes.empty()
                      ? "nothing was recorded in this file yet; watch the project first"
                      : fmt::format("nothing is known of {}: the recorded states begin at {}; ask for a later time",
                                    topology::toIso8601(*asked), topology::toIso8601(overview->changes.front())));
    return exitUnusable;
  }
  return deliverSides(**state, ofWhen(*overview, **state, *asked), options, console);
}

} // namespace

void addSnapshot(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand("snapshot", "Show what was known at a time, from a recorded history");
  auto options = std::make_shared<Options>();
  command->add_option("PROJECT", options->source, "Project file, or the recorded NAME.whichbase")->required();
  command->add_option("--at", options->at, "The time")->required()->type_name("TIME");
  command->add_option("--side", options->side, "before, after or both (as usual where both were recorded)")
      ->check(CLI::IsMember({"before", "after", "both"}));
  addOutputOptions(*command, options->output, true);
  command->footer(
      std::string(timeHelp) +
      "\nThe JSON of one side is a snapshot like those of probe: compare takes it, and a project as before.");
  command->callback([options, &context] { context.exitCode = showSnapshot(*options, context.console); });
}

} // namespace whichbase::cli
