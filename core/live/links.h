// The kept sessions of a watch: one a target, made, lost, made again, and made anew when they are old.
#pragma once

#include "live/backoff.h"
#include "live/kept_session.h"
#include "live/task.h"
#include "live/users_count.h"
#include "live/watch.h"

#include <list>

namespace whichbase::live {

struct Link {
  using Made = std::expected<KeptSession, topology::Failure>;

  probe::Target target;
  std::string endpoint;
  bool isKept = true; // else only sweeps visit it
  std::optional<KeptSession> kept;
  std::unique_ptr<Task<Made>> making;
  Backoff backoff;
  pg::TimePoint retryAt{};                  // not before
  std::optional<topology::Failure> failure; // why there is no session
  std::optional<topology::UtcTime> retryTold;
  bool isLost = false; // it was connected, and is to say so when it is again
  int timeouts = 0;    // in a row
  int failedRenewals = 0;
  // what is known of its database between pulses
  std::string catalog;
  CountBudget budget;
  std::optional<CountedUsers> counted;
};

class Links {
public:
  Links(const Options& options, std::shared_ptr<route::Routes> routes, pg::Watchdog& watchdog,
        std::function<void()> wake);

  // A link a target, in their order; what is known of an equal target goes on.
  void follow(const std::vector<probe::Target>& targets);

  // What became of an attempt to connect.
  struct News {
    std::size_t target = 0;
    bool isNew = false;                       // connected, where there was no session
    std::optional<topology::Failure> failure; // or not
  };
  std::vector<News> takeNews(topology::UtcTime now);
  // Starts the attempts that are due, few at a time to one endpoint. With `renewing`, old sessions are made anew, too.
  void connectDue(bool renewing);
  std::optional<pg::TimePoint> nextDue() const; // when connectDue() has something to do

  void lose(std::size_t target);
  // Its database cannot be reached: for as long as the pauses say, nobody tries.
  void fail(std::size_t target, const topology::Failure& failure, topology::UtcTime now);
  void retryNow(std::size_t target); // where there is no session: no pause any more
  bool isConnected(std::size_t target) const { return m_links[target].kept.has_value(); }

  std::vector<Link>& all() { return m_links; }
  std::vector<LinkState> states(const std::vector<topology::ServerSpec>& servers) const;

private:
  bool mayConnect(const Link& link) const;
  bool isOld(const Link& link, pg::TimePoint now) const;
  void start(Link& link);
  News settle(Link& link, Link::Made made, topology::UtcTime now);
  void leave(Link& link);

  const Options& m_options;
  std::shared_ptr<route::Routes> m_routes;
  pg::Watchdog& m_watchdog;
  std::function<void()> m_wake;
  std::vector<Link> m_links;
  std::list<std::unique_ptr<Task<Link::Made>>> m_leaving; // attempts whose outcome nobody wants any more
};

} // namespace whichbase::live
