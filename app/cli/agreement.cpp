#include "cli/agreement.h"

#include "project/trust.h"

namespace whichbase::cli {
namespace {

void keep(const project::Requests& uses, Console& console) {
  if (const auto kept = project::remember(uses, project::trustFile()); !kept)
    console.note("(" + kept.error().text + "; it counts for this run)");
}

} // namespace

bool agreedTo(const project::Project& project, const std::string& file, bool trust, Console& console) {
  const auto uses =
      project::untrusted(project::requestsOf(project, std::filesystem::path(file).parent_path()), project::trustFile());
  if (uses.empty())
    return true;
  if (trust) {
    keep(uses, console);
    return true;
  }
  const bool ask = console.canAsk();
  const std::string what = file + " would send these values of your environment to these addresses:";
  if (ask)
    console.note(what);
  else
    console.error(what);
  for (const auto& use : uses.secrets)
    console.note("  " + project::toText(use));
  if (!ask) {
    console.note("Nobody has agreed to that yet: check the list, then run again with --trust, or on a terminal.");
    return false;
  }
  const auto answer = console.ask("Do you agree? It is remembered for these pairs. [y/N] ", true);
  if (!answer || (*answer != "y" && *answer != "Y" && *answer != "yes")) {
    console.error("not agreed; nothing was connected to");
    return false;
  }
  keep(uses, console);
  return true;
}

} // namespace whichbase::cli
