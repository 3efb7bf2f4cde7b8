#include "compare/rows_comparison.h"

#include "probe/answer.h"

#include <utility>

namespace whichbase::compare {
namespace {

// The first two numbers of "12:12:", where no transaction is under way: nothing but a new one can change a row.
bool isQuiet(const std::string& moment) {
  const auto first = moment.find(':');
  const auto second = moment.find(':', first + 1);
  return second != std::string::npos && moment.compare(0, first, moment, first + 1, second - first - 1) == 0;
}

ReadRows readText(std::string& text) {
  return [&text](const pg::Rows& rows) {
    text = rows.values.empty() ? "" : rows.values[0].at(0).value_or("");
    return !text.empty();
  };
}

struct Written {
  std::int64_t rows = 0;
  std::int64_t newer = 0;
  ReadRows reader() {
    return [this](const pg::Rows& answer) {
      const auto count = answer.values.empty() ? std::nullopt : probe::answer::integer(answer.values[0].at(0));
      const auto newOnes = answer.values.empty() ? std::nullopt : probe::answer::integer(answer.values[0].at(1));
      rows += count.value_or(0);
      newer += newOnes.value_or(0);
      return count && newOnes;
    };
  }
};

SideWork workOf(RowsSide side, SideSql sql, std::chrono::milliseconds target) {
  const Pieces pieces(side.facts, target);
  return {std::move(side), std::move(sql), pieces, pieces};
}

} // namespace

RowsComparison::RowsComparison(RowsSide from, RowsSide to, RowsPlan plan, const RowsRequest& request,
                               pg::TimePoint deadline, std::stop_token stop, const OnRowsProgress& onProgress)
    : m_request(request), m_plan(std::move(plan)),
      m_from(workOf(std::move(from), m_plan.from, request.statement * 7 / 10)),
      m_to(workOf(std::move(to), m_plan.to, request.statement * 7 / 10)),
      m_talk(m_from.side, m_to.side, request, deadline, std::move(stop), onProgress) {}

std::optional<Problem> RowsComparison::scan(const std::string& phase, bool filtered, const Statement& statement,
                                            const Both<ReadRows>& read) {
  const auto of = [&](const SideWork& work) {
    return [&](const PieceTerms& terms) { return statement(terms, work.sql); };
  };
  for (SideWork* work : {&m_from, &m_to})
    if (filtered)
      work->filtered.startLike(work->whole);
  Scan from(m_from.side, filtered ? m_from.filtered : m_from.whole, of(m_from), read.from);
  Scan to(m_to.side, filtered ? m_to.filtered : m_to.whole, of(m_to), read.to);
  return m_talk.run(phase, read.from ? &from : nullptr, read.to ? &to : nullptr);
}

std::optional<Problem> RowsComparison::run(const std::string& phase, Work* from, Work* to) {
  return m_talk.run(phase, from, to);
}

std::optional<Problem> RowsComparison::readMoments(Both<std::string>& moments) {
  Ask from(m_from.side, momentStatement, readText(moments.from));
  Ask to(m_to.side, momentStatement, readText(moments.to));
  return m_talk.run("Comparing", &from, &to);
}

std::optional<Problem> RowsComparison::begin() {
  return readMoments(m_begin);
}

std::optional<Problem> RowsComparison::lookForWrites(const Both<std::int64_t>& seen) {
  Both<std::string> now;
  if (auto problem = readMoments(now))
    return problem;
  const auto doubtful = [](const std::string& begin, const std::string& end, bool wrote) {
    return !wrote && !(begin == end && isQuiet(begin));
  };
  Both<Written> written;
  Both<ReadRows> read;
  if (doubtful(m_begin.from, now.from, m_wrote.from))
    read.from = written.from.reader();
  if (doubtful(m_begin.to, now.to, m_wrote.to))
    read.to = written.to.reader();
  if (!read.from && !read.to)
    return std::nullopt;
  const auto oldest = [](const std::string& moment) { return moment.substr(0, moment.find(':')); };
  const auto statement = [&](const PieceTerms& terms, const SideSql& sql) {
    return writtenStatement(terms, sql, oldest(&sql == &m_from.sql ? m_begin.from : m_begin.to));
  };
  if (auto problem = scan("Looking for writers", true, statement, read))
    return problem;
  if (read.from)
    m_wrote.from = written.from.newer > 0 || written.from.rows != seen.from;
  if (read.to)
    m_wrote.to = written.to.newer > 0 || written.to.rows != seen.to;
  return std::nullopt;
}

} // namespace whichbase::compare
