// How databases with their servers share the width: which stand beside each other, in how many rows their servers
// stand, and how wide everything is.
#pragma once

#include <cstddef>
#include <vector>

namespace whichbase::layout {

struct Things;

constexpr double cardGap = 16;
constexpr double laneGap = 16; // between servers where a stack's back cards or the links of the rows below need room
constexpr double bestCardWidth = 264;
constexpr double tightGap = 8; // where neither does

// A database with the servers below it.
struct Column {
  std::size_t card = 0;
  std::vector<std::size_t> units;
  std::size_t perRow = 1;
  double width = 0;                 // of the column; its card is no wider than bestCardWidth
  std::vector<double> serverWidths; // by unit, in the order of `units`
  std::size_t rows() const { return units.empty() ? 0 : (units.size() + perRow - 1) / perRow; }
};

struct Band {
  std::vector<Column> columns;
  bool oneRow = false;  // all servers of the band stand in one row
  bool aboveOwn = true; // every card stands above its own servers; otherwise cards and servers share the row apart
  double gap = laneGap; // between servers
  double cardWidth = 0; // where they stand apart
  std::size_t rows() const;
  std::size_t servers() const;
};

// Bands from top to bottom. No band is wider than `available` unless a single column is.
std::vector<Band> bandsOf(const Things& things, double available);

} // namespace whichbase::layout
