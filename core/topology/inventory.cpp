#include "topology/inventory.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

namespace whichbase::topology {

namespace {

// What a guard guards: table and event.
std::set<std::pair<std::string, std::string>> guarded(const Database& database) {
  std::set<std::pair<std::string, std::string>> pairs;
  for (const Trigger* trigger : guardsOf(database))
    for (const std::string& event : trigger->events)
      pairs.emplace(trigger->table, event);
  return pairs;
}

} // namespace

std::vector<std::string> tablesMissing(const Database& full, const Database& poor) {
  if (!full.tables || !poor.tables)
    return {};
  const std::set<std::string> all(full.tables->begin(), full.tables->end());
  const std::set<std::string> there(poor.tables->begin(), poor.tables->end());
  std::vector<std::string> missing;
  std::ranges::set_difference(all, there, std::back_inserter(missing));
  if (!there.empty() && missing.size() == all.size())
    return {};
  return missing;
}

std::vector<const Trigger*> guardsOf(const Database& database) {
  std::vector<const Trigger*> guards;
  if (database.triggers)
    for (const Trigger& trigger : *database.triggers)
      if (trigger.protects && trigger.enabled)
        guards.push_back(&trigger);
  return guards;
}

std::vector<const Trigger*> guardsMissing(const Database& full, const Database& poor) {
  if (!full.triggers || !poor.triggers)
    return {};
  const auto there = guarded(poor);
  std::vector<const Trigger*> missing;
  for (const Trigger* guard : guardsOf(full))
    if (!std::ranges::all_of(guard->events, [&](const std::string& e) { return there.contains({guard->table, e}); }))
      missing.push_back(guard);
  return missing;
}

std::optional<std::chrono::microseconds> staleBy(const Database& fresh, const Database& poor) {
  if (!fresh.users || !poor.users || !fresh.users->newestAt || !poor.users->newestAt ||
      fresh.users->relation != poor.users->relation || poor.users->kind == CountKind::visibleOnly)
    return std::nullopt;
  const auto older = *fresh.users->newestAt - *poor.users->newestAt;
  return older >= std::chrono::seconds(1) ? std::optional(older) : std::nullopt;
}

bool haveComparableUsers(const Database& a, const Database& b) {
  const auto isExact = [](const Database& each) {
    return each.users && each.users->count && each.users->kind == CountKind::exact;
  };
  return isExact(a) && isExact(b) && a.users->relation == b.users->relation;
}

std::vector<const Database*> counterparts(const View& view, const Database& database) {
  std::vector<const Database*> others;
  if (!database.identityProven)
    return others;
  for (const Database& other : view.snapshot().databases) {
    if (other.id == database.id || !other.identityProven)
      continue;
    // A ghost that no longer answers is another one by record: it bears another letter.
    const bool isOther = other.answered ? view.isDifferent(other, database) : other.ghost;
    if (isOther && (other.ghost || !view.on(other).empty()))
      others.push_back(&other);
  }
  return others;
}

const Database* fullest(const std::vector<const Database*>& counterparts, const Database& database) {
  const auto missing = [&](const Database* other) {
    return std::tuple(tablesMissing(*other, database).size(), guardsMissing(*other, database).size());
  };
  const auto most = std::ranges::max_element(counterparts, {}, missing);
  return most == counterparts.end() || missing(*most) == std::tuple(0u, 0u) ? nullptr : *most;
}

} // namespace whichbase::topology
