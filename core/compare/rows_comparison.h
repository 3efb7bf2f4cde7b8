// One comparison of rows under way: both sides open, what is compared worked out. Private to core/compare; the parts of
// compareRows() hand it on.
#pragma once

#include "compare/rows_cells.h"
#include "compare/rows_pieces.h"
#include "compare/rows_plan.h"
#include "compare/rows_scan.h"
#include "compare/rows_talk.h"

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>

namespace whichbase::compare {

template <class T>
struct Both {
  T from{};
  T to{};
};

// What one side needs beside its session.
struct SideWork {
  RowsSide side;
  SideSql sql;
  Pieces whole;    // for statements that look at every row
  Pieces filtered; // for statements that look at the keys of every row, and then at few rows
};

class RowsComparison {
public:
  RowsComparison(RowsSide from, RowsSide to, RowsPlan plan, const RowsRequest& request, pg::TimePoint deadline,
                 std::stop_token stop, const OnRowsProgress& onProgress);

  const RowsRequest& request() const { return m_request; }
  const RowsPlan& plan() const { return m_plan; }
  SideWork& from() { return m_from; }
  SideWork& to() { return m_to; }
  std::optional<Problem> wait(std::chrono::milliseconds time) { return m_talk.wait(time); }

  // A statement for every piece of both sides at the same time.
  using Statement = std::function<std::string(const PieceTerms& terms, const SideSql& sql)>;
  std::optional<Problem> scan(const std::string& phase, bool filtered, const Statement& statement,
                              const Both<ReadRows>& read);
  // Works of the caller's own; either may be null.
  std::optional<Problem> run(const std::string& phase, Work* from, Work* to);

  // Whether somebody wrote to the relation since begin(), as far as `seen` rows of each side tell that rows went.
  std::optional<Problem> begin();
  std::optional<Problem> lookForWrites(const Both<std::int64_t>& seen);
  const Both<bool>& wrote() const { return m_wrote; }
  bool anyWrote() const { return m_wrote.from || m_wrote.to; }

private:
  std::optional<Problem> readMoments(Both<std::string>& moments);

  const RowsRequest& m_request;
  RowsPlan m_plan;
  SideWork m_from;
  SideWork m_to;
  Talk m_talk;
  Both<std::string> m_begin; // txid_current_snapshot()
  Both<bool> m_wrote;
};

// All of it, from the first look to the names of rows.
std::expected<RowsResult, Problem> runComparison(RowsComparison& comparison);

} // namespace whichbase::compare
