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
  std::uint64_t hash = 0; // XOR of the rows' hashes
  bool operator==(const Cell&) const = default;
};
using Cells = std::map<std::int64_t, Cell>;

struct RowHash {
  std::int64_t key = 0;
  std::int64_t row = 0;
  auto operator<=>(const RowHash&) const = default;
};

// What a statement of rows_statements.h answered in base64; false where it is none.
bool addCells(std::string_view base64, Cells& cells);
bool addRowHashes(std::string_view base64, std::vector<RowHash>& rows);

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
