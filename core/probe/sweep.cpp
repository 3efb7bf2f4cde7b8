#include "probe/sweep.h"

#include "probe/connect_failure.h"
#include "probe/connect_target.h"
#include "probe/openings.h"
#include "probe/visit.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <thread>

namespace whichbase::probe {
namespace {

using pg::Clock;
using pg::TimePoint;
using topology::Failure;
using topology::Stage;

constexpr std::chrono::seconds patience{1}; // a probe that waits longer gives up its slot
constexpr std::chrono::milliseconds tick{50};

// Connections to one of them are limited: an address, and the way there.
std::string endpointOf(const Target& target) {
  std::string key = addressOf(target);
  if (!target.via.isElsewhere())
    return key;
  key += '\n' + target.via.command;
  for (const auto& word : target.via.sshWords)
    key += '\n' + word;
  return key;
}

// One sweep under way: starts probes as slots get free, one thread each, and gathers what they saw.
class Sweep {
public:
  Sweep(const std::vector<Target>& targets, const SweepOptions& options, const OnObservation& onObservation,
        std::shared_ptr<route::Routes> routes, const std::stop_token& stop)
      : m_targets(targets), m_options(options), m_onObservation(onObservation), m_end(m_startedAt + options.deadline),
        m_shared{std::move(routes), stop}, m_openings(*m_shared.routes, m_changed) {
    m_result.observations.resize(targets.size());
    for (std::size_t index = 0; index < targets.size(); ++index)
      m_waiting.push_back(index);
  }

  SweepResult run(std::stop_token stop);

private:
  struct Probe {
    std::size_t target = 0;
    std::string endpoint;
    bool holdsSlot = true;
    bool done = false;
    std::atomic<Clock::rep> waitingSince;
    std::jthread thread;
  };

  bool mayStart(std::size_t target);
  void startWhatMay();
  void reportClosedRoutes(std::unique_lock<std::mutex>& lock);
  void start(std::size_t target, std::string endpoint);
  void visitTarget(Probe& probe);
  void collect(std::size_t target, const topology::Observation& observation);
  void takeSlotsBack();
  void giveUpWaiting(bool stopped);
  Failure notTried(const Target& target, bool stopped) const;
  TimePoint openingEnd() const { return std::min(m_end, m_startedAt + m_options.probeDeadline); }
  void joinFinished();

  const std::vector<Target>& m_targets;
  const SweepOptions& m_options;
  const OnObservation& m_onObservation;
  const TimePoint m_startedAt = Clock::now();
  const TimePoint m_end;
  SweepShared m_shared;
  std::mutex m_mutex;
  std::condition_variable_any m_changed;
  Openings m_openings;
  std::list<std::size_t> m_waiting;
  std::list<Probe> m_running;
  std::map<std::string, int> m_perEndpoint;
  int m_slotsTaken = 0;
  std::size_t m_done = 0;
  std::mutex m_callback;
  SweepResult m_result;
};

void Sweep::collect(std::size_t target, const topology::Observation& observation) {
  const std::lock_guard one(m_callback);
  Progress progress;
  {
    const std::lock_guard lock(m_mutex);
    m_result.observations[target] = observation;
    progress = {target, ++m_done, m_targets.size()};
  }
  if (m_onObservation)
    m_onObservation(progress, observation);
}

void Sweep::visitTarget(Probe& probe) {
  const TimePoint deadline = std::min(m_end, Clock::now() + m_options.probeDeadline);
  collect(probe.target, visit(m_targets[probe.target], probe.target, m_shared, deadline, probe.waitingSince));
  const std::lock_guard lock(m_mutex);
  probe.done = true;
  m_changed.notify_all();
}

void Sweep::start(std::size_t target, std::string endpoint) {
  ++m_slotsTaken;
  ++m_perEndpoint[endpoint];
  Probe& probe = m_running.emplace_back();
  probe.target = target;
  probe.endpoint = std::move(endpoint);
  probe.waitingSince = Clock::now().time_since_epoch().count();
  probe.thread = std::jthread([this, &probe] { visitTarget(probe); });
}

// Its route is open, and its endpoint has a connection to spare. Who waits for a route takes nobody's slot.
bool Sweep::mayStart(std::size_t target) {
  const Target& what = m_targets[target];
  if (!what.refused && m_openings.of(what.via, openingEnd(), m_shared.stop) != Openings::State::open)
    return false;
  return m_perEndpoint[endpointOf(what)] < m_options.perEndpoint;
}

void Sweep::startWhatMay() {
  for (auto at = m_waiting.begin(); at != m_waiting.end() && m_slotsTaken < m_options.concurrency;) {
    if (!mayStart(*at)) {
      ++at;
      continue;
    }
    const std::size_t target = *at;
    at = m_waiting.erase(at);
    start(target, endpointOf(m_targets[target]));
  }
}

// What cannot be visited because nobody could log in where its route leads.
void Sweep::reportClosedRoutes(std::unique_lock<std::mutex>& lock) {
  std::vector<std::size_t> closed;
  for (auto at = m_waiting.begin(); at != m_waiting.end();) {
    const Target& target = m_targets[*at];
    const bool isClosed =
        !target.refused && m_openings.of(target.via, openingEnd(), m_shared.stop) == Openings::State::closed;
    if (isClosed)
      closed.push_back(*at);
    at = isClosed ? m_waiting.erase(at) : std::next(at);
  }
  lock.unlock(); // the callback must be free to call
  for (const std::size_t target : closed) {
    topology::Observation observation;
    observation.startedAt = observation.finishedAt = topology::now();
    observation.failure = routeFailure(*m_openings.lateOrClosed(m_targets[target].via));
    collect(target, observation);
  }
  lock.lock();
}

void Sweep::takeSlotsBack() {
  const Clock::rep limit = (Clock::now() - patience).time_since_epoch().count();
  for (auto& probe : m_running) {
    if (probe.holdsSlot && !probe.done && probe.waitingSince < limit) {
      probe.holdsSlot = false;
      --m_slotsTaken;
    }
  }
}

void Sweep::joinFinished() {
  for (auto probe = m_running.begin(); probe != m_running.end();) {
    if (!probe->done) {
      ++probe;
      continue;
    }
    if (probe->holdsSlot)
      --m_slotsTaken;
    --m_perEndpoint[probe->endpoint];
    probe = m_running.erase(probe); // joins: the thread has nothing left to do
  }
}

Failure Sweep::notTried(const Target& target, bool stopped) const {
  if (target.refused)
    return *target.refused;
  if (stopped)
    return {Stage::deadline, "cancelled", "Probe again.", false, {}};
  if (const auto problem = m_openings.lateOrClosed(target.via))
    return routeFailure(*problem);
  const auto atWork = m_perEndpoint.find(endpointOf(target));
  const bool isCrowded = atWork != m_perEndpoint.end() && atWork->second > 0;
  return {Stage::deadline,
          isCrowded ? fmt::format("not tried: earlier probes of {} were still waiting for an answer", placeOf(target))
                    : "not tried: the sweep's time was over",
          "Probe again with a longer deadline.",
          false,
          {}};
}

// What was never started, with the reason.
void Sweep::giveUpWaiting(bool stopped) {
  for (const std::size_t target : m_waiting) {
    topology::Observation observation;
    observation.startedAt = observation.finishedAt = topology::now();
    observation.failure = notTried(m_targets[target], stopped);
    collect(target, observation);
  }
  m_waiting.clear();
}

SweepResult Sweep::run(std::stop_token stop) {
  m_result.startedAt = topology::now();
  const std::stop_callback onStop(stop, [this] {
    m_shared.watchdog.stopAll();
    m_shared.resolver.stop();
    m_shared.rendezvous.stop();
  });
  {
    std::unique_lock lock(m_mutex);
    while (!(m_waiting.empty() && m_running.empty())) {
      joinFinished();
      if (stop.stop_requested() || Clock::now() >= m_end) {
        lock.unlock(); // the callback must be free to call
        giveUpWaiting(stop.stop_requested());
        lock.lock();
      } else {
        reportClosedRoutes(lock);
        startWhatMay();
        takeSlotsBack();
      }
      if (!m_running.empty() || !m_waiting.empty())
        m_changed.wait_until(lock, stop, Clock::now() + tick,
                             [this] { return std::ranges::any_of(m_running, &Probe::done) || m_openings.takeNews(); });
    }
  }
  m_shared.watchdog.stopAll(); // whatever an anchor still does
  m_result.complete = !stop.stop_requested() && Clock::now() < m_end;
  m_result.meetings = m_shared.rendezvous.meetings();
  m_result.finishedAt = topology::now();
  return std::move(m_result);
}

} // namespace

SweepResult sweep(const std::vector<Target>& targets, const SweepOptions& options, std::stop_token stop,
                  const OnObservation& onObservation, std::shared_ptr<route::Routes> routes) {
  SweepOptions checked = options;
  checked.concurrency = std::max(1, options.concurrency);
  checked.perEndpoint = std::max(1, options.perEndpoint);
  if (!routes)
    routes = std::make_shared<route::Routes>();
  Sweep running(targets, checked, onObservation, std::move(routes), stop);
  return running.run(stop);
}

} // namespace whichbase::probe
