// Probing a project's sides from the command line: progress on the terminal, Ctrl-C, and what is printed at the end.
#pragma once

#include "cli/commands.h"
#include "probe/plan.h"

#include <optional>

namespace whichbase::cli {

// One side, with a progress line. Empty when it was interrupted: nothing half is printed. Passwords that were found are
// kept out of every later message.
std::optional<topology::Snapshot> probeShown(const project::Project& project, topology::Side side,
                                             const probe::Sources& sources, const topology::Snapshot* before,
                                             const probe::SweepOptions& sweep, Context& context,
                                             const probe::OnObservation& onObservation = {});

// Options of a sweep that ends after so many seconds.
probe::SweepOptions sweepOptions(double deadlineSeconds);

} // namespace whichbase::cli
