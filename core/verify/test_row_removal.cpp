#include "verify/test_row_removal.h"

#include "compare/open_endpoint.h"
#include "probe/statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <thread>

namespace whichbase::verify {
namespace {

using Result = RemovalTry::Result;
using namespace std::chrono_literals;

// How many rows or tables are left.
std::optional<long> countLeft(pg::Session& session, const JournalEntry& entry, pg::TimePoint deadline,
                              pg::SqlError& error) {
  const probe::Limits limits{statementTimeout, 300ms, 5'000ms};
  pg::Rows rows;
  if (!session.query(probe::limitsText(limits) + entry.presentSql, deadline, rows, error) || rows.values.empty())
    return std::nullopt;
  const std::string digits = rows.values[0].at(0).value_or("");
  long count = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), count).ec != std::errc())
    return std::nullopt;
  return count;
}

RemovalTry failed(const pg::SqlError& error, const probe::Target& target, const JournalEntry& entry) {
  return {Result::failed, compare::problemOf(error, target, fmt::format("removing it from {}", entry.relation)).text};
}

// Whether the server process that was to write is still there. True where that is not known.
bool isWriterThere(pg::Session& session, const JournalEntry& entry, pg::TimePoint deadline) {
  if (entry.backendPid == 0)
    return true;
  const probe::Limits limits{statementTimeout, 300ms, 5'000ms};
  pg::Rows rows;
  pg::SqlError error;
  const std::string sql =
      fmt::format("SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity a WHERE a.pid = {}", entry.backendPid);
  return !session.query(probe::limitsText(limits) + sql, deadline, rows, error) || rows.values.empty() ||
         rows.values[0].at(0) != "0";
}

// Where the insert was not acknowledged it may still be on its way, until its server process has gone, or, by the
// database's clock, it has ended in any case.
void waitUntilSettled(pg::Session& session, const Standing& standing, const JournalEntry& entry,
                      pg::TimePoint deadline) {
  if (entry.isInserted || !entry.settledAt || standing.clock >= *entry.settledAt)
    return;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*entry.settledAt - standing.clock) + 1ms;
  // A clock that was set back does not hold anybody up for long.
  const auto end = std::min(deadline, pg::Clock::now() + std::min<std::chrono::milliseconds>(left, 15s));
  while (pg::Clock::now() < end && !session.lost() && isWriterThere(session, entry, deadline))
    std::this_thread::sleep_for(50ms);
}

RemovalTry removeFound(pg::Session& session, const probe::Target& target, const JournalEntry& entry,
                       pg::TimePoint deadline) {
  pg::SqlError error;
  std::vector<pg::Rows> answers;
  const std::vector<pg::Step> steps{{limitsStep(entry.isOwnTable, std::nullopt)},
                                    {entry.removeSql, entry.isOwnTable ? -1 : 1}};
  if (session.transact(steps, deadline, answers, error) != pg::Outcome::done)
    return failed(error, target, entry);
  const auto left = countLeft(session, entry, deadline, error);
  if (!left)
    return failed(error, target, entry);
  if (*left == 0)
    return {Result::removed, {}};
  return {Result::failed, entry.isOwnTable ? fmt::format("{} holds what this test did not write", entry.relation)
                                           : fmt::format("more than that row holds the token in {}", entry.relation)};
}

} // namespace

std::string limitsStep(bool isOwnTable, std::optional<topology::UtcTime> notAfter) {
  std::string sql = fmt::format("SELECT pg_catalog.set_config('statement_timeout', '{}', true), "
                                "pg_catalog.set_config('lock_timeout', '300', true), "
                                "pg_catalog.set_config('idle_in_transaction_session_timeout', '5000', true)",
                                statementTimeout.count());
  if (isOwnTable)
    sql += ", pg_catalog.set_config('search_path', 'pg_catalog', true)";
  // An insert waits for no standby, so that it is either visible or will never be; a deletion is as safe from the loss
  // of a computer as what the application writes, and at least on the disk.
  if (!notAfter)
    return sql + ", pg_catalog.set_config('synchronous_commit', CASE pg_catalog.current_setting('synchronous_commit') "
                 "WHEN 'off' THEN 'local' ELSE pg_catalog.current_setting('synchronous_commit') END, true)";
  // A division by zero ends the transaction.
  return sql + fmt::format(", pg_catalog.set_config('synchronous_commit', 'local', true), 1 OPERATOR(pg_catalog./) "
                           "(CASE WHEN extract(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000 "
                           "OPERATOR(pg_catalog.<) {} THEN 1 ELSE 0 END)",
                           notAfter->time_since_epoch().count());
}

RemovalTry removeIn(pg::Session& session, const Standing& standing, const probe::Target& target,
                    const JournalEntry& entry, pg::TimePoint deadline) {
  if (standing.inRecovery)
    return {Result::elsewhere, "the connection leads to a standby, which takes no writes"};
  if ((entry.systemIdentifier && standing.systemIdentifier && entry.systemIdentifier != standing.systemIdentifier) ||
      entry.oid != standing.oid)
    return {Result::elsewhere, "the connection leads to another database than it did"};
  pg::SqlError error;
  auto left = countLeft(session, entry, deadline, error);
  if (left && *left == 0) {
    waitUntilSettled(session, standing, entry, deadline);
    left = countLeft(session, entry, deadline, error);
  }
  if (!left)
    return error.sqlState == "42P01"
               ? RemovalTry{Result::failed, fmt::format("{} is not there any more", entry.relation)}
               : failed(error, target, entry);
  if (*left == 0)
    return {Result::nothingThere, {}};
  return removeFound(session, target, entry, deadline);
}

RemovalTry removeOver(const probe::Target& target, const JournalEntry& entry, probe::Connector& connector,
                      pg::TimePoint deadline, std::chrono::milliseconds patience) {
  auto session = connector.connect(target, deadline, patience);
  if (!session)
    return {Result::failed, session.error().text};
  Standing standing;
  topology::Failure failure;
  if (!readStanding(**session, target, deadline, standing, failure))
    return {Result::failed, failure.text};
  auto tried = removeIn(**session, standing, target, entry, deadline);
  tried.samePlace = addressText(target) == entry.address;
  return tried;
}

std::string whatToRun(const JournalEntry& entry, const Journal& journal) {
  return fmt::format("Run in {} (through {}):\n{};\nThen delete {}.", entry.address, entry.server, entry.removeSql,
                     (journal.folder() / (entry.token + ".json")).string());
}

} // namespace whichbase::verify
