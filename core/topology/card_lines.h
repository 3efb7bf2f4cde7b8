// The short lines of a database's card, each with its sign: written once, shown in the diagram and in reports.
#pragma once

#include "topology/snapshot.h"

#include <string>
#include <vector>

namespace whichbase::topology {

enum class Sign { none, good, warning, bad, unknown };

struct CardLine {
  Sign sign = Sign::none;
  std::string text;
  bool operator==(const CardLine&) const = default;
};

// The database relative to the others of its snapshot, and of the other side where that is given: "17 tables, 3
// protection triggers", "9 of 17 tables, 0 of 3 triggers", "newest user is 19 days older", "clone of B, apart for 6
// days or more", "identity unknown: no privilege", "last reached 14:20 UTC". At most four lines.
std::vector<CardLine> cardLines(const Snapshot& snapshot, const Database& database, const Snapshot* other = nullptr);

// The same of every database, in the snapshot's order; for many databases by far the quicker way.
std::vector<std::vector<CardLine>> allCardLines(const Snapshot& snapshot, const Snapshot* other = nullptr);

} // namespace whichbase::topology
