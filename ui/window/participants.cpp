#include "window/participants.h"

namespace whichbase::ui {

std::vector<verify::Participant> participantsFor(const Document::Surroundings& surroundings,
                                                 const std::stop_token& stop) {
  const auto& request = surroundings.request;
  const auto sources = ProbeController::sourcesOf(request, stop);
  const auto deadline = std::chrono::steady_clock::now() + request.options.probeDeadline;
  return verify::participantsOf(
      probe::makePlan(request.project, topology::Side::after, sources, nullptr, deadline, stop),
      *surroundings.snapshot);
}

} // namespace whichbase::ui
