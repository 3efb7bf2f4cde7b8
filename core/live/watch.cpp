#include "live/watch.h"

#include "live/links.h"
#include "live/sighted.h"
#include "live/sweeping.h"
#include "live/ticking.h"
#include "topology/continuity.h"

#include <algorithm>

namespace whichbase::live {
namespace {

using pg::Clock;
using pg::TimePoint;
using topology::Snapshot;
using topology::UtcTime;
using namespace std::chrono_literals;

constexpr std::chrono::milliseconds patience = 3s;      // with a session that answered before
constexpr std::chrono::milliseconds shortPatience = 1s; // with one that may be dead, after the computer slept

// One watch under way. Everything but the tasks happens on the thread that called watch().
class Watching {
public:
  Watching(const Request& request, Controls& controls, std::stop_token stop, const OnUpdate& onUpdate);
  void run();

private:
  void take(const Controls::Wishes& wishes);
  void noticeSleep();
  void takeSweep();
  void adopt(Swept swept);
  void shiftTimes(topology::Sighting& sighting);
  void keepReach(const probe::Plan& plan, topology::Sighting& next) const;
  void settleLinks();
  void end();
  void takeConfiguration();
  void takeLinks();
  void startWhatIsDue();
  void startSweep();
  void tickIfDue();
  void publish(bool swept);
  TimePoint nextWake() const;

  const Request& m_request;
  Options m_options;
  probe::Sources m_sources;
  Controls& m_controls;
  const std::stop_token m_stop;
  const OnUpdate& m_onUpdate;
  Timeline m_timeline;

  std::shared_ptr<route::Routes> m_routes; // one login for commands, sweeps and kept sessions
  pg::Watchdog m_watchdog;
  Links m_links;
  std::shared_ptr<const Snapshot> m_before;
  std::shared_ptr<const Snapshot> m_after;
  std::optional<topology::Continuity> m_continuity;
  probe::Plan m_plan;
  topology::Sighting m_sighting;
  std::vector<std::size_t> m_groups;
  bool m_isSighted = false;

  bool m_isPaused = false;
  bool m_isStep = false;
  bool m_isSweepWished = false;
  bool m_isSuspect = false; // the computer slept since the last tick
  bool m_hasNews = false;
  TimePoint m_nextTick{};
  TimePoint m_sweptAt{};
  TimePoint m_askedAt{}; // where the strings come from
  SweepPace m_pace;
  std::optional<probe::Plan> m_nextPlan;
  std::unique_ptr<Task<Swept>> m_sweep;
  std::unique_ptr<Task<probe::Plan>> m_configuration;
};

Watching::Watching(const Request& request, Controls& controls, std::stop_token stop, const OnUpdate& onUpdate)
    : m_request(request), m_options(request.options), m_sources(request.sources), m_controls(controls),
      m_stop(std::move(stop)), m_onUpdate(onUpdate), m_timeline(request.clocks),
      m_routes(m_sources.routes ? m_sources.routes : std::make_shared<route::Routes>()),
      m_links(m_options, m_routes, m_watchdog, [this] { m_controls.wake(); }), m_before(request.before) {
  m_pace.want();
  m_sources.routes = m_routes;
  m_options.interval = std::max(m_options.interval, m_options.shortestInterval);
}

void Watching::take(const Controls::Wishes& wishes) {
  if (wishes.interval) {
    m_options.interval = std::max(*wishes.interval, m_options.shortestInterval);
    m_nextTick = std::min(m_nextTick, Clock::now() + m_options.interval);
  }
  if (m_isPaused != wishes.paused) {
    m_isPaused = wishes.paused;
    m_hasNews = true;
    if (!m_isPaused)
      m_nextTick = {};
  }
  m_isStep = m_isStep || wishes.step;
  m_isSweepWished = m_isSweepWished || wishes.sweep;
}

void Watching::noticeSleep() {
  if (!m_timeline.jumped(std::max<std::chrono::milliseconds>(2 * m_options.interval, 1s)))
    return;
  m_isSuspect = true;
  m_nextTick = {};
  for (std::size_t at = 0; at < m_links.all().size(); ++at)
    m_links.retryNow(at);
  m_pace.want();
}

void Watching::startSweep() {
  m_isSweepWished = false;
  m_pace.started(Clock::now());
  m_sweep = std::make_unique<Task<Swept>>(
      [this, before = m_before, plan = std::exchange(m_nextPlan, std::nullopt)](const std::stop_token& stop) {
        return sweepOnce(m_request, m_sources, before, plan, stop);
      },
      [this] { m_controls.wake(); });
}

// The system's clock may have been set back, and ticks went on while the sweep was under way.
void Watching::shiftTimes(topology::Sighting& sighting) {
  const auto ahead = m_timeline.ahead();
  const UtcTime now = m_timeline.now();
  sighting.startedAt = std::min(sighting.startedAt + ahead, now);
  sighting.finishedAt = now;
  for (auto& observation : sighting.observations) {
    observation.startedAt = std::min(observation.startedAt + ahead, now);
    observation.finishedAt = std::min(observation.finishedAt + ahead, now);
  }
}

// A sweep that ran out of time says nothing of a target whose kept session answers.
void Watching::keepReach(const probe::Plan& plan, topology::Sighting& next) const {
  for (std::size_t at = 0; at < next.observations.size(); ++at) {
    const auto& failure = next.observations[at].failure;
    if (!failure || failure->stage != topology::Stage::deadline)
      continue;
    const auto known = std::ranges::find(m_plan.targets, plan.targets[at]);
    const auto was = static_cast<std::size_t>(known - m_plan.targets.begin());
    if (known != m_plan.targets.end() && m_links.isConnected(was) && m_sighting.observations[was].facts)
      next.observations[at] = m_sighting.observations[was];
  }
}

// A sweep makes new connections, as the servers would: what it could not reach, a session that still lives does not
// reach either.
void Watching::settleLinks() {
  for (std::size_t at = 0; at < m_sighting.observations.size(); ++at) {
    const auto& failure = m_sighting.observations[at].failure;
    if (failure && m_links.isConnected(at))
      m_links.fail(at, *failure, m_timeline.now());
    else if (!failure)
      m_links.retryNow(at);
  }
}

void Watching::adopt(Swept swept) {
  if (!m_isSighted) {
    m_continuity.emplace(swept.before.get());
    if (m_request.recalled)
      m_continuity->recall(*m_request.recalled);
  }
  m_before = std::move(swept.before);
  shiftTimes(swept.sighting);
  keepReach(swept.plan, swept.sighting);
  m_plan = std::move(swept.plan);
  m_sighting = std::move(swept.sighting);
  m_groups = groupsOf(m_sighting);
  m_isSighted = true;
  m_links.follow(m_plan.targets);
  settleLinks();
  takeCounts(m_sighting, m_groups, m_links, Clock::now());
  tellCounts(m_sighting, m_links);
  m_sweptAt = m_askedAt = Clock::now();
  m_nextTick = std::min(m_nextTick, m_sweptAt);
  publish(true);
}

void Watching::takeSweep() {
  if (!m_sweep || !m_sweep->isDone())
    return;
  Swept swept = m_sweep->take();
  m_sweep.reset();
  adopt(std::move(swept));
}

void Watching::takeConfiguration() {
  if (!m_configuration || !m_configuration->isDone())
    return;
  probe::Plan plan = m_configuration->take();
  m_configuration.reset();
  m_askedAt = Clock::now();
  if (isSamePlan(plan, m_plan))
    return;
  m_nextPlan = std::move(plan);
  m_pace.want();
}

void Watching::takeLinks() {
  for (const auto& news : m_links.takeNews(m_timeline.now())) {
    m_hasNews = true;
    topology::Observation& observation = m_sighting.observations[news.target];
    if (news.failure) {
      const bool isGone = news.failure->databaseMissing && observation.facts; // only a sweep asks its instance
      const bool isSame = observation.failure &&
                          observation.failure->databaseMissing == news.failure->databaseMissing &&
                          observation.failure->stage == news.failure->stage;
      if (isGone)
        m_pace.want();
      if (!isSame)
        loseReach(m_sighting, news.target, *news.failure, m_timeline.now());
      m_sighting.finishedAt = m_timeline.now();
      m_groups = groupsOf(m_sighting);
      continue;
    }
    Link& link = m_links.all()[news.target];
    const bool isBack = std::exchange(link.isLost, false);
    if (isBack || !observation.facts || !leadToTheSame(link.kept->markers, markersOf(*observation.facts)))
      m_pace.want();
    if (!link.catalog.empty() || news.isNew)
      m_nextTick = std::min(m_nextTick, Clock::now());
  }
}

void Watching::startWhatIsDue() {
  const TimePoint now = Clock::now();
  const bool isActing = !m_isPaused || m_isStep;
  if (isActing && m_isSighted)
    m_links.connectDue(true);
  const bool isOverdue = m_isSighted && now - m_sweptAt >= m_options.inventoryEvery;
  const bool isWanted = m_pace.wantedAt().value_or(TimePoint::max()) <= now;
  if (!m_sweep && (m_isSweepWished || (isActing && (isOverdue || isWanted))))
    startSweep();
  if (isActing && m_isSighted && !m_sweep && !m_configuration && !m_nextPlan &&
      now - m_askedAt >= m_options.configurationEvery)
    m_configuration = std::make_unique<Task<probe::Plan>>(
        [this, before = m_before](const std::stop_token& stop) {
          return planNow(m_request, m_sources, before.get(), stop);
        },
        [this] { m_controls.wake(); });
}

void Watching::tickIfDue() {
  const bool isDue = m_isStep || (!m_isPaused && m_nextTick <= Clock::now());
  if (!isDue || !m_isSighted)
    return;
  m_isStep = false;
  const UtcTime startedAt = m_timeline.now();
  const auto result = tick(
      {m_links, m_sighting, m_groups, [this] { return m_timeline.now(); }, m_isSuspect ? shortPatience : patience});
  m_isSuspect = false;
  if (m_stop.stop_requested())
    return;
  if (result.wantsSweep)
    m_pace.want();
  m_groups = groupsOf(m_sighting);
  m_sighting.startedAt = startedAt;
  m_sighting.finishedAt = m_timeline.now();
  m_nextTick = Clock::now() + m_options.interval; // what was missed is not caught up
  m_links.connectDue(!m_isPaused);                // what was lost just now
  publish(false);
}

void Watching::publish(bool swept) {
  if (!m_isSighted || m_stop.stop_requested())
    return;
  m_hasNews = false;
  Update update;
  update.before = m_before;
  update.after = m_after = std::make_shared<const Snapshot>(m_continuity->follow(topology::assemble(m_sighting)));
  update.swept = swept;
  update.paused = m_isPaused;
  update.links = m_links.states(m_plan.servers);
  update.passwordKeys = m_plan.passwordKeys;
  if (!m_isPaused)
    update.nextAt = m_timeline.now() + std::chrono::duration_cast<std::chrono::microseconds>(
                                           std::max(m_nextTick - Clock::now(), Clock::duration(0)));
  m_onUpdate(update);
}

TimePoint Watching::nextWake() const {
  TimePoint next = Clock::now() + 1h;
  if (m_isPaused)
    return next; // who wishes something wakes us
  if (m_isSighted) {
    next = std::min(next, m_nextTick);
    if (const auto due = m_links.nextDue())
      next = std::min(next, *due);
    if (!m_sweep)
      next = std::min(next, m_sweptAt + m_options.inventoryEvery);
    if (!m_sweep && !m_configuration && !m_nextPlan)
      next = std::min(next, m_askedAt + m_options.configurationEvery);
  }
  if (!m_sweep)
    next = std::min(next, m_pace.wantedAt().value_or(next));
  return next;
}

void Watching::end() {
  m_watchdog.stopAll();
  if (m_sweep)
    m_sweep->requestStop();
  if (m_configuration)
    m_configuration->requestStop();
}

void Watching::run() {
  const std::stop_callback onStop(m_stop, [this] { m_watchdog.stopAll(); });
  while (!m_stop.stop_requested()) {
    take(m_controls.wait(nextWake(), m_stop));
    if (m_stop.stop_requested())
      break;
    noticeSleep();
    takeSweep();
    takeConfiguration();
    takeLinks();
    startWhatIsDue();
    tickIfDue();
    if (m_hasNews)
      publish(false);
  }
  end();
}

} // namespace

void watch(const Request& request, Controls& controls, std::stop_token stop, const OnUpdate& onUpdate) {
  Watching(request, controls, std::move(stop), onUpdate).run();
}

} // namespace whichbase::live
