// A statement asked of every piece of a relation, or several asked once each, as the work of one side. Private to
// core/compare.
#pragma once

#include "compare/rows_pieces.h"
#include "compare/rows_statements.h"
#include "compare/rows_talk.h"

#include <functional>
#include <string>
#include <utility>

namespace whichbase::compare {

// Adds what one answer says; false where it is no answer to the statement.
using ReadRows = std::function<bool(const pg::Rows& rows)>;

class Scan : public Work {
public:
  using Statement = std::function<std::string(const PieceTerms& terms)>;
  // `pieces` keeps the size that was learned.
  Scan(const RowsSide& side, Pieces& pieces, Statement statement, ReadRows read);
  std::string next(const probe::Limits& limits) override;
  std::optional<Problem> take(const pg::Rows& rows, std::chrono::milliseconds took) override;
  bool shrink() override { return m_pieces.shrink(); }
  double share() const override { return m_pieces.share(); }

private:
  const RowsSide& m_side;
  Pieces& m_pieces;
  Statement m_statement;
  ReadRows m_read;
};

// One statement, once.
class Ask : public Work {
public:
  using Statement = std::function<std::string(const probe::Limits& limits)>;
  Ask(const RowsSide& side, Statement statement, ReadRows read);
  std::string next(const probe::Limits& limits) override;
  std::optional<Problem> take(const pg::Rows& rows, std::chrono::milliseconds took) override;
  double share() const override { return m_done ? 1 : 0; }

private:
  const RowsSide& m_side;
  Statement m_statement;
  ReadRows m_read;
  bool m_done = false;
};

Problem notUnderstood(const RowsSide& side);

} // namespace whichbase::compare
