#include "live/links.h"

#include <algorithm>
#include <map>

namespace whichbase::live {
namespace {

using topology::Failure;
using topology::Stage;
using namespace std::chrono_literals;

// Saying it again does not help, and may lock an account.
bool isRefusal(const Failure& failure) {
  return failure.stage == Stage::authenticate || failure.stage == Stage::configuration;
}

} // namespace

Links::Links(const Options& options, std::shared_ptr<route::Routes> routes, pg::Watchdog& watchdog,
             std::function<void()> wake)
    : m_options(options), m_routes(std::move(routes)), m_watchdog(watchdog), m_wake(std::move(wake)) {}

void Links::leave(Link& link) {
  if (!link.making)
    return;
  link.making->requestStop();
  m_leaving.push_back(std::move(link.making));
}

void Links::follow(const std::vector<probe::Target>& targets) {
  std::vector<Link> next;
  std::map<std::string, int> perEndpoint;
  for (const auto& target : targets) {
    const auto known = std::ranges::find(m_links, target, &Link::target);
    if (known != m_links.end()) {
      next.push_back(std::move(*known));
      m_links.erase(known);
    } else {
      Link& link = next.emplace_back();
      link.target = target;
      link.endpoint = endpointOf(target);
      link.budget = CountBudget(m_options.countShare);
    }
    Link& link = next.back();
    link.isKept = !target.refused && ++perEndpoint[link.endpoint] <= m_options.keptPerEndpoint;
    if (!link.isKept) {
      leave(link);
      link.kept.reset();
    }
  }
  for (auto& link : m_links)
    leave(link);
  m_links = std::move(next);
}

bool Links::mayConnect(const Link& link) const {
  int everywhere = 0;
  int there = 0;
  for (const auto& other : m_links) {
    everywhere += other.making ? 1 : 0;
    there += other.making && other.endpoint == link.endpoint ? 1 : 0;
  }
  const int atMost = link.kept ? 1 : std::max(1, m_options.sweep.perEndpoint); // renewed one by one
  return everywhere < std::max(1, m_options.sweep.concurrency) && there < atMost;
}

bool Links::isOld(const Link& link, pg::TimePoint now) const {
  return link.kept && now - link.kept->madeAt >= m_options.sessionAge;
}

void Links::start(Link& link) {
  const pg::TimePoint deadline = pg::Clock::now() + m_options.sweep.probeDeadline;
  link.retryTold.reset();
  link.making = std::make_unique<Task<Link::Made>>(
      [this, target = link.target, deadline](const std::stop_token& stop) {
        return makeSession(target, *m_routes, m_watchdog, deadline, stop);
      },
      m_wake);
}

void Links::connectDue(bool renewing) {
  std::erase_if(m_leaving, [](const auto& task) { return task->isDone(); });
  const pg::TimePoint now = pg::Clock::now();
  for (auto& link : m_links) {
    const bool isWanted = link.kept ? renewing && isOld(link, now) : true;
    if (link.isKept && isWanted && !link.making && link.retryAt <= now && mayConnect(link))
      start(link);
  }
}

std::optional<pg::TimePoint> Links::nextDue() const {
  std::optional<pg::TimePoint> next;
  for (const auto& link : m_links) {
    if (!link.isKept || link.making || !mayConnect(link))
      continue; // who ends an attempt wakes us
    const pg::TimePoint due =
        link.kept ? std::max(link.retryAt, link.kept->madeAt + m_options.sessionAge) : link.retryAt;
    next = next ? std::min(*next, due) : due;
  }
  return next;
}

Links::News Links::settle(Link& link, Link::Made made, topology::UtcTime now) {
  News news;
  news.target = static_cast<std::size_t>(&link - m_links.data());
  if (made) {
    news.isNew = !link.kept;
    link.kept = std::move(*made); // new before old
    link.failure.reset();
    link.failedRenewals = 0; // the pauses begin anew only when it has answered a pulse
    return news;
  }
  // While the old session answers, a new one that fails once may have met a full house.
  if (link.kept && ++link.failedRenewals < 2) {
    link.retryAt = pg::Clock::now() + 1s;
    return news;
  }
  fail(news.target, made.error(), now);
  news.failure = std::move(made.error());
  return news;
}

std::vector<Links::News> Links::takeNews(topology::UtcTime now) {
  std::vector<News> all;
  for (auto& link : m_links) {
    if (!link.making || !link.making->isDone())
      continue;
    Link::Made made = link.making->take();
    link.making.reset();
    if (!m_watchdog.stopped())
      all.push_back(settle(link, std::move(made), now));
  }
  return all;
}

void Links::lose(std::size_t target) {
  Link& link = m_links[target];
  link.kept.reset();
  link.isLost = true;
  link.retryAt = pg::Clock::now() + link.backoff.next();
}

void Links::fail(std::size_t target, const Failure& failure, topology::UtcTime now) {
  Link& link = m_links[target];
  link.kept.reset();
  link.isLost = true;
  link.failure = failure;
  if (isRefusal(failure))
    link.backoff.slowDown();
  else if (link.backoff.attempts() == 0)
    link.backoff.next(); // the attempt at once was this one
  const auto pause = link.backoff.next();
  link.retryAt = pg::Clock::now() + pause;
  link.retryTold = now + pause;
}

void Links::retryNow(std::size_t target) {
  Link& link = m_links[target];
  if (link.kept)
    return;
  link.backoff.reset();
  link.retryAt = {};
}

std::vector<LinkState> Links::states(const std::vector<topology::ServerSpec>& servers) const {
  std::vector<LinkState> states(m_links.size());
  for (std::size_t at = 0; at < m_links.size(); ++at) {
    const Link& link = m_links[at];
    LinkState& state = states[at];
    state.kind = !link.isKept                   ? LinkState::Kind::notKept
                 : link.kept                    ? LinkState::Kind::connected
                 : link.making || !link.failure ? LinkState::Kind::connecting
                                                : LinkState::Kind::waiting;
    if (!link.kept && link.failure)
      state.text = link.failure->text;
    if (state.kind == LinkState::Kind::waiting)
      state.retryAt = link.retryTold;
  }
  for (const auto& server : servers)
    states[server.observation].servers.push_back(server.name);
  return states;
}

} // namespace whichbase::live
