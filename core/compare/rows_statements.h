// The SQL that compares rows: each a read-only transaction of its own, as in probe/statements.h. Private to
// core/compare.
#pragma once

#include "compare/rows_plan.h"

#include <cstdint>
#include <string>
#include <vector>

namespace whichbase::compare {

// Key hashes whose first `bits` bits are one of `prefixes`; bits 0: all.
struct KeyFilter {
  int bits = 0;
  std::vector<std::int64_t> prefixes{};
};

// What every statement about the relation begins with, and the piece that it reads.
struct PieceTerms {
  probe::Limits limits{};
  std::string piece{}; // Pieces::condition()
};

// How many rows, and the cells of 2^bits that the key hashes' first bits tell: (cell, rows, hash)… as bytes, each of
// as many as cellBytes(bits) says. At most 30 bits.
std::string cellsStatement(const PieceTerms& terms, const SideSql& sql, const Hashing& hashing, int bits,
                           const KeyFilter& filter);
// (key hash, row hash)… as bytes, see RowHashBytes.
std::string rowHashesStatement(const PieceTerms& terms, const SideSql& sql, const Hashing& hashing,
                               const KeyFilter& filter);
// Rows, and the sums of both halves of the row hashes: without a key, equal rows may be there more than once.
std::string checksumStatement(const PieceTerms& terms, const SideSql& sql, const Hashing& hashing);

// Key hash and key of the rows with these key hashes.
std::string keysOfHashesStatement(const PieceTerms& terms, const SideSql& sql, const std::vector<std::int64_t>& hashes);
// Key hash, row hash, then each column's hash, the key, and the shown values of the rows with these keys, in the order
// of the key. Only the first two unless `whole`.
std::string lookUpStatement(const PieceTerms& terms, const SideSql& sql, const Hashing& hashing,
                            const std::vector<std::vector<std::string>>& keys, bool whole);

// Which transactions are over: "12:12:".
std::string momentStatement(const probe::Limits& limits);
// How many rows there are, and how many of them are of transactions from `oldest` on.
std::string writtenStatement(const PieceTerms& terms, const SideSql& sql, const std::string& oldest);

} // namespace whichbase::compare
