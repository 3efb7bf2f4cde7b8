#include "about/libraries.h"
#include "cli/command_tree.h"
#include "cli/commands.h"
#include "cli/exit_code.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdlib>
#include <exception>

namespace whichbase::cli {
namespace {

constexpr auto footer =
    R"(Exit codes: 0 all on one database (or nothing to compare), 1 split or a finding of severity error,
2 usage, unreadable input or unwritable output, 3 not proven either way, 130 interrupted.

Examples:
  whichbase-cli demo
  whichbase-cli probe tovplay.whichbase.toml
  whichbase-cli probe tovplay.whichbase.toml --side after --output now.json
  whichbase-cli compare before.json now.json
  whichbase-cli watch tovplay.whichbase.toml --until single-source
  whichbase-cli diff tovplay.whichbase.toml --from A --to B
  whichbase-cli report tovplay.whichbase.toml --output report.md
  whichbase-cli import . --output tovplay.whichbase.toml
  whichbase-cli same "$DATABASE_URL" postgresql://app@db.example.org/app)";

// What the packages install beside the program.
std::string documentationOf(const CLI::App& program, const std::string& kind) {
  const CommandText tree = commandTreeOf(program);
  if (kind == "bash")
    return toBashCompletion(tree);
  if (kind == "zsh")
    return toZshCompletion(tree);
  return kind == "fish" ? toFishCompletion(tree) : toManPage(tree, about::version());
}

void addDocumentation(CLI::App& program, Context& context) {
  program
      .add_option_function<std::string>(
          "--documentation",
          [&](const std::string& kind) {
            const bool printed = context.console.print(documentationOf(program, kind));
            throw CLI::RuntimeError(printed ? exitFine : exitUnusable); // parsing ends here: no command is needed
          },
          "Print the man page (man), or a shell's completion (bash, zsh, fish)")
      ->trigger_on_parse()
      ->check(CLI::IsMember({"man", "bash", "zsh", "fish"}))
      ->type_name("KIND");
}

int parseAndRun(CLI::App& program, Context& context, int argc, char** argv) {
  try {
    program.parse(argc, argv);
  } catch (const CLI::RuntimeError& end) {
    return end.get_exit_code();
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) // --help, --version
      return program.exit(error);
    context.console.error(error.what());
    context.console.note("Run whichbase-cli --help, or whichbase-cli COMMAND --help, for what there is.");
    return exitUnusable;
  } catch (const std::exception& error) {
    context.console.error(std::string("stopped: ") + error.what());
    return exitUnusable;
  }
  return context.exitCode;
}

} // namespace

int run(int argc, char** argv, const std::map<std::string, std::string>& dropped) {
  std::signal(SIGPIPE, SIG_IGN); // a closed pipe is an error of write(), so that what was started is cleaned up
  Interrupt interrupt;
  Console console(interrupt);
  const auto environment = [&dropped](const std::string& name) -> std::optional<std::string> {
    const auto taken = dropped.find(name);
    const char* value = taken == dropped.end() ? std::getenv(name.c_str()) : taken->second.c_str();
    return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
  };
  Context context{console, interrupt, environment};
  CLI::App program{"Which PostgreSQL database is each server really using?", "whichbase-cli"};
  program.set_version_flag(
      "--version", [] { return about::versionText("whichbase-cli", {"CLI11 " CLI11_VERSION}); },
      "Print the version, and the libraries', and exit");
  program.set_help_flag("-h,--help", "Print this help and exit");
  program.set_help_all_flag("--help-all", "Print the help of every command and exit");
  program.footer(footer);
  program.require_subcommand(1);
  addProbe(program, context);
  addCompare(program, context);
  addWatch(program, context);
  addExplain(program, context);
  addSame(program, context);
  addImport(program, context);
  addDemo(program, context);
  addAddFromSsh(program, context);
  addDiff(program, context);
  addFingerprint(program, context);
  addHistory(program, context);
  addSnapshot(program, context);
  addReport(program, context);
  addCanStop(program, context);
  addVerify(program, context);
  addDocumentation(program, context);
  return parseAndRun(program, context, argc, argv);
}

} // namespace whichbase::cli
