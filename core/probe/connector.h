// Connects to targets for whoever needs sessions of their own beside a sweep: who reads keys, compares, or verifies.
#pragma once

#include "probe/connect_target.h"

#include <chrono>
#include <expected>
#include <memory>
#include <stop_token>

namespace whichbase::probe {

// May be used by several threads at a time. Its sessions must be gone before it is.
class Connector {
public:
  // Without `routes` it makes its own, which end with it. A stop ends what waits, in its sessions too.
  explicit Connector(const std::stop_token& stop, std::shared_ptr<route::Routes> routes = {});

  // At most `patience` long, and not beyond the deadline. A target that was refused fails as it was.
  std::expected<std::unique_ptr<pg::Session>, topology::Failure>
  connect(const Target& target, pg::TimePoint deadline, std::chrono::milliseconds patience = std::chrono::seconds(10));

  const std::shared_ptr<route::Routes>& routes() const { return m_routes; }

private:
  std::shared_ptr<route::Routes> m_routes;
  pg::Watchdog m_watchdog;
  route::Resolver m_resolver;
  std::stop_token m_stop;
  struct EndWaiting {
    Connector* connector;
    void operator()() const;
  };
  std::stop_callback<EndWaiting> m_onStop;
};

} // namespace whichbase::probe
