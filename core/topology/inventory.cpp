#include "topology/inventory.h"

#include <algorithm>
#include <iterator>
#include <set>

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
  const std::vector<std::string>& there = *poor.tables;
  std::vector<std::string> missing;
  std::ranges::set_difference(*full.tables, there, std::back_inserter(missing)); // both are sorted
  if (!there.empty() && missing.size() == full.tables->size())
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

} // namespace whichbase::topology
