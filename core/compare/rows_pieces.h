// A relation read in physical pieces, each small enough for one short transaction. Private to core/compare.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace whichbase::compare {

struct RelationFacts;

// Blocks from the first to the last, as many at a time as take about `target`. In a partitioned relation a piece is
// the same blocks of every partition.
class Pieces {
public:
  Pieces(const RelationFacts& facts, std::chrono::milliseconds target);

  void restart(); // from the first block again, with the size that was learned
  // What `other` learned is not too much for this one either.
  void startLike(const Pieces& other);
  bool atEnd() const { return m_atEnd; }
  // SQL about u.ctid; empty: all of it.
  std::string condition() const;
  void advance(std::chrono::milliseconds took);
  bool shrink();        // the piece took too long; false: it cannot be smaller
  double share() const; // of the relation that lies behind, 0 to 1

private:
  void divideRest();
  bool isWhole() const { return !m_canSplit || (m_first == 0 && m_size >= m_blocks); }

  std::int64_t m_blocks;
  bool m_canSplit;
  bool m_hasRanges; // PostgreSQL 14 reads a range of blocks by itself
  std::chrono::milliseconds m_target;
  std::int64_t m_first = 0;
  std::int64_t m_size;
  std::int64_t m_learned; // blocks that took about m_target
  bool m_atEnd = false;
};

} // namespace whichbase::compare
