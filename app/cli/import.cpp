#include "cli/commands.h"
#include "cli/exit_code.h"
#include "import/scan.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>

namespace whichbase::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths;
  std::string output;
  std::string title;
  bool force = false;
};

// What the project is called where nobody says: the folder that was looked at.
std::string titleOf(const Options& options) {
  if (!options.title.empty())
    return options.title;
  std::error_code error;
  auto folder = fs::weakly_canonical(options.paths.front(), error);
  folder = fs::is_directory(folder, error) ? folder : folder.parent_path();
  return folder.filename().string();
}

void tell(const imports::Scan& scan, Console& console) {
  for (const auto& problem : scan.problems)
    console.error(problem);
  for (const auto& item : scan.items) {
    console.note(
        fmt::format("{}: {} ({})", item.server.name, item.masked.empty() ? "not known" : item.masked, item.origin));
    if (!item.note.empty())
      console.note("  " + item.note);
  }
}

// False: it was told why.
bool mayWrite(const Options& options, Console& console) {
  std::error_code error;
  if (options.output.empty() || options.force || !fs::exists(options.output, error))
    return true;
  console.error(fmt::format("{} exists: name another file, or replace it with --force.", options.output));
  return false;
}

int importInto(const Options& options, Console& console) {
  if (!mayWrite(options, console))
    return exitUnusable;
  std::error_code error;
  for (const auto& path : options.paths)
    if (!fs::exists(path, error)) {
      console.error(fmt::format("{}: there is no such file or folder.", path));
      return exitUnusable;
    }
  const auto folder = options.output.empty() ? fs::current_path(error) : fs::absolute(options.output).parent_path();
  if (!fs::is_directory(folder, error)) {
    console.error(fmt::format("{}: its folder does not exist: make it first, or name another one.", options.output));
    return exitUnusable;
  }
  const auto scan = imports::scan({options.paths.begin(), options.paths.end()}, folder);
  tell(scan, console);
  if (scan.items.empty()) {
    console.error(fmt::format("no server with a PostgreSQL database was found in {} files. Looked for: Compose files, "
                              "Kubernetes manifests, .env files and pg_service.conf.",
                              scan.filesRead));
    return exitUnusable;
  }
  const auto project = imports::projectOf(scan.items, titleOf(options));
  if (options.output.empty()) {
    console.note("This is a preview; --output FILE writes it.");
    return console.print(project::toToml(project)) ? exitFine : exitUnusable;
  }
  if (const auto saved = project::save(project, options.output); !saved) {
    console.error(saved.error().text);
    return exitUnusable;
  }
  console.note(fmt::format("Wrote {}, with {} server{}. Next: whichbase-cli probe {}", options.output,
                           project.servers.size(), project.servers.size() == 1 ? "" : "s", options.output));
  return exitFine;
}

} // namespace

void addImport(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand("import", "Make a project of the configuration files in folders");
  auto options = std::make_shared<Options>();
  command
      ->add_option("PATH", options->paths,
                   "Folders to look through, or files: Compose files, Kubernetes manifests, .env, pg_service.conf")
      ->required();
  command->add_option("--output", options->output, "The project file to write (default: print it)");
  command->add_option("--title", options->title, "The project's title (default: the folder's name)");
  command->add_flag("--force", options->force, "Replace the file if it exists");
  command->footer("No password is copied: the project names the files, which are read again at every sweep.");
  command->callback([options, &context] { context.exitCode = importInto(*options, context.console); });
}

} // namespace whichbase::cli
