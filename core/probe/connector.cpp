#include "probe/connector.h"

#include <algorithm>

namespace whichbase::probe {

Connector::Connector(const std::stop_token& stop, std::shared_ptr<route::Routes> routes)
    : m_routes(routes ? std::move(routes) : std::make_shared<route::Routes>()), m_stop(stop),
      m_onStop(stop, EndWaiting{this}) {}

void Connector::EndWaiting::operator()() const {
  connector->m_watchdog.stopAll();
  connector->m_resolver.stop();
}

std::expected<std::unique_ptr<pg::Session>, topology::Failure>
Connector::connect(const Target& target, pg::TimePoint deadline, std::chrono::milliseconds patience) {
  if (target.refused)
    return std::unexpected(*target.refused);
  const Means means{m_resolver, *m_routes, m_watchdog, m_stop};
  auto connected = connectTarget(target, means, std::min(deadline, pg::Clock::now() + patience));
  if (!connected)
    return std::unexpected(std::move(connected.error()));
  return std::move(connected->session);
}

} // namespace whichbase::probe
