#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "connection/connection_string.h"
#include "report/json.h"

#include <CLI/CLI.hpp>

#include <iostream>

namespace whichbase::cli {
namespace {

struct Options {
  std::string url;
  OutputOptions output;
};

// The string itself, or, for "-", the first line of standard input, asked for without echo on a terminal.
std::optional<std::string> givenText(const std::string& url, Console& console) {
  if (url != "-")
    return url;
  if (console.canAsk())
    return console.ask("Connection string (not shown): ", false);
  std::string line;
  std::getline(std::cin, line);
  return line;
}

int explain(const Options& options, Context& context) {
  Console& console = context.console;
  const auto text = givenText(options.url, console);
  if (!text)
    return context.interrupt.requested() ? exitInterrupted : exitUnusable;
  const auto parsed = connection::parse(*text);
  const auto readings = connection::readings(*text);
  const std::string safe = parsed.value ? connection::safeUrl(*parsed.value, true) : "";
  std::string out;
  if (options.output.json()) {
    out = report::toJson(readings, safe);
  } else {
    const bool ascii = options.output.ascii;
    out = printable(connection::mask(*text), ascii) + "\n\n";
    out += report::toText(readings, safe, console.textOptions(ascii, false));
    if (parsed.value && !parsed.value->readDifferently.empty())
      out += "\n" + printable(parsed.value->readDifferently, ascii) + "\n";
  }
  if (!deliver(out, options.output, console))
    return exitUnusable;
  if (parsed.value)
    return exitFine;
  console.error(parsed.error.text);
  if (!parsed.error.remedy.empty())
    console.note(parsed.error.remedy);
  return exitUnusable;
}

} // namespace

void addExplain(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand("explain", "How six drivers read a connection string, and its safe form");
  auto options = std::make_shared<Options>();
  command->add_option("URL", options->url, "Connection string; - reads it from standard input, unseen by ps")
      ->required();
  addOutputOptions(*command, options->output, false);
  command->footer(
      "Nothing is connected to, and the password is never shown. Exit codes: 0 it can be read, 2 it cannot.\n"
      "Example: whichbase-cli explain 'postgresql://ops@example.org:secret@203.0.113.196:5432/TovPlay'");
  command->callback([options, &context] { context.exitCode = explain(*options, context); });
}

} // namespace whichbase::cli
