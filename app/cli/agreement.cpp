#include "cli/agreement.h"

#include <fmt/format.h>

namespace whichbase::cli {
namespace {

void keep(const project::Requests& requests, Console& console) {
  if (const auto kept = project::remember(requests, project::trustFile()); !kept)
    console.note("(" + kept.error().text + "; it counts for this run)");
}

// Commands exactly, then the pairs. Each command has a number, so that a long one does not pass for two.
void tell(const project::Requests& requests, const std::string& file, bool asking, Console& console) {
  const auto head = [&](const std::string& text) { asking ? console.note(text) : console.error(text); };
  if (!requests.commands.empty()) {
    head(fmt::format("{} would run {} on this computer:", file,
                     requests.commands.size() == 1 ? "this command" : "these commands"));
    for (std::size_t i = 0; i < requests.commands.size(); ++i)
      console.exactly(fmt::format("  {}: {}", i + 1, project::shownCommand(requests.commands[i])));
  }
  if (!requests.secrets.empty()) {
    head(file + " would send these values of your environment to these addresses:");
    for (const auto& use : requests.secrets)
      console.exactly("  " + project::toText(use));
  }
}

} // namespace

std::optional<project::Requests> agreedTo(const project::Project& project, const std::filesystem::path& file,
                                          bool trust, Context& context) {
  Console& console = context.console;
  const auto requests = project::requestsOf(project, folderOf(file), context.environment);
  const auto open = project::untrusted(requests, project::trustFile());
  if (open.empty())
    return requests;
  if (!trust) {
    const bool ask = console.canAsk();
    tell(open, file.string(), ask, console);
    if (!ask) {
      console.note("Nobody has agreed to that yet: check the list, then run again with --trust, or on a terminal.");
      return std::nullopt;
    }
    const auto answer = console.ask("Do you agree? It is remembered, for exactly these. [y/N] ", true);
    if (!answer || (*answer != "y" && *answer != "Y" && *answer != "yes")) {
      console.error("not agreed; nothing was run or connected to");
      return std::nullopt;
    }
  }
  keep(open, console);
  return requests;
}

std::filesystem::path folderOf(const std::filesystem::path& projectFile) {
  std::error_code error;
  const auto whole = std::filesystem::absolute(projectFile, error);
  return (error ? projectFile : whole).parent_path();
}

} // namespace whichbase::cli
