// The routes that a sweep needs, opened at its start: one login a host, while targets that need none are visited.
#pragma once

#include "route/routes.h"

#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace whichbase::probe {

// Each route is opened once a sweep: what failed is not tried again for each of its targets. Safe for many threads.
class Openings {
public:
  // `changed` is told when a route is open, or cannot be opened.
  Openings(route::Routes& routes, std::condition_variable_any& changed) : m_routes(routes), m_changed(changed) {}

  enum class State { opening, open, closed };
  // Starts opening it when it is asked for first.
  State of(const route::Via& via, route::TimePoint deadline, const std::stop_token& stop);
  // Why a route is not open: what closed it, or that it is late. Nothing for an open one.
  std::optional<route::Problem> lateOrClosed(const route::Via& via) const;
  bool takeNews(); // whether one has changed since this was last asked

private:
  struct Opening {
    State state = State::opening;
    route::Problem problem{};
  };
  route::Routes& m_routes;
  std::condition_variable_any& m_changed;
  mutable std::mutex m_mutex;
  std::map<std::vector<std::string>, Opening> m_bySshWords;
  bool m_news = false;
  std::list<std::jthread> m_threads; // declared last: they use the rest until they have ended
};

} // namespace whichbase::probe
