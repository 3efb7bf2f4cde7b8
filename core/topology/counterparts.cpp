#include "topology/counterparts.h"

#include <algorithm>
#include <functional>
#include <tuple>

namespace whichbase::topology {

namespace {

// With more different inventories than this the fullest of them tell enough.
constexpr std::size_t inventoriesCompared = 32;

bool haveEqualInventory(const Database& a, const Database& b) {
  return a.tables == b.tables && a.triggers == b.triggers;
}

} // namespace

Counterparts::Counterparts(const View& view, const Snapshot* earlier) : m_view(view) {
  for (const Database& each : view.snapshot().databases)
    if (each.identityProven && (each.ghost || !view.on(each).empty()))
      add(each);
  if (earlier)
    for (const Database& each : earlier->databases)
      if (each.identityProven && !view.database(each.id))
        add(each);
  const auto fullness = [](const Inventory& inventory) {
    const Database& first = *inventory.members.front();
    return std::tuple(std::ranges::any_of(inventory.members, &Database::ghost), first.tables ? first.tables->size() : 0,
                      first.triggers ? first.triggers->size() : 0);
  };
  std::ranges::stable_sort(m_inventories, std::greater{}, fullness);
  std::ranges::stable_sort(m_byNewest, std::greater{}, [](const Database* each) { return *each->users->newestAt; });
}

void Counterparts::add(const Database& database) {
  const auto equal = std::ranges::find_if(m_inventories, [&](const Inventory& inventory) {
    return haveEqualInventory(*inventory.members.front(), database);
  });
  if (equal == m_inventories.end())
    m_inventories.push_back({{&database}});
  else
    equal->members.push_back(&database);
  if (database.users && database.users->newestAt)
    m_byNewest.push_back(&database);
}

bool Counterparts::isCounterpart(const Database& other, const Database& database) const {
  if (other.id == database.id || !database.identityProven)
    return false;
  if (m_view.database(other.id) != &other) // of the earlier side
    return other.systemIdentifier && database.systemIdentifier && other.systemIdentifier != database.systemIdentifier;
  // A ghost that no longer answers is another one by record: it bears another letter.
  return other.answered ? m_view.isDifferent(other, database) : other.ghost;
}

const Database* Counterparts::memberFor(const Inventory& inventory, const Database& database, Among among) const {
  const auto found = std::ranges::find_if(inventory.members, [&](const Database* each) {
    return (among == Among::ghostsToo || !each->ghost) && isCounterpart(*each, database);
  });
  return found == inventory.members.end() ? nullptr : *found;
}

template <class Missing>
const Database* Counterparts::most(const Database& database, Among among, Missing missing) const {
  const Database* best = nullptr;
  auto bestMissing = missing(database, database); // nothing
  std::size_t compared = 0;
  for (const Inventory& inventory : m_inventories) {
    if (haveEqualInventory(*inventory.members.front(), database))
      continue;
    const Database* other = memberFor(inventory, database, among);
    if (!other)
      continue;
    if (const auto here = missing(*other, database); here > bestMissing) {
      bestMissing = here;
      best = other;
    }
    if (++compared == inventoriesCompared)
      break;
  }
  return best;
}

const Database* Counterparts::fullest(const Database& database, Among among) const {
  return most(database, among, [](const Database& full, const Database& poor) {
    return std::tuple(tablesMissing(full, poor).size(), guardsMissing(full, poor).size());
  });
}

const Database* Counterparts::bestGuarded(const Database& database) const {
  return most(database, Among::ghostsToo,
              [](const Database& full, const Database& poor) { return guardsMissing(full, poor).size(); });
}

const Database* Counterparts::freshest(const Database& database) const {
  if (!database.users || !database.users->newestAt)
    return nullptr;
  for (const Database* other : m_byNewest) {
    if (*other->users->newestAt <= *database.users->newestAt)
      return nullptr;
    if (staleBy(*other, database) && isCounterpart(*other, database))
      return other;
  }
  return nullptr;
}

} // namespace whichbase::topology
