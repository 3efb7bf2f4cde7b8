#include "compare/rows_cells.h"

#include <algorithm>

namespace whichbase::compare {
namespace {

// A number of `bytes` bytes in network order.
std::uint64_t numberAt(std::string_view text, std::size_t at, std::size_t bytes) {
  std::uint64_t number = 0;
  for (std::size_t index = 0; index < bytes; ++index)
    number = number << 8U | static_cast<unsigned char>(text[at + index]);
  return number;
}

} // namespace

bool addCells(std::string_view answer, CellBytes bytes, std::int64_t rows, Cells& cells) {
  if (answer.size() % bytes.all() != 0)
    return false;
  std::int64_t found = 0;
  for (std::size_t at = 0; at < answer.size(); at += bytes.all()) {
    Cell& cell = cells[static_cast<std::int64_t>(numberAt(answer, at, bytes.number))];
    const auto inCell = static_cast<std::int64_t>(numberAt(answer, at + bytes.number, CellBytes::rows));
    cell.rows += inCell;
    cell.hash ^= numberAt(answer, at + bytes.number + CellBytes::rows, CellBytes::hash);
    found += inCell;
  }
  return found == rows;
}

bool addRowHashes(std::string_view answer, std::vector<RowHash>& rows) {
  if (answer.size() % RowHashBytes::all != 0)
    return false;
  for (std::size_t at = 0; at < answer.size(); at += RowHashBytes::all)
    rows.push_back({static_cast<std::int64_t>(numberAt(answer, at, RowHashBytes::key)),
                    static_cast<std::int64_t>(numberAt(answer, at + RowHashBytes::key, RowHashBytes::row))});
  return true;
}

std::vector<std::int64_t> differingCells(const Cells& from, const Cells& to) {
  std::vector<std::int64_t> found;
  for (const auto& [number, cell] : from)
    if (const auto other = to.find(number); other == to.end() || other->second != cell)
      found.push_back(number);
  for (const auto& [number, cell] : to)
    if (!from.contains(number))
      found.push_back(number);
  std::ranges::sort(found);
  return found;
}

Unequal unequalRows(std::vector<RowHash>& from, std::vector<RowHash>& to) {
  std::ranges::sort(from);
  std::ranges::sort(to);
  Unequal found;
  auto left = from.begin();
  auto right = to.begin();
  while (left != from.end() || right != to.end()) {
    if (right == to.end() || (left != from.end() && left->key < right->key)) {
      found.onlyInFrom.push_back((left++)->key);
    } else if (left == from.end() || right->key < left->key) {
      found.onlyInTo.push_back((right++)->key);
    } else {
      if (left->row != right->row)
        found.different.push_back(left->key);
      ++left;
      ++right;
    }
  }
  return found;
}

} // namespace whichbase::compare
