#include "compare/open_endpoint.h"
#include "probe/facts_reader.h"
#include "probe/statements.h"
#include "topology/wording.h"
#include "verify/test_row_planning.h"
#include "verify/test_row_sql.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::verify {
namespace {

using compare::Problem;
using namespace std::chrono_literals;

constexpr auto patience = 10s; // for one connection

bool isProduction(const Participant& participant) {
  return topology::environmentWord(participant.environment) == topology::environmentWord("production");
}

// One plan being made.
class Planning {
public:
  Planning(const std::vector<Participant>& participants, const TestRowWish& wish, probe::Connector& connector,
           pg::TimePoint deadline)
      : m_participants(participants), m_wish(wish), m_connector(connector), m_deadline(deadline) {}
  std::expected<TestRowPlan, Problem> run();

private:
  std::expected<void, Problem> chooseWriter();
  std::expected<std::string, Problem> usersRelation();
  void lookAtOthers();
  void lookAt(const OwnSession& own, const OwnSession& writing);
  bool mayRead(const OwnSession& own);

  const std::vector<Participant>& m_participants;
  const TestRowWish& m_wish;
  probe::Connector& m_connector;
  const pg::TimePoint m_deadline;
  std::vector<OwnSession> m_sessions;
  std::size_t m_writer = 0;
  TestRowPlan m_plan;
};

std::expected<void, Problem> Planning::chooseWriter() {
  std::optional<std::size_t> chosen;
  const auto named = std::ranges::find(m_participants, m_wish.writer, &Participant::server);
  if (!m_wish.writer.empty()) {
    if (named == m_participants.end())
      return std::unexpected(
          Problem{fmt::format("{} is no server of this project", m_wish.writer), "Name a server as the project does."});
    chosen = static_cast<std::size_t>(named - m_participants.begin());
  }
  for (const bool byRole : {true, false})
    for (std::size_t at = 0; at < m_participants.size() && !chosen; ++at) {
      const OwnSession& own = sessionOf(at, m_sessions);
      const bool can = own.session && !own.standing.inRecovery && !own.standing.readOnlyByDefault;
      if (can && (!byRole || m_participants[at].role == topology::Role::writes))
        chosen = at;
    }
  if (!chosen)
    return std::unexpected(Problem{"no server's connection can write", "See why: whichbase-cli probe PROJECT"});
  m_writer = *chosen;
  const OwnSession& own = sessionOf(m_writer, m_sessions);
  if (!own.session)
    return std::unexpected(Problem{
        fmt::format("{} was not reached: {}", m_participants[m_writer].server, own.failure.text), own.failure.remedy});
  return {};
}

// As the probe finds it.
std::expected<std::string, Problem> Planning::usersRelation() {
  OwnSession& own = sessionOf(m_writer, m_sessions);
  const probe::Limits limits{1'000ms, 300ms, 5'000ms};
  pg::Rows rows;
  pg::SqlError error;
  const std::string& wanted = own.target->usersRelation;
  if (!own.session->query(probe::identityStatement(limits, false, wanted), m_deadline, rows, error) ||
      rows.values.empty())
    return std::unexpected(compare::problemOf(error, *own.target, "looking for the users table"));
  const auto identity = probe::readIdentity(rows.values[0].at(0).value_or(""));
  if (!identity)
    return std::unexpected(Problem{"the catalog's answer could not be read", "Probe again."});
  const auto users = probe::chooseUsers(identity->candidates, wanted);
  if (users)
    return users->relation;
  if (m_plan.place == TestRowPlace::ownTable)
    return std::string();
  return std::unexpected(Problem{fmt::format("there is no users table: {}", users.reason),
                                 "Name it as users in the project, or use a table of its own."});
}

// Whether that session could see a row of the users table. True where it cannot be told.
bool Planning::mayRead(const OwnSession& own) {
  if (m_plan.place == TestRowPlace::ownTable)
    return true;
  pg::Rows rows;
  pg::SqlError error;
  const probe::Limits limits{1'000ms, 300ms, 5'000ms};
  own.session->query(probe::limitsText(limits) + m_plan.seeSql, m_deadline, rows, error);
  if (error.kind == pg::ErrorKind::privilege)
    return false;
  const std::string sql =
      fmt::format("SELECT pg_catalog.row_security_active(pg_catalog.to_regclass({})::oid)", literalOf(m_plan.relation));
  return !own.session->query(probe::limitsText(limits) + sql, m_deadline, rows, error) || rows.values.empty() ||
         rows.values[0].at(0) != "t";
}

void Planning::lookAt(const OwnSession& own, const OwnSession& writing) {
  std::vector<std::string> names;
  for (const auto at : own.participants)
    names.push_back(m_participants[at].server);
  const std::string who = topology::inWords(names);
  if (!own.session)
    m_plan.warnings.push_back(fmt::format("{} was not reached and cannot see the row: {}", who, own.failure.text));
  else if (isElsewhere(own.standing, writing.standing))
    m_plan.warnings.push_back(fmt::format("{} is in another database and will not see the row.", who));
  else if (!mayRead(own))
    m_plan.warnings.push_back(
        fmt::format("{}'s role may not read {}, or not all of its rows: whether it would see the row cannot be told.",
                    who, m_plan.relation));
}

void Planning::lookAtOthers() {
  const OwnSession& writing = sessionOf(m_writer, m_sessions);
  for (const auto& own : m_sessions) {
    if (&own != &writing)
      lookAt(own, writing);
    const bool isThere = own.session && !isElsewhere(own.standing, writing.standing);
    for (const auto at : own.participants)
      m_plan.writesToProduction = m_plan.writesToProduction || (isThere && isProduction(m_participants[at]));
  }
}

std::expected<TestRowPlan, Problem> Planning::run() {
  m_plan.place = m_wish.place;
  m_plan.token = m_wish.token.empty() ? newToken() : m_wish.token;
  if (!isToken(m_plan.token))
    return std::unexpected(Problem{fmt::format("{} is no token of a test row", m_plan.token), "Plan a new one."});
  m_sessions = openOwnSessions(m_participants, m_connector, m_deadline, patience);
  if (auto chosen = chooseWriter(); !chosen)
    return std::unexpected(chosen.error());
  const OwnSession& writing = sessionOf(m_writer, m_sessions);
  m_plan.writer = m_participants[m_writer].server;
  m_plan.database = m_participants[m_writer].database;
  m_plan.insertSql = m_plan.place == TestRowPlace::usersTable ? m_wish.insertSql : std::string();
  for (const auto& own : m_sessions)
    if (own.session && !isElsewhere(own.standing, writing.standing))
      m_plan.roles.push_back(own.standing.role);
  std::ranges::sort(m_plan.roles);
  m_plan.roles.erase(std::ranges::unique(m_plan.roles).begin(), m_plan.roles.end());
  const auto relation = usersRelation();
  if (!relation)
    return std::unexpected(relation.error());
  m_plan.usersRelation = *relation;
  if (auto planned = planIn(*writing.session, writing.standing, *writing.target, *relation, m_plan, m_deadline);
      !planned)
    return std::unexpected(planned.error());
  lookAtOthers();
  return std::move(m_plan);
}

} // namespace

std::expected<TestRowPlan, Problem> planTestRow(const std::vector<Participant>& participants, const TestRowWish& wish,
                                                probe::Connector& connector, pg::TimePoint deadline) {
  return Planning(participants, wish, connector, deadline).run();
}

} // namespace whichbase::verify
