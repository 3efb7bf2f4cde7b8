#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/history_source.h"
#include "cli/output.h"
#include "history/timeline.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace whichbase::cli {
namespace {

struct Options {
  std::string source, since, until, note, copy;
  OutputOptions output;
};

using history::History;
using topology::UtcTime;

// What lies outside is left out; a span that reaches over an end is cut there.
void cut(history::Overview& overview, UtcTime since, UtcTime until) {
  const auto outside = [&](UtcTime time) { return time < since || time > until; };
  std::erase_if(overview.events, [&](const auto& event) { return outside(event.at); });
  std::erase_if(overview.points, [&](const auto& point) { return outside(point.at); });
  std::erase_if(overview.moments, [&](const auto& moment) { return outside(moment.at); });
  std::erase_if(overview.spans, [&](const auto& span) { return span.until < since || span.from > until; });
  for (auto& span : overview.spans) {
    span.from = std::max(span.from, since);
    span.until = std::min(span.until, until);
  }
}

// False: a time that cannot be read; it was told.
bool readTime(const std::string& text, UtcTime end, UtcTime& time, Console& console) {
  if (text.empty())
    return true;
  const auto read = timeFrom(text, end);
  if (read)
    time = *read;
  else
    console.error(fmt::format("\"{}\" is no time. {}", text, timeHelp));
  return read.has_value();
}

// "14:32 restarted staging" is of 14:32; without a time it is of now.
history::Event noteFrom(const std::string& text, std::optional<UtcTime> end) {
  constexpr std::chrono::hours goesOn{24};
  const UtcTime now = topology::now();
  history::Event note;
  note.at = now;
  note.text = text;
  const auto space = text.find(' ');
  if (space == std::string::npos || text.find(':') > space)
    return note;
  // In the review of an old incident, 14:32 is a time of the incident.
  const auto at = timeFrom(text.substr(0, space), end && now - *end > goesOn ? *end : now);
  if (!at)
    return note;
  note.at = *at;
  note.text = text.substr(text.find_first_not_of(' ', space));
  return note;
}

int showHistory(const Options& options, Console& console) {
  const auto file = historyFileFrom(options.source);
  const bool writes = !options.note.empty();
  // A note belongs to what was recorded: it begins no file.
  if (auto readable = History::open(file, History::Mode::read); !readable) {
    console.error(readable.error().text);
    return exitUnusable;
  }
  const auto opened = History::open(file, writes ? History::Mode::record : History::Mode::read);
  auto overview = opened ? (*opened)->overview() : std::unexpected(opened.error());
  if (!overview) {
    console.error(overview.error().text);
    return exitUnusable;
  }
  const auto failed = [&](const auto& result) {
    if (!result)
      console.error(result.error().text);
    return !result;
  };
  const auto end = endOf(*overview);
  if (writes) {
    const auto note = noteFrom(options.note, end);
    if (failed((*opened)->add(note)))
      return exitUnusable;
    console.note(fmt::format("Noted at {}.", topology::toIso8601(note.at)));
  }
  if (!options.copy.empty() && failed((*opened)->copyTo(options.copy)))
    return exitUnusable;
  if (writes || !options.copy.empty())
    return exitFine;
  UtcTime since = UtcTime::min(), until = UtcTime::max();
  if (!readTime(options.since, end.value_or(topology::now()), since, console) ||
      !readTime(options.until, end.value_or(topology::now()), until, console))
    return exitUnusable;
  cut(*overview, since, until);
  const std::string text =
      options.output.json() ? history::toJson(*overview) : printable(history::toText(*overview), options.output.ascii);
  return deliver(text, options.output, console) ? exitFine : exitUnusable;
}

} // namespace

void addHistory(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand("history", "Show what was recorded while a project was watched");
  auto options = std::make_shared<Options>();
  command->add_option("PROJECT", options->source, "Project file, or the recorded NAME.whichbase")->required();
  command->add_option("--since", options->since, "Only from TIME on")->type_name("TIME");
  command->add_option("--until", options->until, "Only until TIME")->type_name("TIME");
  command->add_option("--note", options->note, "Add a note, as \"14:32 restarted staging\", and show nothing")
      ->type_name("TEXT");
  command->add_option("--copy", options->copy, "Write a whole copy, to send to somebody, and show nothing")
      ->type_name("FILE");
  addOutputOptions(*command, options->output, true);
  command->footer(timeHelp);
  command->callback([options, &context] { context.exitCode = showHistory(*options, context.console); });
}

} // namespace whichbase::cli
