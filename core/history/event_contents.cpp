#include "history/event_sources.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <set>

namespace whichbase::history {

namespace {

using topology::Database;
using topology::Trigger;

constexpr std::size_t namesShown = 6;

// More than somebody's usual work does at once; fewer is never usual, but an estimate may only have been too high.
bool isJump(std::int64_t was, std::int64_t is, bool areExact) {
  const std::int64_t most = std::max<std::int64_t>(10, was / 10);
  return was == 0 || is == 0 || (areExact && is < was) || std::abs(is - was) > most;
}

// An exact number, or one that the database's statistics have carried on from an exact one (it has countedAt then,
// which the planner's figure has not). The latter is always written with its "~".
bool isFollowed(const Database& database) {
  return database.users && database.users->count &&
         (database.users->kind == topology::CountKind::exact ||
          (database.users->kind == topology::CountKind::estimate && database.users->countedAt));
}

bool isExact(const Database& database) {
  return database.users->kind == topology::CountKind::exact;
}

// When the number was true. A remembered one is as old as the last answer.
topology::UtcTime countedAt(const Database& database, const topology::Snapshot& snapshot) {
  if (database.users->countedAt && isExact(database))
    return *database.users->countedAt;
  return database.answered ? snapshot.finishedAt : database.lastReachedAt.value_or(snapshot.finishedAt);
}

void addUsers(std::vector<Event>& events, const Pair& pair, const Database& was, const Database& is) {
  if (!isFollowed(was) || !isFollowed(is) || was.users->relation != is.users->relation ||
      countedAt(is, pair.later()) < countedAt(was, pair.earlier()))
    return;
  const std::int64_t before = *was.users->count, now = *is.users->count;
  if (before == now)
    return;
  std::string text = fmt::format("Users in {}: {} → {}", is.id, usersText(was.users), usersText(is.users));
  const bool areExact = isExact(was) && isExact(is);
  if (now < before && areExact)
    text += fmt::format(", {} fewer", topology::withCommas(before - now));
  events.push_back(pair.event(isJump(before, now, areExact) ? EventKind::usersJumped : EventKind::usersChanged, {is.id},
                              text + "."));
}

std::vector<std::string> missing(std::vector<std::string> full, std::vector<std::string> poor) {
  std::ranges::sort(full);
  std::ranges::sort(poor);
  std::vector<std::string> names;
  std::ranges::set_difference(full, poor, std::back_inserter(names));
  return names;
}

void addTables(std::vector<Event>& events, const Pair& pair, const Database& was, const Database& is) {
  if (!was.tables || !is.tables)
    return;
  const auto lost = missing(*was.tables, *is.tables), gained = missing(*is.tables, *was.tables);
  const auto named = [](const std::vector<std::string>& tables) {
    return topology::someOf(topology::shortNames(tables), namesShown);
  };
  if (!lost.empty())
    events.push_back(
        pair.event(EventKind::tablesGone, {is.id},
                   fmt::format("{} gone from {}: {}.", topology::counted(lost.size(), "table"), is.id, named(lost))));
  if (!gained.empty())
    events.push_back(
        pair.event(EventKind::tablesAppeared, {is.id},
                   fmt::format("{} new in {}: {}.", topology::counted(gained.size(), "table"), is.id, named(gained))));
}

std::string nameOf(const Trigger& trigger) {
  return trigger.table.empty() ? trigger.name
                               : fmt::format("{} on {}", trigger.name, topology::shortNames({trigger.table}).front());
}

bool isDefinedAlike(const Trigger& a, const Trigger& b) {
  return a.timing == b.timing &&
         std::set(a.events.begin(), a.events.end()) == std::set(b.events.begin(), b.events.end());
}

// Enabled triggers of `full` that are not, or not enabled, in `poor`.
struct Lost {
  std::vector<std::string> absent, disabled, changed;
};

Lost lostTriggers(const std::vector<Trigger>& full, const std::vector<Trigger>& poor) {
  Lost lost;
  for (const Trigger& trigger : full) {
    if (!trigger.enabled)
      continue;
    const auto there = std::ranges::find_if(
        poor, [&](const Trigger& each) { return each.table == trigger.table && each.name == trigger.name; });
    if (there == poor.end())
      lost.absent.push_back(nameOf(trigger));
    else if (!there->enabled)
      lost.disabled.push_back(nameOf(trigger));
    else if (!isDefinedAlike(trigger, *there))
      lost.changed.push_back(nameOf(trigger));
  }
  return lost;
}

void addPart(std::vector<std::string>& parts, const std::vector<std::string>& names, const std::string& what) {
  if (!names.empty())
    parts.push_back(fmt::format("{} {}: {}", topology::counted(names.size(), "trigger"), what,
                                topology::someOf(names, namesShown)));
}

void addTriggers(std::vector<Event>& events, const Pair& pair, const Database& was, const Database& is) {
  if (!was.triggers || !is.triggers)
    return;
  const Lost lost = lostTriggers(*was.triggers, *is.triggers), gained = lostTriggers(*is.triggers, *was.triggers);
  std::vector<std::string> gone, appeared;
  addPart(gone, lost.absent, "gone from " + is.id);
  addPart(gone, lost.disabled, "disabled in " + is.id);
  addPart(gone, lost.changed, "defined otherwise in " + is.id);
  addPart(appeared, gained.absent, "new in " + is.id);
  addPart(appeared, gained.disabled, "enabled again in " + is.id);
  if (!gone.empty())
    events.push_back(pair.event(EventKind::triggersGone, {is.id}, fmt::format("{}.", fmt::join(gone, "; "))));
  if (!appeared.empty())
    events.push_back(pair.event(EventKind::triggersAppeared, {is.id}, fmt::format("{}.", fmt::join(appeared, "; "))));
}

} // namespace

void addContentEvents(std::vector<Event>& events, const Pair& pair) {
  for (const Database& is : pair.later().databases) {
    const Database* was = pair.earlierDatabase(is.id);
    if (!was || !is.answered || !is.identityProven || !was->identityProven)
      continue;
    addUsers(events, pair, *was, is);
    addTables(events, pair, *was, is);
    addTriggers(events, pair, *was, is);
  }
}

} // namespace whichbase::history
