#include "history/event_sources.h"
#include "topology/across_time.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::history {

namespace {

using topology::Database;
using topology::Snapshot;

bool areBothProven(const Database* a, const Database* b) {
  return a && b && a->identityProven && b->identityProven;
}

std::string usersSuffix(const Database& database, const char* verb) {
  if (!database.users || !database.users->count)
    return {};
  const std::string number = usersText(database.users);
  return fmt::format(", {} {} {}", verb, number, number == "1" ? "user" : "users");
}

// A database that earlier knew and later does not name, because this one may be it.
bool mayBeKnown(const Pair& pair, const Database& is) {
  return std::ranges::any_of(pair.earlier().databases, [&](const Database& was) {
    if (was.identityProven)
      return !pair.areTwo(was, is);
    const bool differs = (was.systemIdentifier && is.systemIdentifier && was.systemIdentifier != is.systemIdentifier) ||
                         (was.oid != 0 && is.oid != 0 && was.oid != is.oid);
    const Database* still = pair.laterDatabase(was.id);
    return !differs && !(still && still->answered);
  });
}

void addAppeared(std::vector<Event>& events, const Pair& pair, const Database* was, const Database& is) {
  if (!is.identityProven || !is.answered)
    return;
  if (was && !was->answered)
    events.push_back(pair.event(EventKind::databaseAppeared, {is.id},
                                fmt::format(fmt::runtime(was->gone ? "{} is there again{}." : "{} is reached again{}."),
                                            is.id, usersSuffix(is, "with"))));
  if (!was && !mayBeKnown(pair, is))
    events.push_back(
        pair.event(EventKind::databaseAppeared, {is.id},
                   fmt::format("{} appeared: “{}” on {}{}.", is.id, is.name, is.address, usersSuffix(is, "with"))));
}

void addLost(std::vector<Event>& events, const Pair& pair, const Database* was, const Database& is) {
  if (is.answered || !was)
    return;
  if (is.gone && !was->gone)
    events.push_back(pair.event(EventKind::databaseGone, {is.id},
                                fmt::format("{} does not exist any more: its instance says so.", is.id)));
  if (!is.gone && was->answered && was->identityProven)
    events.push_back(
        pair.event(EventKind::databaseUnreached, {is.id},
                   fmt::format("{} is not reached any more{}.", is.id, usersSuffix(is, "last seen with"))));
}

void addRunning(std::vector<Event>& events, const Pair& pair, const Database* was, const Database& is) {
  if (!was || !is.answered || !is.identityProven || !was->identityProven)
    return;
  if (was->startedAt && is.startedAt && *is.startedAt > *was->startedAt && !isSameStart(*was, is))
    events.push_back(pair.event(
        EventKind::databaseRestarted, {is.id},
        fmt::format("{} was restarted at {}.", is.id, topology::toShortClock(*is.startedAt, pair.later().finishedAt))));
  if (was->inRecovery && !is.inRecovery)
    events.push_back(pair.event(EventKind::databasePromoted, {is.id},
                                fmt::format("{} was promoted: it was a standby, and is a primary now.", is.id)));
}

} // namespace

Pair::Pair(const Snapshot& earlier, const Snapshot& later) : m_earlier(earlier), m_later(later) {
  int at = 0;
  for (const Snapshot* each : {&earlier, &later}) {
    for (const topology::Server& server : each->servers)
      m_servers[at].emplace(server.name, &server);
    for (const Database& database : each->databases)
      m_databases[at].emplace(database.id, &database);
    ++at;
  }
}

bool Pair::areTwo(const Database& a, const Database& b) const {
  if (!a.identityProven || !b.identityProven || a.id == b.id)
    return false;
  if (a.systemIdentifier && b.systemIdentifier && a.systemIdentifier != b.systemIdentifier)
    return true;
  if (a.oid != 0 && b.oid != 0 && a.oid != b.oid)
    return true;
  return areBothProven(earlierDatabase(a.id), earlierDatabase(b.id)) ||
         areBothProven(laterDatabase(a.id), laterDatabase(b.id));
}

Event Pair::event(EventKind kind, std::vector<std::string> subjects, std::string text) const {
  return {m_later.finishedAt, kind, m_later.side, std::move(subjects), std::move(text)};
}

void addDatabaseEvents(std::vector<Event>& events, const Pair& pair) {
  for (const Database& is : pair.later().databases) {
    const Database* was = pair.earlierDatabase(is.id);
    addLost(events, pair, was, is);
    addAppeared(events, pair, was, is);
    addRunning(events, pair, was, is);
  }
}

} // namespace whichbase::history
