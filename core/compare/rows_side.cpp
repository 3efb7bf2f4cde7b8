#include "compare/rows_side.h"

#include "compare/open_endpoint.h"
#include "compare/rows_hash.h"
#include "probe/facts_reader.h"
#include "probe/statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace whichbase::compare {
namespace {

using pg::ErrorKind;

constexpr auto patience = std::chrono::seconds(10); // for one statement about catalogs

// Statements before the comparison itself: short ones about catalogs.
class Opening {
public:
  Opening(const Endpoint& endpoint, const RowsRequest& request, pg::TimePoint deadline)
      : m_endpoint(endpoint), m_request(request), m_deadline(deadline) {
    m_side.name = endpoint.name;
  }

  std::optional<Problem> open(probe::Connector& connector);
  RowsSide take() { return std::move(m_side); }

private:
  std::optional<Problem> findRelation();
  std::optional<Problem> chooseRelation(const std::vector<probe::UsersCandidate>& candidates,
                                        const std::string& wanted);
  std::optional<Problem> readFacts();
  std::optional<Problem> checkKind() const;
  void sampleHashes();
  bool ask(const std::string& sql) {
    return m_side.session->query(sql, std::min(m_deadline, pg::Clock::now() + patience), m_rows, m_error);
  }
  std::string answer() const { return m_rows.values.empty() ? "" : m_rows.values[0].at(0).value_or(""); }
  probe::Limits limits() const {
    probe::Limits limits;
    limits.statement = std::chrono::seconds(1); // catalogs only
    return limits;
  }

  const Endpoint& m_endpoint;
  const RowsRequest& m_request;
  const pg::TimePoint m_deadline;
  RowsSide m_side;
  pg::Rows m_rows;
  pg::SqlError m_error;
};

std::optional<Problem> Opening::chooseRelation(const std::vector<probe::UsersCandidate>& candidates,
                                               const std::string& wanted) {
  if (candidates.size() > 1 && !m_request.relation.empty())
    return Problem{fmt::format("{} is in more than one schema of {}", wanted, m_side.name), "Name it with its schema."};
  const auto chosen = probe::chooseUsers(candidates, wanted);
  if (!chosen && !wanted.empty() && candidates.empty())
    return Problem{fmt::format("{} does not exist in {}", wanted, m_side.name), {}};
  if (!chosen)
    return Problem{fmt::format("the users of {} were not found: {}", m_side.name, chosen.reason),
                   "Name the relation as users in the project."};
  m_side.facts.relation = chosen->relation;
  if (!chosen->mayRead)
    return Problem{fmt::format("no privilege on {} in {}", chosen->relation, m_side.name),
                   "Use a role that may SELECT from it."};
  return std::nullopt;
}

std::optional<Problem> Opening::findRelation() {
  const std::string& wanted = m_request.relation.empty() ? m_side.target.usersRelation : m_request.relation;
  if (!ask(probe::identityStatement(limits(), false, wanted)) || m_rows.values.empty())
    return problemOf(m_error, m_side);
  const auto identity = probe::readIdentity(answer());
  if (!identity)
    return Problem{fmt::format("what {} answers about itself could not be read", m_side.name),
                   "This server may not be PostgreSQL 12 or later."};
  return chooseRelation(identity->candidates, wanted);
}

std::optional<Problem> Opening::checkKind() const {
  const RelationFacts& facts = m_side.facts;
  if (facts.serverVersion < 120000)
    return Problem{fmt::format("{} is older than PostgreSQL 12: its rows cannot be compared", m_side.name), {}};
  const auto noRows = [&](const char* what) {
    return Problem{
        fmt::format("{} is {} in {}: only the rows of tables are compared", facts.relation, what, m_side.name),
        "Compare the tables that it reads."};
  };
  if (facts.kind == "v")
    return noRows("a view");
  if (facts.kind == "f")
    return noRows("a foreign table");
  if (facts.rowSecurity)
    return Problem{fmt::format("row-level security hides rows of {} from this role in {}", facts.relation, m_side.name),
                   "Use a role with BYPASSRLS, or the owner of the relation."};
  return std::nullopt;
}

std::optional<Problem> Opening::readFacts() {
  RelationFacts& facts = m_side.facts;
  const auto vanished = [&] {
    return Problem{fmt::format("{} vanished from {} in between", facts.relation, m_side.name), "Compare again."};
  };
  if (!ask(relationStatement(limits(), facts.relation)))
    return problemOf(m_error, m_side);
  if (m_rows.values.empty() || !readRelation(answer(), facts))
    return vanished();
  if (auto refused = checkKind())
    return refused;
  if (!ask(probe::keysStatement(limits(), facts.relation)))
    return problemOf(m_error, m_side);
  if (m_rows.values.empty() || !readRelationKeys(answer(), facts))
    return vanished();
  return std::nullopt;
}

void Opening::sampleHashes() {
  if (ask(hashSampleStatement(limits())))
    m_side.hashSample = answer();
}

std::optional<Problem> Opening::open(probe::Connector& connector) {
  auto opened = openEndpoint(m_endpoint, connector, m_deadline);
  if (!opened)
    return Problem{fmt::format("{}: {}", m_side.name, opened.error().text), opened.error().remedy};
  m_side.target = *opened->target;
  m_side.session = std::move(opened->session);
  m_side.inRecovery = opened->inRecovery;
  if (auto problem = findRelation())
    return problem;
  if (auto problem = readFacts())
    return problem;
  sampleHashes();
  if (m_side.session->lost())
    return problemOf(m_error, m_side);
  return std::nullopt;
}

std::string stateOf(const pg::SqlError& error) {
  return error.sqlState.empty() ? "unknown" : error.sqlState;
}

} // namespace

std::expected<RowsSide, Problem> openRowsSide(const Endpoint& endpoint, const RowsRequest& request,
                                              probe::Connector& connector, pg::TimePoint deadline) {
  Opening opening(endpoint, request, deadline);
  if (auto problem = opening.open(connector))
    return std::unexpected(std::move(*problem));
  return opening.take();
}

Problem problemOf(const pg::SqlError& error, const RowsSide& side) {
  const std::string& relation = side.facts.relation.empty() ? "a catalog" : side.facts.relation;
  switch (error.kind) {
  case ErrorKind::privilege:
    return {fmt::format("the role may not read {} in {}", relation, side.name), "Use a role that may SELECT from it."};
  case ErrorKind::timeout:
    return {fmt::format("reading {} in {} took too long", relation, side.name),
            "Try again when the database has less to do."};
  case ErrorKind::locked:
    return {fmt::format("{} is locked by another session in {}", relation, side.name),
            "Try again when that session has finished."};
  case ErrorKind::lost:
    return {fmt::format("the connection with {} was lost", side.name), "Compare again."};
  case ErrorKind::deadline:
    return {fmt::format("{} did not answer in time", side.name), "Compare again when it has less to do."};
  case ErrorKind::stopped:
    return {"cancelled", {}};
  default:
    break;
  }
  const std::string& state = error.sqlState;
  if (state == "42P01" || state == "3F000")
    return {fmt::format("{} vanished from {} in between", relation, side.name), "Compare again."};
  if (state == "42703" || state == "42804" || state == "42883" || state == "42704")
    return {fmt::format("{} was altered in {} in between", relation, side.name), "Compare again."};
  if (state == "22021" || state == "22P05")
    return {fmt::format("{} in {} holds text that is not valid in its encoding", relation, side.name),
            "Name the columns to compare, without that one."};
  return {fmt::format("{} refused a statement about {} (SQLSTATE {})", side.name, relation, stateOf(error)),
          "Look into the server's log for the reason."};
}

} // namespace whichbase::compare
