#include "compare/rows_descent.h"

#include "probe/answer.h"

#include <algorithm>

namespace whichbase::compare {
namespace {

constexpr std::int64_t fewBlocks = 64;        // a relation whose row hashes are read at once
constexpr int firstBits = 9;                  // cells of the first look
constexpr int mostBits = 30;                  // cellsStatement() can tell no more
constexpr std::int64_t fewRows = 2'000;       // to read one by one, or a thousandth of all
constexpr std::int64_t fewInCell = 8;         // rows of a cell that no finer ones are worth
constexpr std::int64_t mostCells = 16'384;    // of one answer
constexpr std::int64_t leastCells = 1'024;    // fewer save nothing
constexpr std::int64_t groupRows = 2'000'000; // held at a time, of each side
constexpr double nearlyAll = 0.7;             // of the cells differ: finer ones may, too

class Descent {
public:
  Descent(RowsComparison& comparison, Descended& found, const OnUnequal& onUnequal)
      : m_comparison(comparison), m_found(found), m_onUnequal(onUnequal) {}
  std::optional<Problem> run();

private:
  std::optional<Problem> look(); // at the cells of m_filter, m_bits
  void sum();
  int finerBits();
  std::optional<Problem> readAll();
  std::optional<Problem> readDiffering();
  std::optional<Problem> readGroup(const KeyFilter& filter, bool isFirst);
  bool countAlone(std::int64_t cell, std::int64_t& wanted);
  std::int64_t rowsIn(const Cells& cells) const;
  std::int64_t most() const { return std::max(m_found.seen.from, m_found.seen.to); }

  RowsComparison& m_comparison;
  Descended& m_found;
  const OnUnequal& m_onUnequal;
  Both<Cells> m_cells;
  int m_bits = firstBits;
  KeyFilter m_filter;                    // what the cells were made of
  std::vector<std::int64_t> m_differing; // of m_bits bits
  bool m_wasNearlyAll = false;
};

std::optional<Problem> Descent::look() {
  m_cells = {};
  const auto reader = [this](Cells& cells) -> ReadRows {
    return [&cells, bytes = cellBytes(m_bits)](const pg::Rows& rows) {
      return !rows.values.empty() && addCells(rows.values[0].at(1).value_or(""), bytes,
                                              probe::answer::integer(rows.values[0].at(0)).value_or(-1), cells);
    };
  };
  const auto statement = [this](const PieceTerms& terms, const SideSql& sql) {
    return cellsStatement(terms, sql, m_comparison.plan().hashing, m_bits, m_filter);
  };
  const bool isFirst = m_filter.bits == 0 && m_bits == firstBits;
  if (auto problem = m_comparison.scan(isFirst ? "Comparing" : "Descending", !isFirst, statement,
                                       {reader(m_cells.from), reader(m_cells.to)}))
    return problem;
  m_differing = differingCells(m_cells.from, m_cells.to);
  if (isFirst)
    for (const auto& [number, cell] : m_cells.from)
      m_found.seen.from += cell.rows;
  if (isFirst)
    for (const auto& [number, cell] : m_cells.to)
      m_found.seen.to += cell.rows;
  for (const auto& [number, cell] : m_cells.from)
    if (!std::ranges::binary_search(m_differing, number))
      m_found.equal += cell.rows;
  return std::nullopt;
}

std::int64_t Descent::rowsIn(const Cells& cells) const {
  std::int64_t rows = 0;
  for (const std::int64_t number : m_differing)
    if (const auto cell = cells.find(number); cell != cells.end())
      rows += cell->second.rows;
  return rows;
}

// How many bits more tell the rows of the differing cells better apart; 0: read them.
int Descent::finerBits() {
  const auto cells = static_cast<std::int64_t>(m_differing.size());
  const std::int64_t rows = std::max(rowsIn(m_cells.from), rowsIn(m_cells.to));
  if (rows <= std::max(fewRows, most() / 1'000) || rows / cells <= fewInCell || m_bits >= mostBits)
    return 0;
  const auto all = static_cast<double>(std::max(m_cells.from.size(), m_cells.to.size()));
  const bool isNearlyAll = static_cast<double>(cells) > nearlyAll * all;
  if (isNearlyAll && m_wasNearlyAll && rows / cells < groupRows)
    return 0;
  m_wasNearlyAll = isNearlyAll;
  const std::int64_t wanted = std::clamp(rows / 64, leastCells, mostCells) / cells;
  int bits = 0;
  while (std::int64_t{2} << bits <= wanted)
    ++bits;
  return std::clamp(bits, 1, std::min(6, mostBits - m_bits));
}

// A cell of which one side has nothing needs no look at its rows, unless some of them are to be named.
bool Descent::countAlone(std::int64_t number, std::int64_t& wanted) {
  const auto from = m_cells.from.find(number);
  const auto to = m_cells.to.find(number);
  if (m_comparison.anyWrote() || (from != m_cells.from.end() && to != m_cells.to.end()))
    return false;
  const std::int64_t rows = from == m_cells.from.end() ? to->second.rows : from->second.rows;
  if (wanted > 0) {
    wanted -= rows;
    return false;
  }
  (from == m_cells.from.end() ? m_found.onlyInTo : m_found.onlyInFrom) += rows;
  return true;
}

std::optional<Problem> Descent::readGroup(const KeyFilter& filter, bool isFirst) {
  Both<std::vector<RowHash>> rows;
  const auto reader = [](std::vector<RowHash>& into) -> ReadRows {
    return [&into](const pg::Rows& answer) {
      return !answer.values.empty() && addRowHashes(answer.values[0].at(0).value_or(""), into);
    };
  };
  const auto statement = [&](const PieceTerms& terms, const SideSql& sql) {
    return rowHashesStatement(terms, sql, m_comparison.plan().hashing, filter);
  };
  if (auto problem = m_comparison.scan(isFirst ? "Comparing" : "Descending", !isFirst, statement,
                                       {reader(rows.from), reader(rows.to)}))
    return problem;
  if (isFirst)
    m_found.seen = {static_cast<std::int64_t>(rows.from.size()), static_cast<std::int64_t>(rows.to.size())};
  Unequal unequal = unequalRows(rows.from, rows.to);
  m_found.equal += static_cast<std::int64_t>(rows.from.size() - unequal.onlyInFrom.size() - unequal.different.size());
  rows = {};
  return unequal.size() == 0 ? std::nullopt : m_onUnequal(std::move(unequal), m_found);
}

std::optional<Problem> Descent::readDiffering() {
  if (auto problem = m_comparison.lookForWrites(m_found.seen))
    return problem;
  Both<std::int64_t> wanted;
  wanted.from = wanted.to = static_cast<std::int64_t>(m_comparison.request().keys);
  KeyFilter group{m_bits, {}};
  std::int64_t rows = 0;
  for (const std::int64_t number : m_differing) {
    const bool isFromOnly = !m_cells.to.contains(number);
    if (countAlone(number, isFromOnly ? wanted.from : wanted.to))
      continue;
    const auto from = m_cells.from.find(number);
    const auto to = m_cells.to.find(number);
    group.prefixes.push_back(number);
    rows += std::max(from == m_cells.from.end() ? 0 : from->second.rows, to == m_cells.to.end() ? 0 : to->second.rows);
    if (rows < groupRows)
      continue;
    if (auto problem = readGroup(group, false))
      return problem;
    group.prefixes.clear();
    rows = 0;
  }
  return group.prefixes.empty() ? std::nullopt : readGroup(group, false);
}

std::optional<Problem> Descent::run() {
  const auto blocks = [](const SideWork& work) { return work.side.facts.blocks; };
  if (std::max(blocks(m_comparison.from()), blocks(m_comparison.to())) <= fewBlocks)
    return readGroup({}, true);
  for (;;) {
    if (auto problem = look())
      return problem;
    if (m_differing.empty())
      return std::nullopt;
    const int finer = finerBits();
    if (finer == 0)
      return readDiffering();
    m_filter = {m_bits, m_differing};
    m_bits += finer;
  }
}

} // namespace

std::optional<Problem> descend(RowsComparison& comparison, Descended& found, const OnUnequal& onUnequal) {
  return Descent(comparison, found, onUnequal).run();
}

} // namespace whichbase::compare
