// Where cards, servers and the servers that were not reached stand: numbers only.
//
// Databases stand in bands, from left to right and from top to bottom; the servers of a database stand below it, in one
// row where the width allows and in a block of rows otherwise.
#pragma once

#include "layout/diagram.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace whichbase::layout {

constexpr double cardLineHeight = 18; // of a line in a database card
constexpr double cardHeadHeight = 98; // of what stands above these lines: title, address, users

// What is to be placed, by index.
struct Things {
  std::vector<std::size_t> cardLines; // one a database card, in their order: number of lines it shows
  // One a unit of servers: the card it stands below, or nothing where no side reached it.
  std::vector<std::optional<std::size_t>> home;
  std::vector<double> serverWants;     // width that a unit's texts would like, an estimate
  std::vector<std::size_t> order;      // of units within their home, as unit indexes from left to right
  std::vector<std::size_t> notReached; // units that stand in the group "Not reached", in order
  bool hasStacks = false;              // their back cards need room
};

struct ServerPlace {
  Rect rect;
  double laneX = 0;    // a free vertical lane beside it, through the rows above
  double rowsTop = 0;  // top of its block's first row
  std::size_t row = 0; // in its block
};

struct Placement {
  double width = 0, height = 0;
  std::vector<Rect> cards;
  std::vector<ServerPlace> servers; // by unit; empty rect where it has no home
  std::vector<Rect> notReached;     // by unit; empty rect where it is always reached
  Point caption;                    // baseline of "Not reached · 3"
};

Placement place(const Things& things, double width);

} // namespace whichbase::layout
