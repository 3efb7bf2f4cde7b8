#include "probe/sweep.h"

#include "probe/connect_target.h"
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

// One sweep under way: starts probes as slots get free, one thread each, and gathers what they saw.
class Sweep {
public:
  Sweep(const std::vector<Target>& targets, const SweepOptions& options, const OnObservation& onObservation)
      : m_targets(targets), m_options(options), m_onObservation(onObservation), m_end(Clock::now() + options.deadline) {
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

  void startWhatMay();
  void start(std::size_t target, std::string endpoint);
  void visitTarget(Probe& probe);
  void collect(std::size_t target, const topology::Observation& observation);
  void takeSlotsBack();
  void giveUpWaiting(bool stopped);
  void joinFinished();

  const std::vector<Target>& m_targets;
  const SweepOptions& m_options;
  const OnObservation& m_onObservation;
  const TimePoint m_end;
  SweepShared m_shared;
  std::mutex m_mutex;
  std::condition_variable_any m_changed;
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

void Sweep::startWhatMay() {
  for (auto at = m_waiting.begin(); at != m_waiting.end() && m_slotsTaken < m_options.concurrency;) {
    std::string endpoint = addressOf(m_targets[*at]);
    if (m_perEndpoint[endpoint] >= m_options.perEndpoint) {
      ++at;
      continue;
    }
    const std::size_t target = *at;
    at = m_waiting.erase(at);
    start(target, std::move(endpoint));
  }
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

// What was never started, with the reason.
void Sweep::giveUpWaiting(bool stopped) {
  for (const std::size_t target : m_waiting) {
    topology::Observation observation;
    observation.startedAt = observation.finishedAt = topology::now();
    const std::string why =
        m_perEndpoint[addressOf(m_targets[target])] > 0
            ? fmt::format("earlier probes of {} were still waiting for an answer", addressOf(m_targets[target]))
            : "the sweep's time was over";
    observation.failure = m_targets[target].refused.value_or(
        stopped ? Failure{Stage::deadline, "cancelled", "Probe again.", false, {}}
                : Failure{Stage::deadline, "not tried: " + why, "Probe again with a longer deadline.", false, {}});
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
        startWhatMay();
        takeSlotsBack();
      }
      if (!m_running.empty())
        m_changed.wait_until(lock, stop, Clock::now() + tick,
                             [this] { return std::ranges::any_of(m_running, &Probe::done); });
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
                  const OnObservation& onObservation, std::shared_ptr<route::Routes>) {
  SweepOptions checked = options;
  checked.concurrency = std::max(1, options.concurrency);
  checked.perEndpoint = std::max(1, options.perEndpoint);
  Sweep running(targets, checked, onObservation);
  return running.run(stop);
}

} // namespace whichbase::probe
