#include "verify/test_row_watch.h"

#include "compare/open_endpoint.h"
#include "probe/connect_target.h"
#include "probe/statements.h"
#include "topology/utc_time.h"
#include "verify/test_row_sql.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <thread>

namespace whichbase::verify {
namespace {

using End = Watched::End;
using namespace std::chrono_literals;

constexpr auto elsewhereWithin = 1'000ms; // another instance: nothing can come, but it is asked

// One session that looks.
class Looking {
public:
  Looking(OwnSession& own, bool isElsewhere, const TestRowPlan& plan, const WatchTask& task)
      : m_own(own), m_isElsewhere(isElsewhere), m_plan(plan), m_task(task) {}
  Watched run();

private:
  enum class Sight { row, none, noTable, failed };
  Sight look(pg::TimePoint deadline);
  Watched ended();
  Watched standbyEnded();
  bool mayBeHidden();

  OwnSession& m_own;
  const bool m_isElsewhere;
  const TestRowPlan& m_plan;
  const WatchTask& m_task;
  bool m_tableIsThere = false;
  Sight m_last = Sight::failed;
  pg::SqlError m_error;
};

// A table that is not there yet is asked about without an error in the server's log.
Looking::Sight Looking::look(pg::TimePoint deadline) {
  const probe::Limits limits{1'000ms, 300ms, 5'000ms};
  pg::Rows rows;
  pg::Session& session = *m_own.session;
  const auto asked = [&](const std::string& sql) {
    return session.query(probe::limitsText(limits) + sql, deadline, rows, m_error) && !rows.values.empty();
  };
  if (!m_tableIsThere || !m_task.wantsRow) {
    if (!asked(fmt::format("SELECT pg_catalog.to_regclass({}) IS NOT NULL", literalOf(m_plan.relation))))
      return Sight::failed;
    m_tableIsThere = rows.values[0].at(0) == "t";
  }
  if (!m_tableIsThere)
    return Sight::noTable;
  if (asked(m_plan.seeSql))
    return rows.values[0].at(0) == "0" ? Sight::none : Sight::row;
  m_tableIsThere = false;
  return m_error.sqlState == "42P01" ? Sight::noTable : Sight::failed; // dropped in between
}

// A standby that has replayed what the writer wrote, and does not show it, does not follow it.
Watched Looking::standbyEnded() {
  const auto deadline = pg::Clock::now() + 1s;
  topology::Failure failure;
  Standing standing = m_own.standing;
  readStanding(*m_own.session, *m_own.target, deadline, standing, failure);
  const std::string lag = standing.lagMicroseconds
                              ? topology::toDuration(std::chrono::microseconds(*standing.lagMicroseconds)) + " behind"
                              : std::string("of unknown lag");
  if (!standing.inRecovery || (m_task.lsn != 0 && standing.lsn >= m_task.lsn))
    return {End::notMet, 0, "a standby that has replayed past it"};
  return {End::notYet, 0,
          fmt::format("standby, {}: it had not replayed it within {} s", lag, m_task.within.count() / 1000)};
}

// Row-level security may keep the row from this role: then not seeing it says nothing.
bool Looking::mayBeHidden() {
  const probe::Limits limits{1'000ms, 300ms, 5'000ms};
  pg::Rows rows;
  const std::string sql =
      fmt::format("SELECT pg_catalog.row_security_active(pg_catalog.to_regclass({})::oid)", literalOf(m_plan.relation));
  return !m_own.session->query(probe::limitsText(limits) + sql, pg::Clock::now() + 1'500ms, rows, m_error) ||
         rows.values.empty() || rows.values[0].at(0) == "t";
}

Watched Looking::ended() {
  if (m_task.stop.stop_requested())
    return {End::unknown, 0, "stopped"};
  if (m_own.session->lost() || m_last == Sight::failed) {
    if (m_error.kind == pg::ErrorKind::privilege)
      return {End::unknown, 0, fmt::format("its role may not read {}", m_plan.relation)};
    return {End::unknown, 0,
            compare::problemOf(m_error, *m_own.target, fmt::format("reading {}", m_plan.relation)).text};
  }
  if (!m_isElsewhere && m_last == Sight::none && mayBeHidden())
    return {End::unknown, 0, fmt::format("row-level security may hide the row of {} from its role", m_plan.relation)};
  if (m_own.standing.inRecovery && !m_isElsewhere)
    return standbyEnded();
  return {End::notMet, 0, m_isElsewhere ? "it is in another database" : ""};
}

Watched Looking::run() {
  const auto within =
      m_isElsewhere ? std::min<std::chrono::milliseconds>(m_task.within, elsewhereWithin) : m_task.within;
  const auto deadline = m_task.from + within;
  auto pause = 1ms;
  while (!m_task.stop.stop_requested()) {
    const auto asked = pg::Clock::now();
    m_last = look(std::max(deadline, asked + 1'500ms));
    const auto answered = pg::Clock::now();
    if (m_last == Sight::failed && (m_own.session->lost() || m_error.kind == pg::ErrorKind::privilege))
      break;
    if (m_task.wantsRow ? m_last == Sight::row : m_last == Sight::none || m_last == Sight::noTable) {
      const std::chrono::duration<double, std::milli> after = answered - m_task.from;
      return {End::met, after.count(), {}};
    }
    if (answered >= deadline)
      break;
    // What takes long to look for is not looked for all the time.
    std::this_thread::sleep_for(std::max<pg::Clock::duration>(pause, 3 * (answered - asked)));
    pause = std::min(pause * 2, 50ms);
  }
  return ended();
}

} // namespace

std::vector<Watched> watchAll(std::vector<OwnSession>& sessions, const OwnSession& writing, const TestRowPlan& plan,
                              const WatchTask& task, const std::vector<bool>& skips,
                              const std::function<void(std::size_t session, const Watched& watched)>& onEnd) {
  std::vector<Watched> results(sessions.size());
  std::mutex mutex;
  std::vector<std::jthread> threads;
  for (std::size_t at = 0; at < sessions.size(); ++at) {
    if (!sessions[at].session || skips[at])
      continue;
    threads.emplace_back([&, at] {
      const bool elsewhere = isElsewhere(sessions[at].standing, writing.standing);
      const Watched watched = Looking(sessions[at], elsewhere, plan, task).run();
      const std::scoped_lock lock(mutex);
      results[at] = watched;
      onEnd(at, watched);
    });
  }
  threads.clear();
  return results;
}

} // namespace whichbase::verify
