// The SQL that reads where sequences stand, and the greatest values of the columns that they fill. Private to
// core/compare.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::compare {

// A sequence, and a column that takes its values.
struct SequencePlace {
  std::string sequence; // quoted and schema-qualified, as the table
  std::int64_t increment = 1;
  bool mayRead = false;
  std::string table, column; // quoted; empty: no integer column whose default or identity is this sequence alone
  bool unique = false;       // no two rows may have the same value in the column
  std::string whyNoGreatest; // why the column's greatest value is not read, as a clause; empty: it is
};

using Row = std::vector<std::optional<std::string>>;

// One row a sequence and column.
std::string placesStatement();
SequencePlace readPlace(const Row& row);

// One row a place: its index, the next value, the greatest value of the column (the least one, where the sequence
// counts down), and whether a row has the next value already ("t", "f"). Fails after `lock` where it would have to wait
// for a lock.
std::string positionsStatement(const std::vector<SequencePlace>& places, std::chrono::milliseconds lock);

} // namespace whichbase::compare
