#include "compare/rows_pieces.h"

#include "compare/rows_relation.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::compare {
namespace {

constexpr std::int64_t firstSize = 4'096; // blocks: 32 MB
constexpr double fastestGrowth = 4;

} // namespace

Pieces::Pieces(const RelationFacts& facts, std::chrono::milliseconds target)
    : m_blocks(std::max<std::int64_t>(facts.blocks, 1)), m_canSplit(facts.isHeap),
      m_hasRanges(facts.serverVersion >= 140000), m_target(target), m_size(firstSize), m_learned(firstSize) {}

void Pieces::restart() {
  m_first = 0;
  m_atEnd = false;
  divideRest();
}

void Pieces::startLike(const Pieces& other) {
  m_learned = m_size = std::max(m_learned, other.m_learned);
}

std::string Pieces::condition() const {
  if (isWhole())
    return {};
  const std::int64_t last = m_first + m_size; // not included
  const bool isLast = last >= m_blocks;
  if (m_hasRanges) // the last one has no end: the relation may have grown
    return isLast ? fmt::format("u.ctid >= '({},0)'::tid", m_first)
                  : fmt::format("u.ctid >= '({},0)'::tid AND u.ctid < '({},0)'::tid", m_first, last);
  // Every place where a row can be: a page of 8 KB holds at most 291.
  return fmt::format("u.ctid = ANY (ARRAY(SELECT ('(' || b || ',' || o || ')')::tid FROM "
                     "pg_catalog.generate_series({}, {}) b, pg_catalog.generate_series(1, "
                     "pg_catalog.current_setting('block_size')::int / 28) o))",
                     m_first, (isLast ? last + m_size : last) - 1);
}

void Pieces::advance(std::chrono::milliseconds took) {
  m_first += m_size;
  m_atEnd = !m_canSplit || m_first >= m_blocks;
  const double wanted =
      static_cast<double>(m_target.count()) / static_cast<double>(std::max<long long>(took.count(), 1));
  const double size = static_cast<double>(m_size) * std::clamp(wanted, 1 / fastestGrowth, fastestGrowth);
  m_learned = std::max<std::int64_t>(1, static_cast<std::int64_t>(size));
  m_size = m_learned;
  divideRest();
}

// Each piece costs an answer of its own: rather two of nearly the right size than one of it and a small rest.
void Pieces::divideRest() {
  const std::int64_t rest = m_blocks - m_first;
  if (rest <= 0)
    return;
  const bool atOnce = static_cast<double>(rest) <= 1.3 * static_cast<double>(m_learned);
  const std::int64_t pieces = atOnce ? 1 : (rest + m_learned - 1) / m_learned;
  m_size = (rest + pieces - 1) / pieces;
}

bool Pieces::shrink() {
  if (!m_canSplit || m_size <= 1)
    return false;
  m_learned = m_size = std::max<std::int64_t>(1, std::min(m_size, m_blocks) / 4);
  return true;
}

double Pieces::share() const {
  return m_atEnd ? 1 : std::min(1.0, static_cast<double>(m_first) / static_cast<double>(m_blocks));
}

} // namespace whichbase::compare
