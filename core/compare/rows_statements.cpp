#include "compare/rows_statements.h"

#include "compare/rows_cells.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace whichbase::compare {
namespace {

std::string beginning(const PieceTerms& terms) {
  return probe::limitsText(terms.limits) + hashingSettings;
}

// A cursor is the only way of the simple protocol to values as they are, a third shorter than in base64.
std::string inBinary(const PieceTerms& terms, const std::string& query) {
  return beginning(terms) +
         fmt::format("DECLARE whichbase_rows NO SCROLL BINARY CURSOR FOR {}; FETCH ALL FROM whichbase_rows", query);
}

// The first `bits` bits of a bigint, as a number from 0 on.
std::string prefixOf(const std::string& hash, int bits) {
  return fmt::format("(({}) >> {} & {})", hash, 64 - bits, (std::int64_t{1} << bits) - 1);
}

// The last `wanted` of the `size` bytes of an SQL expression.
std::string lastBytes(const std::string& bytea, std::size_t size, std::size_t wanted) {
  return fmt::format("pg_catalog.substr({}, {})", bytea, size - wanted + 1);
}

std::string whereText(const PieceTerms& terms, const std::string& condition) {
  if (terms.piece.empty() && condition.empty())
    return {};
  const char* both = terms.piece.empty() || condition.empty() ? "" : " AND ";
  return fmt::format(" WHERE {}{}{}", terms.piece, both, condition);
}

std::string filterText(const SideSql& sql, const KeyFilter& filter) {
  return filter.bits == 0 ? ""
                          : fmt::format("{} = ANY ('{{{}}}'::bigint[])", prefixOf(sql.keyHash, filter.bits),
                                        fmt::join(filter.prefixes, ","));
}

// Each row's two hashes, k and r. OFFSET 0 keeps them from being worked out once for each use.
std::string hashesText(const PieceTerms& terms, const SideSql& sql, const std::string& condition) {
  return fmt::format("(SELECT {} AS k, {} AS r FROM {} u{} OFFSET 0) s", sql.keyHash, sql.restHash, sql.relation,
                     whereText(terms, condition));
}

} // namespace

std::string cellsStatement(const PieceTerms& terms, const SideSql& sql, const Hashing& hashing, int bits,
                           const KeyFilter& filter) {
  const CellBytes bytes = cellBytes(bits);
  return inBinary(
      terms, fmt::format("SELECT coalesce(pg_catalog.sum(c.n), 0)::text, pg_catalog.string_agg({} || {} || {}, '') "
                         "FROM (SELECT {}::int4 AS b, pg_catalog.count(*) AS n, pg_catalog.bit_xor({}) AS x "
                         "FROM {} GROUP BY 1) c",
                         lastBytes("pg_catalog.int4send(c.b)", 4, bytes.number),
                         lastBytes("pg_catalog.int8send(c.n)", 8, CellBytes::rows),
                         lastBytes("pg_catalog.int8send(c.x)", 8, CellBytes::hash), prefixOf("s.k", bits),
                         hashing.mixed("s.k # s.r"), hashesText(terms, sql, filterText(sql, filter))));
}

std::string rowHashesStatement(const PieceTerms& terms, const SideSql& sql, const Hashing& hashing,
                               const KeyFilter& filter) {
  const std::string row = fmt::format("pg_catalog.int8send({})", hashing.mixed("s.k # s.r"));
  return inBinary(terms,
                  fmt::format("SELECT pg_catalog.string_agg(pg_catalog.int8send(s.k) || {}, '') FROM {}",
                              lastBytes(row, 8, RowHashBytes::row), hashesText(terms, sql, filterText(sql, filter))));
}

std::string checksumStatement(const PieceTerms& terms, const SideSql& sql, const Hashing& hashing) {
  return beginning(terms) +
         fmt::format("SELECT pg_catalog.count(*), coalesce(pg_catalog.sum(h.x >> 32 & 4294967295), 0)::text, "
                     "coalesce(pg_catalog.sum(h.x & 4294967295), 0)::text FROM (SELECT {} AS x FROM {} OFFSET 0) h",
                     hashing.mixed("s.k # s.r"), hashesText(terms, sql, ""));
}

std::string keysOfHashesStatement(const PieceTerms& terms, const SideSql& sql,
                                  const std::vector<std::int64_t>& hashes) {
  std::vector<std::string> texts;
  for (const auto& column : sql.keyColumns)
    texts.push_back(column + "::text");
  const std::string condition =
      fmt::format("{} = ANY ('{{{}}}'::bigint[])", "(" + sql.keyHash + ")", fmt::join(hashes, ","));
  return beginning(terms) + fmt::format("SELECT {}, {} FROM {} u{}", sql.keyHash, fmt::join(texts, ", "), sql.relation,
                                        whereText(terms, condition));
}

std::string lookUpStatement(const PieceTerms& terms, const SideSql& sql, const Hashing& hashing,
                            const std::vector<std::vector<std::string>>& keys, bool whole) {
  std::vector<std::string> rows;
  for (const auto& key : keys) {
    std::vector<std::string> values;
    for (std::size_t at = 0; at < key.size(); ++at)
      values.push_back(fmt::format("{}::{}", probe::literal(key[at]), sql.keyTypes[at]));
    rows.push_back(fmt::format("({})", fmt::join(values, ", ")));
  }
  std::vector<std::string> names;
  std::vector<std::string> equal;
  for (std::size_t at = 0; at < sql.keyColumns.size(); ++at) {
    names.push_back(fmt::format("c{}", at));
    equal.push_back(fmt::format("{} = v.c{}", sql.keyColumns[at], at));
  }
  std::vector<std::string> wanted = {"(" + sql.keyHash + ")", hashing.mixed(sql.keyHash + " # " + sql.restHash)};
  if (whole) {
    wanted.insert(wanted.end(), sql.columnHashes.begin(), sql.columnHashes.end());
    for (const auto& column : sql.keyColumns)
      wanted.push_back(column + "::text");
    wanted.insert(wanted.end(), sql.shown.begin(), sql.shown.end());
  }
  // Each key by the index: reading all of the relation instead would take as long as a piece may at most.
  return beginning(terms) + "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; " +
         fmt::format("SELECT {} FROM (VALUES {}) v({}) JOIN {} u ON {} ORDER BY {}", fmt::join(wanted, ", "),
                     fmt::join(rows, ", "), fmt::join(names, ", "), sql.relation, fmt::join(equal, " AND "),
                     fmt::join(sql.keyColumns, ", "));
}

std::string momentStatement(const probe::Limits& limits) {
  return probe::limitsText(limits) + "SELECT pg_catalog.txid_current_snapshot()::text";
}

std::string writtenStatement(const PieceTerms& terms, const SideSql& sql, const std::string& oldest) {
  // The transaction's number in a row has 32 bits of the 64.
  return beginning(terms) +
         fmt::format("SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE pg_catalog.age(u.xmin) BETWEEN 0 "
                     "AND pg_catalog.age(({}::bigint % 4294967296)::text::xid)) FROM {} u{}",
                     oldest, sql.relation, whereText(terms, ""));
}

} // namespace whichbase::compare
