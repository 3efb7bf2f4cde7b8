// Single rows looked at by their keys, on both sides at the same time. Private to core/compare.
#pragma once

#include "compare/rows_comparison.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace whichbase::compare {

using KeysByHash = std::unordered_map<std::int64_t, std::vector<std::string>>; // by key hash: the key's values

// Reads the keys of the rows of each side that have these key hashes; what is not there any more stays out.
std::optional<Problem> readKeysOf(RowsComparison& comparison, const Both<std::vector<std::int64_t>>& hashes,
                                  KeysByHash& keys);

// One row as lookUpStatement() answers it: key hash, row hash, …
using FoundRow = std::vector<std::optional<std::string>>;
using OnFoundRow = std::function<bool(std::int64_t keyHash, const FoundRow& row)>; // false: no answer

// Looks the rows of these keys up, on the sides that have a reader, in the order of the key as far as one batch goes.
struct LookUp {
  std::vector<std::int64_t> hashes; // of `keys`
  const KeysByHash& keys;
  bool whole = false;
  std::size_t batch = 1'000; // keys of one statement
};
std::optional<Problem> lookUp(RowsComparison& comparison, const LookUp& wanted, const Both<OnFoundRow>& read);

} // namespace whichbase::compare
