#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "import/survey.h"
#include "project/trust.h"
#include "route/routes.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace whichbase::cli {
namespace {

using imports::Candidate;
using imports::Survey;

struct Options {
  std::string host;
  std::string project;
  bool all = false;
  bool list = false;
  std::vector<std::string> only;
  double deadline = 60;
};

// The survey, or nothing, when what is wrong was told.
std::optional<Survey> surveyed(const Options& options, Context& context) {
  Console& console = context.console;
  const auto command = imports::surveyCommand(options.host);
  if (!command) {
    console.error(command.error());
    return std::nullopt;
  }
  console.progress(fmt::format("Looking around on {}…", options.host));
  route::Routes routes;
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(static_cast<std::int64_t>(options.deadline * 1000));
  const auto printed = routes.run(*command, deadline, imports::surveyAtMost, context.interrupt.token());
  console.endProgress();
  if (!printed) {
    const auto& problem = printed.error();
    console.error(problem.text);
    if (!problem.loginCommand.empty())
      console.note("Log in there on a terminal first, then run this again:\n  " + problem.loginCommand);
    else if (!problem.remedy.empty())
      console.note(problem.remedy);
    return std::nullopt;
  }
  auto survey = imports::readSurvey(*printed, options.host);
  if (!survey) {
    console.error(survey.error());
    return std::nullopt;
  }
  return std::move(*survey);
}

std::string listed(const Survey& survey) {
  std::string text;
  std::size_t number = 0;
  for (const auto& candidate : survey.candidates) {
    text += fmt::format("{:3}  {} ({}), {}\n     {}\n", ++number, candidate.name,
                        candidate.kind == Candidate::Kind::container ? "container" : "process", candidate.variable,
                        candidate.masked);
    if (!candidate.note.empty())
      text += fmt::format("     {}\n", candidate.note);
  }
  for (const auto& note : survey.notes)
    text += fmt::format("{}\n", note);
  return text;
}

// "1,3" or "1 3" or "all"; nothing where it cannot be read.
std::optional<std::vector<Candidate>> numbered(const Survey& survey, std::string_view answer) {
  if (answer == "all" || answer == "a")
    return survey.candidates;
  std::string numbers(answer);
  std::ranges::replace(numbers, ',', ' ');
  std::istringstream words(numbers);
  std::vector<std::size_t> wanted;
  for (std::size_t number = 0; words >> number;) {
    if (number < 1 || number > survey.candidates.size())
      return std::nullopt;
    wanted.push_back(number);
  }
  if (!words.eof() || wanted.empty())
    return std::nullopt;
  std::vector<Candidate> chosen;
  for (std::size_t i = 0; i < survey.candidates.size(); ++i)
    if (std::ranges::find(wanted, i + 1) != wanted.end())
      chosen.push_back(survey.candidates[i]);
  return chosen;
}

std::optional<std::vector<Candidate>> named(const Survey& survey, const std::vector<std::string>& names,
                                            Console& console) {
  std::vector<Candidate> chosen;
  for (const auto& name : names) {
    const auto found = std::ranges::find(survey.candidates, name, &Candidate::name);
    if (found == survey.candidates.end()) {
      console.error(fmt::format("there is no \"{}\" among those on {}; see the list", name, survey.host));
      return std::nullopt;
    }
    chosen.push_back(*found);
  }
  return chosen;
}

std::optional<std::vector<Candidate>> asked(const Survey& survey, Context& context) {
  Console& console = context.console;
  if (!console.canAsk()) {
    console.error("which of these are to be added? Run again with --all or --only NAME…");
    return std::nullopt;
  }
  while (true) {
    const auto answer = console.ask("Which are to be added? (1,3 or all; nothing ends it) ", true);
    if (!answer || answer->empty())
      return std::nullopt;
    if (auto chosen = numbered(survey, *answer))
      return chosen;
    console.note(fmt::format("Numbers from 1 to {}, with commas between, or all.", survey.candidates.size()));
  }
}

// The project file, or a new one; nothing, when what is wrong was told.
std::optional<project::Project> projectFor(const Options& options, const Survey& survey, Console& console) {
  std::error_code error;
  if (!std::filesystem::exists(options.project, error)) {
    project::Project fresh;
    fresh.title = survey.host;
    return fresh;
  }
  auto loaded = project::load(options.project);
  if (!loaded) {
    console.error(loaded.error().text);
    return std::nullopt;
  }
  return std::move(*loaded);
}

// What is added now was shown and chosen; what the file asked for before is as trusted as it was.
void trustAdded(const project::Project& before, const project::Project& after, const std::string& file,
                Console& console) {
  const auto folder = std::filesystem::path(file).parent_path();
  const auto old = project::requestsOf(before, folder);
  auto added = project::requestsOf(after, folder);
  std::erase_if(added.commands,
                [&](const auto& each) { return std::ranges::find(old.commands, each) != old.commands.end(); });
  std::erase_if(added.secrets,
                [&](const auto& each) { return std::ranges::find(old.secrets, each) != old.secrets.end(); });
  if (const auto kept = project::remember(added, project::trustFile()); !kept)
    console.note("(" + kept.error().text + "; the first probe will ask)");
}

int addTo(const Options& options, const Survey& survey, const std::vector<Candidate>& chosen, Console& console) {
  const auto before = projectFor(options, survey, console);
  if (!before)
    return exitUnusable;
  auto project = *before;
  for (const auto& sentence : imports::addServers(project, chosen))
    console.note(sentence);
  const auto count = project.servers.size() - before->servers.size();
  if (count > 0) {
    if (const auto saved = project::save(project, options.project); !saved) {
      console.error(saved.error().text);
      return exitUnusable;
    }
    trustAdded(*before, project, options.project, console);
  }
  console.print(
      fmt::format("{} {} added to {}.\n", count, count == 1 ? "server was" : "servers were", options.project));
  console.note(fmt::format("Next: whichbase-cli probe {}", options.project));
  return exitFine;
}

int addFromSsh(const Options& options, Context& context) {
  Console& console = context.console;
  const auto survey = surveyed(options, context);
  if (!survey)
    return context.interrupt.requested() ? exitInterrupted : exitUnusable;
  const auto list = listed(*survey);
  if (options.list || survey->candidates.empty()) {
    if (survey->candidates.empty())
      console.error(fmt::format("no container and no process with a database variable was found on {}", survey->host));
    if (!console.print(printable(list)))
      return exitUnusable;
    return options.list ? exitFine : exitUnusable;
  }
  console.note(list);
  const auto chosen = options.all             ? std::optional(survey->candidates)
                      : !options.only.empty() ? named(*survey, options.only, console)
                                              : asked(*survey, context);
  if (!chosen)
    return context.interrupt.requested() ? exitInterrupted : exitUnusable;
  return addTo(options, *survey, *chosen, console);
}

// A host with options before it looks like an option of ours, and then what stands behind it was taken for the host.
void takeQuotedHost(const CLI::App& command, Options& options) {
  auto extras = command.remaining();
  const bool isHost =
      extras.size() == 1 && extras.front().starts_with('-') && extras.front().find(' ') != std::string::npos;
  if (isHost && options.project.empty()) {
    options.project = std::exchange(options.host, extras.front());
    extras.clear();
  }
  if (!extras.empty())
    throw CLI::ExtrasError(extras);
  if (options.host.empty() || options.project.empty())
    throw CLI::RequiredError(options.host.empty() ? "HOST" : "PROJECT");
}

} // namespace

void addAddFromSsh(CLI::App& program, Context& context) {
  auto* command =
      program.add_subcommand("add-from-ssh", "Find the servers on a computer that ssh reaches, and add them");
  auto options = std::make_shared<Options>();
  command->add_option("HOST", options->host, "As behind \"ssh\": prod, or with options in quotes: \"-p 2222 me@prod\"");
  command->add_option("PROJECT", options->project, "Project file, NAME.whichbase.toml; made where there is none");
  command->allow_extras(); // "-p 2222 me@prod" is no option of ours
  auto* all = command->add_flag("--all", options->all, "Add everything that is found");
  auto* only = command->add_option("--only", options->only, "Add these, by name")->type_name("NAME…")->excludes(all);
  command->add_flag("--list", options->list, "Only list what there is")->excludes(all)->excludes(only);
  command->add_option("--deadline", options->deadline, "Give up after so many SECONDS")
      ->capture_default_str()
      ->type_name("SECONDS")
      ->check(CLI::Range(1.0, 3600.0));
  command->footer("Lists the containers (docker, podman) and processes there that have a database variable, and writes "
                  "how to read it\nand how to get to its database. Nothing is installed or written there, and no "
                  "password is kept.\nExample: whichbase-cli add-from-ssh prod shop.whichbase.toml");
  command->callback([command, options, &context] {
    takeQuotedHost(*command, *options);
    context.exitCode = addFromSsh(*options, context);
  });
}

} // namespace whichbase::cli
