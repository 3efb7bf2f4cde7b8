#include "live/kept_session.h"

#include "live/sighted.h"
#include "probe/ask_markers.h"
#include "probe/connect_failure.h"

#include <algorithm>

namespace whichbase::live {
namespace {

using topology::Failure;
using namespace std::chrono_literals;

std::optional<Failure> identify(KeptSession& kept, const probe::Target& target, pg::TimePoint deadline) {
  pg::Rows rows;
  pg::SqlError error;
  const auto statement = [&](bool withControl) {
    kept.withControl = withControl;
    return probe::identityStatement(probe::limitsUntil(deadline, 3'000ms), withControl, target.usersRelation);
  };
  if (!probe::askMarkers(*kept.session, statement, deadline, rows, error))
    return probe::failureOf(error, target);
  const auto identity = probe::readIdentity(rows.values[0].at(0).value_or(""));
  if (!identity)
    return Failure{topology::Stage::query,
                   "its answer about itself could not be read",
                   "This server may not be PostgreSQL 11 or later.",
                   false,
                   {}};
  kept.markers = markersOf(identity->facts);
  kept.users = probe::chooseUsers(identity->candidates, target.usersRelation).value;
  return std::nullopt;
}

} // namespace

std::expected<KeptSession, Failure> makeSession(const probe::Target& target, route::Routes& routes,
                                                pg::Watchdog& watchdog, pg::TimePoint deadline,
                                                const std::stop_token& stop) {
  route::Resolver resolver; // of its own: what a name leads to is asked again
  const std::stop_callback onStop(stop, [&] { resolver.stop(); });
  auto connected = probe::connectTarget(target, {resolver, routes, watchdog, stop}, deadline);
  if (!connected)
    return std::unexpected(std::move(connected.error()));
  KeptSession kept;
  kept.session = std::move(connected->session);
  if (auto failure = identify(kept, target, deadline))
    return std::unexpected(std::move(*failure));
  kept.madeAt = pg::Clock::now();
  return kept;
}

std::string endpointOf(const probe::Target& target) {
  std::string key = probe::addressOf(target);
  if (target.via.isElsewhere()) {
    key += '\n' + target.via.command;
    for (const auto& word : target.via.sshWords)
      key += '\n' + word;
  }
  return key;
}

} // namespace whichbase::live
