#include "compare/rows.h"

#include "compare/rows_again.h"
#include "compare/rows_descent.h"
#include "compare/rows_naming.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <future>

namespace whichbase::compare {
namespace {

std::string methodOf(const RowsComparison& comparison, const RowsSide& from, const RowsSide& to) {
  const Hashing& hashing = comparison.plan().hashing;
  const int first = from.facts.serverVersion / 10'000;
  const int second = to.facts.serverVersion / 10'000;
  return fmt::format("{} of {}, {}{}", hashing.builtIn ? "hashes" : "SHA-256 sums",
                     comparison.plan().key.empty() ? "whole rows" : "rows by key",
                     first == second ? fmt::format("both sides PostgreSQL {}", first)
                                     : fmt::format("PostgreSQL {} and {}", first, second),
                     from.facts.encoding != to.facts.encoding
                         ? fmt::format(", {} and {} read as UTF8", from.facts.encoding, to.facts.encoding)
                         : "");
}

// The number of rows, and the sum of their hashes: the same for the same rows in any order, each as often.
struct Checksum {
  std::uint64_t rows = 0;
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  bool operator==(const Checksum&) const = default;
  ReadRows reader() {
    return [this](const pg::Rows& answer) {
      std::uint64_t* const parts[] = {&rows, &high, &low};
      for (std::size_t at = 0; at < 3; ++at) {
        const std::string digits = answer.values.empty() ? "" : answer.values[0].at(at).value_or("");
        std::uint64_t number = 0;
        if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec != std::errc())
          return false;
        *parts[at] += number;
      }
      return true;
    };
  }
};

class Run {
public:
  explicit Run(RowsComparison& comparison) : m_comparison(comparison) {}
  std::optional<Problem> all();
  RowsResult take() { return std::move(m_result); }

private:
  std::optional<Problem> byKey();
  std::optional<Problem> asWholes();
  std::optional<Problem> count(Unequal unequal, const Descended& sofar);
  void keep(const Unequal& unequal);
  void describe();
  void tellWriters();

  RowsComparison& m_comparison;
  RowsResult m_result;
  Unequal m_kept; // to name
};

void Run::describe() {
  const RowsPlan& plan = m_comparison.plan();
  m_result.relation = m_comparison.from().side.facts.relation;
  m_result.keyColumns = plan.key;
  m_result.comparedColumns = plan.compared;
  m_result.fromOnlyColumns = plan.fromOnly;
  m_result.toOnlyColumns = plan.toOnly;
  m_result.method = methodOf(m_comparison, m_comparison.from().side, m_comparison.to().side);
}

void Run::keep(const Unequal& unequal) {
  const std::size_t most = std::min(m_comparison.request().keys, mostNamed);
  const auto add = [most](const std::vector<std::int64_t>& hashes, std::vector<std::int64_t>& kept) {
    for (std::size_t at = 0; at < hashes.size() && kept.size() < most; ++at)
      kept.push_back(hashes[at]);
  };
  add(unequal.onlyInFrom, m_kept.onlyInFrom);
  add(unequal.onlyInTo, m_kept.onlyInTo);
  add(unequal.different, m_kept.different);
}

std::optional<Problem> Run::count(Unequal unequal, const Descended& sofar) {
  if (auto problem = m_comparison.lookForWrites(sofar.seen))
    return problem;
  LookedAgain again;
  if (m_comparison.anyWrote())
    if (auto problem = lookAgain(m_comparison, unequal, again))
      return problem;
  m_result.unsettled += again.unsettled;
  m_result.equal += again.equal;
  m_result.onlyInFrom += static_cast<std::int64_t>(unequal.onlyInFrom.size());
  m_result.onlyInTo += static_cast<std::int64_t>(unequal.onlyInTo.size());
  m_result.different += static_cast<std::int64_t>(unequal.different.size());
  keep(unequal);
  return std::nullopt;
}

std::optional<Problem> Run::byKey() {
  Descended found;
  if (auto problem = descend(m_comparison, found, [this](Unequal unequal, const Descended& sofar) {
        return count(std::move(unequal), sofar);
      }))
    return problem;
  if (auto problem = m_comparison.lookForWrites(found.seen))
    return problem;
  m_result.equal += found.equal;
  m_result.onlyInFrom += found.onlyInFrom;
  m_result.onlyInTo += found.onlyInTo;
  m_result.fromRows = m_result.equal + m_result.different + m_result.onlyInFrom;
  m_result.toRows = m_result.equal + m_result.different + m_result.onlyInTo;
  tellWriters();
  return nameRows(m_comparison, m_kept, m_result);
}

std::optional<Problem> Run::asWholes() {
  Checksum from, to;
  const auto statement = [this](const PieceTerms& terms, const SideSql& sql) {
    return checksumStatement(terms, sql, m_comparison.plan().hashing);
  };
  if (auto problem = m_comparison.scan("Comparing", false, statement, {from.reader(), to.reader()}))
    return problem;
  m_result.fromRows = static_cast<std::int64_t>(from.rows);
  m_result.toRows = static_cast<std::int64_t>(to.rows);
  m_result.sameChecksum = from == to;
  if (auto problem = m_comparison.lookForWrites({m_result.fromRows, m_result.toRows}))
    return problem;
  tellWriters();
  return std::nullopt;
}

void Run::tellWriters() {
  m_result.settled = !m_comparison.anyWrote();
  if (m_comparison.wrote().from)
    m_result.writing.push_back(m_comparison.from().side.name);
  if (m_comparison.wrote().to)
    m_result.writing.push_back(m_comparison.to().side.name);
}

std::optional<Problem> Run::all() {
  m_result.startedAt = topology::now();
  describe();
  if (auto problem = m_comparison.begin())
    return problem;
  if (auto problem = m_comparison.plan().key.empty() ? asWholes() : byKey())
    return problem;
  m_result.finishedAt = topology::now();
  return std::nullopt;
}

} // namespace

std::expected<RowsResult, Problem> runComparison(RowsComparison& comparison) {
  Run run(comparison);
  if (auto problem = run.all())
    return std::unexpected(std::move(*problem));
  return run.take();
}

std::expected<RowsResult, Problem> compareRows(const Endpoint& from, const Endpoint& to, const RowsRequest& request,
                                               probe::Connector& connector, std::stop_token stop,
                                               const OnRowsProgress& onProgress) {
  const pg::TimePoint deadline = pg::Clock::now() + request.deadline;
  auto opening = std::async(std::launch::async, [&] { return openRowsSide(to, request, connector, deadline); });
  auto fromSide = openRowsSide(from, request, connector, deadline);
  auto toSide = opening.get();
  if (stop.stop_requested())
    return std::unexpected(Problem{"cancelled", {}});
  if (!fromSide)
    return std::unexpected(std::move(fromSide.error()));
  if (!toSide)
    return std::unexpected(std::move(toSide.error()));
  const bool isAlike = !fromSide->hashSample.empty() && fromSide->hashSample == toSide->hashSample;
  auto plan = planRows(fromSide->facts, toSide->facts, isAlike, request, from.name, to.name);
  if (!plan)
    return std::unexpected(std::move(plan.error()));
  RowsComparison comparison(std::move(*fromSide), std::move(*toSide), std::move(*plan), request, deadline,
                            std::move(stop), onProgress);
  return runComparison(comparison);
}

} // namespace whichbase::compare
