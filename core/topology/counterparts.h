// What each database of a snapshot can be held against: databases of another source that have servers, and ghosts.
#pragma once

#include "topology/inventory.h"
#include "topology/view.h"

#include <vector>

namespace whichbase::topology {

// Made once per snapshot: databases of equal inventory are held against others together, so that a thousand copies of
// one schema cost no more than one.
class Counterparts {
public:
  // `earlier` adds what only an earlier side knows.
  explicit Counterparts(const View& view, const Snapshot* earlier = nullptr);

  enum class Among { inUse, ghostsToo };
  // The one that has most of what `database` lacks: tables first, then guards. Null where nothing is missing.
  const Database* fullest(const Database& database, Among among) const;
  // The one that has most guards that `database` lacks.
  const Database* bestGuarded(const Database& database) const;
  // The one whose newest user is newest, where that of `database` is older.
  const Database* freshest(const Database& database) const;

private:
  struct Inventory {
    std::vector<const Database*> members;
  };
  void add(const Database& database);
  bool isCounterpart(const Database& other, const Database& database) const;
  // The first of that inventory which `database` can be held against.
  const Database* memberFor(const Inventory& inventory, const Database& database, Among among) const;
  template <class Missing>
  const Database* most(const Database& database, Among among, Missing missing) const;

  const View& m_view;
  std::vector<Inventory> m_inventories;    // ghosts' first, then the fuller ones
  std::vector<const Database*> m_byNewest; // newest user first
};

} // namespace whichbase::topology
