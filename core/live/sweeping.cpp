#include "live/sweeping.h"

#include <algorithm>

namespace whichbase::live {
namespace {

using namespace std::chrono_literals;

constexpr auto apart = 2s;
constexpr int soonAtMost = 5; // in a row; then the pauses grow
constexpr auto longestApart = 60s;
constexpr auto quiet = 30s; // after it a sweep is the first of a row again

std::chrono::seconds pauseAfter(int inARow) {
  return inARow <= soonAtMost ? apart : std::min(apart * (1 << std::min(inARow - soonAtMost, 5)), longestApart);
}

} // namespace

void SweepPace::started(pg::TimePoint now) {
  const bool isAlone = !m_startedAt || now - *m_startedAt > std::max(quiet, 2 * pauseAfter(m_inARow));
  m_inARow = isAlone ? 1 : m_inARow + 1;
  m_startedAt = now;
  m_isWanted = false;
}

std::optional<pg::TimePoint> SweepPace::wantedAt() const {
  if (!m_isWanted)
    return std::nullopt;
  return m_startedAt ? *m_startedAt + pauseAfter(m_inARow) : pg::TimePoint{};
}

probe::Plan planNow(const Request& request, const probe::Sources& sources, const topology::Snapshot* before,
                    const std::stop_token& stop) {
  const auto& options = request.options.sweep;
  const pg::TimePoint deadline = pg::Clock::now() + std::min(options.probeDeadline, options.deadline / 2);
  return probe::makePlan(request.project, topology::Side::after, sources, before, deadline, stop);
}

bool isSamePlan(const probe::Plan& a, const probe::Plan& b) {
  return a.targets == b.targets && a.servers == b.servers && a.ghosts == b.ghosts;
}

Swept sweepOnce(const Request& request, const probe::Sources& sources, std::shared_ptr<const topology::Snapshot> before,
                std::optional<probe::Plan> plan, const std::stop_token& stop) {
  const auto& options = request.options.sweep;
  const bool hasBefore =
      std::ranges::any_of(request.project.servers, [](const auto& server) { return server.before.has_value(); });
  if (!before && hasBefore) {
    before = std::make_shared<const topology::Snapshot>(
        probe::probeSide(request.project, topology::Side::before, sources, nullptr, options, stop));
    plan.reset(); // it knew nothing of what was found
  }
  Swept swept;
  const pg::TimePoint start = pg::Clock::now();
  swept.plan = plan ? std::move(*plan) : planNow(request, sources, before.get(), stop);
  probe::SweepOptions rest = options;
  rest.deadline -= std::chrono::duration_cast<std::chrono::milliseconds>(pg::Clock::now() - start);
  const auto result = probe::sweep(swept.plan.targets, rest, stop, {}, sources.routes);
  swept.sighting = probe::sightingOf(request.project, topology::Side::after, swept.plan, result);
  swept.before = std::move(before);
  return swept;
}

} // namespace whichbase::live
