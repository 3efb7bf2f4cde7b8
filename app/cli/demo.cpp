#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/side_probe.h"
#include "demo/incident.h"
#include "report/json.h"
#include "topology/assemble.h"

#include <CLI/CLI.hpp>

namespace whichbase::cli {
namespace {

using topology::Side;
using topology::Snapshot;
using topology::VerdictKind;

struct Options {
  bool once = false;
  bool ascii = false;
};

class Play {
public:
  Play(const Options& options, Context& context) : m_options(options), m_context(context), m_console(context.console) {}

  int go() {
    m_console.progress("Starting two throwaway PostgreSQL clusters …");
    auto incident = demo::Incident::start(m_context.interrupt.token());
    m_console.endProgress();
    if (!incident)
      return failed(incident.error().text);
    m_incident = std::move(*incident);
    const auto before = actOne();
    if (!before || !pause())
      return m_context.interrupt.requested() ? exitInterrupted : exitUnusable;
    return actTwo(*before);
  }

private:
  int failed(const std::string& text) {
    if (m_context.interrupt.requested()) {
      m_console.error("stopped; the clusters are removed");
      return exitInterrupted;
    }
    m_console.error(text);
    return exitUnusable;
  }

  std::optional<Snapshot> probed(Side side, const Snapshot* before) {
    const auto project = project::load(m_incident->projectFile());
    if (!project) {
      m_console.error(project.error().text);
      return std::nullopt;
    }
    const auto secret = [&](const std::string& name) { return m_incident->secret(name); };
    return probeShown(*project, side, {secret}, before, sweepOptions(30), m_context);
  }

  // The incident as it was found. It is probed as what the servers have now, and is the before side from then on.
  std::optional<Snapshot> actOne() {
    auto snapshot = probed(Side::after, nullptr);
    if (!snapshot)
      return std::nullopt;
    snapshot->side = Side::before;
    OutputOptions output;
    output.ascii = m_options.ascii;
    if (!m_options.once && !deliverResult(*snapshot, output, m_console))
      return std::nullopt;
    const auto file = m_incident->folder() / "before.snapshot.json";
    if (const auto saved = report::saveText(report::toJson(*snapshot), file); !saved) {
      m_console.error(saved.error().text);
      return std::nullopt;
    }
    m_incident->setBeforeSnapshot(file);
    return snapshot;
  }

  bool pause() {
    if (m_options.once || !m_console.canAsk())
      return true;
    m_console.ask("\nAct one is recorded. Press Enter to repair it: act two … ", true);
    return !m_context.interrupt.requested();
  }

  int actTwo(const Snapshot& before) {
    m_console.progress("Act two: copying tables and rows, moving the servers …");
    const auto played = m_incident->playActTwo(m_context.interrupt.token());
    m_console.endProgress();
    if (!played)
      return failed(played.error().text);
    const auto after = probed(Side::after, &before);
    if (!after)
      return m_context.interrupt.requested() ? exitInterrupted : exitUnusable;
    const auto comparison = topology::compare(before, *after);
    OutputOptions output;
    output.ascii = m_options.ascii;
    if (!deliverResult(comparison, output, m_console))
      return exitUnusable;
    if (comparison.before.verdict.kind == VerdictKind::split &&
        comparison.after.verdict.kind == VerdictKind::singleSource)
      return exitFine;
    m_console.error("the acts did not come out as a split and its repair, as they should have");
    return exitSplit;
  }

  const Options& m_options;
  Context& m_context;
  Console& m_console;
  std::unique_ptr<demo::Incident> m_incident; // the clusters live as long as the play
};

} // namespace

void addDemo(CLI::App& program, Context& context) {
  auto* command = program.add_subcommand("demo", "Play the reference incident on throwaway PostgreSQL clusters");
  auto options = std::make_shared<Options>();
  command->add_flag("--once", options->once, "Both acts without a pause; only the comparison is printed");
  command->add_flag("--ascii", options->ascii, "Draw with +-| instead of lines");
  command->footer("Everything it makes is on this computer only, and is removed at the end. Exit code 0: the incident "
                  "was seen\nas a split, and its repair as one source. Needs PostgreSQL's server programs.");
  command->callback([options, &context] { context.exitCode = Play(*options, context).go(); });
}

} // namespace whichbase::cli
