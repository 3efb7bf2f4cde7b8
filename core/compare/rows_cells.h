// What the servers answer about rows: cells of many rows, and hashes of single ones. Private to core/compare.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace whichbase::compare {

// All rows whose key hashes begin with the same bits.
struct Cell {
  std::int64_t rows = 0;
  std::uint64_t hash = 0; // XOR of the rows' hashes, its lowest 48 bits
  bool operator==(const Cell&) const = default;
};
using Cells = std::map<std::int64_t, Cell>;

struct RowHash {
  std::int64_t key = 0;
  std::int64_t row = 0; // its lowest 48 bits
  auto operator<=>(const RowHash&) const = default;
};

// How a cell travels, in bytes: as many of its number as its bits need, of its rows (a piece is read within a second
// and has fewer in any cell), and of its hash (that two different ones are taken for one has a chance of 1 in 2^48).
struct CellBytes {
  std::size_t number = 4;
  static constexpr std::size_t rows = 2;
  static constexpr std::size_t hash = 6;
  std::size_t all() const { return number + rows + hash; }
};
constexpr CellBytes cellBytes(int bits) {
  return {bits <= 16 ? 2U : bits <= 24 ? 3U : 4U};
}

// How a row travels: its key's hash whole, since the key is looked for by it.
struct RowHashBytes {
  static constexpr std::size_t key = 8;
  static constexpr std::size_t row = CellBytes::hash;
  static constexpr std::size_t all = key + row;
};

// What a statement of rows_statements.h answered, `rows` of them in all the cells; false where it is none.
bool addCells(std::string_view answer, CellBytes bytes, std::int64_t rows, Cells& cells);
bool addRowHashes(std::string_view answer, std::vector<RowHash>& rows);

// The cells that are not the same in both, in order.
std::vector<std::int64_t> differingCells(const Cells& from, const Cells& to);

// Rows that are not the same on both sides, by the hashes of their keys.
struct Unequal {
  std::vector<std::int64_t> onlyInFrom;
  std::vector<std::int64_t> onlyInTo;
  std::vector<std::int64_t> different;
  std::size_t size() const { return onlyInFrom.size() + onlyInTo.size() + different.size(); }
};
// Sorts both.
Unequal unequalRows(std::vector<RowHash>& from, std::vector<RowHash>& to);

} // namespace whichbase::compare
