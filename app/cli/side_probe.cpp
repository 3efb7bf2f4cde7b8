#include "cli/side_probe.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::cli {

std::optional<topology::Snapshot> probeShown(const project::Project& project, topology::Side side,
                                             const probe::Sources& sources, const topology::Snapshot* before,
                                             const probe::SweepOptions& sweep, Context& context,
                                             const probe::OnObservation& onObservation) {
  Console& console = context.console;
  console.progress(fmt::format("Reading the configurations of the {} side …", toString(side)));
  probe::Sources told = sources;
  told.onPlan = [&](const probe::Plan& plan) {
    console.secrets.insert(console.secrets.end(), plan.secrets.begin(), plan.secrets.end());
    console.progress(fmt::format("Probing the {} side …", toString(side)));
    if (sources.onPlan)
      sources.onPlan(plan);
  };
  const auto snapshot = probe::probeSide(
      project, side, told, before, sweep, context.interrupt.token(),
      [&](const probe::Progress& progress, const topology::Observation& observation) {
        if (onObservation)
          onObservation(progress, observation);
        console.progress(fmt::format("Probing the {} side: {} of {} …", toString(side), progress.done, progress.total));
      });
  console.endProgress();
  if (!context.interrupt.requested())
    return snapshot;
  console.error("stopped; nothing was printed or written");
  return std::nullopt;
}

probe::SweepOptions sweepOptions(double deadlineSeconds) {
  probe::SweepOptions sweep;
  sweep.deadline = std::chrono::milliseconds(static_cast<long>(deadlineSeconds * 1000));
  sweep.probeDeadline = std::min(sweep.probeDeadline, sweep.deadline);
  return sweep;
}

} // namespace whichbase::cli
