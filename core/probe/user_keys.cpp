#include "probe/user_keys.h"

#include "probe/answer.h"
#include "probe/ask_markers.h"
#include "probe/connect_failure.h"
#include "probe/connector.h"
#include "probe/facts_reader.h"
#include "probe/user_key_statements.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace whichbase::probe {
namespace {

using pg::ErrorKind;
using namespace std::chrono_literals;

constexpr std::size_t fewest = 500; // rows of a piece; what takes too long even so is given up
constexpr auto easily = 4;          // a piece that took less than this part of its time may grow

std::optional<std::size_t> numberIn(const std::optional<std::string>& digits) {
  const auto number = answer::integer(digits);
  return number && *number >= 0 ? std::optional(static_cast<std::size_t>(*number)) : std::nullopt;
}

// One reading under way.
class Reading {
public:
  Reading(const Target& target, const KeyRequest& request, Connector& connector)
      : m_target(target), m_request(request), m_connector(connector), m_deadline(pg::Clock::now() + request.deadline) {}

  std::expected<KeyReading, KeyProblem> run(const OnKeyFound& onKeyFound, const OnUserKey& onUserKey);

private:
  std::optional<KeyProblem> connect();
  std::optional<KeyProblem> chooseRelation();
  std::optional<KeyProblem> chooseKey();
  std::optional<KeyProblem> begin();
  std::optional<KeyProblem> readPieces(const OnUserKey& onUserKey);
  std::optional<KeyProblem> hand(const pg::Rows& rows, const OnUserKey& onUserKey);
  bool wasSettled();

  bool ask(const std::string& sql) { return m_session->query(sql, m_deadline, m_rows, m_error); }
  Limits limits() const;
  KeyProblem problem() const;
  KeyProblem tooMany(std::size_t rows) const;

  const Target& m_target;
  const KeyRequest& m_request;
  Connector& m_connector;
  const pg::TimePoint m_deadline;
  std::unique_ptr<pg::Session> m_session;
  pg::Rows m_rows;
  pg::SqlError m_error;
  KeyReading m_result;
  UniqueKey m_key;
  std::vector<std::size_t> m_order; // of m_result.key.columns: its place in m_key
  std::optional<std::size_t> m_countAtStart;
  std::string m_oldest;
};

Limits Reading::limits() const {
  return limitsUntil(m_deadline, m_request.statement);
}

// Of the last statement. The server's own words may hold a value of a key: they are left out.
KeyProblem Reading::problem() const {
  const std::string& relation = m_result.key.relation;
  switch (m_error.kind) {
  case ErrorKind::privilege:
    return {fmt::format("the role may not read the key of {}", relation), "Use a role that may SELECT from it."};
  case ErrorKind::timeout:
    return {fmt::format("reading {} took too long", relation), "Try again when the database has less to do."};
  case ErrorKind::locked:
    return {fmt::format("{} is locked by another session", relation), "Try again when that session has finished."};
  case ErrorKind::lost:
  case ErrorKind::deadline:
  case ErrorKind::stopped:
    break;
  default:
    // PostgreSQL verifies what it sends, also from a database that says nothing of its encoding (SQL_ASCII).
    if (m_error.sqlState == "22021")
      return {fmt::format("a key of {} is no UTF-8: which letters it holds is not known", relation), {}};
    return {fmt::format("PostgreSQL refused a statement (SQLSTATE {})",
                        m_error.sqlState.empty() ? "unknown" : m_error.sqlState),
            "Look into the server's log for the reason."};
  }
  const auto failure = failureOf(m_error, m_target);
  return {failure.text, failure.remedy};
}

KeyProblem Reading::tooMany(std::size_t rows) const {
  return {fmt::format("{} has {} rows, and a fingerprint is made of at most {}", m_result.key.relation,
                      rows == 0 ? "more" : topology::withCommas(static_cast<std::int64_t>(rows)),
                      topology::withCommas(static_cast<std::int64_t>(m_request.most))),
          {}};
}

std::optional<KeyProblem> Reading::connect() {
  auto connected = m_connector.connect(m_target, m_deadline);
  if (!connected)
    return KeyProblem{connected.error().text, connected.error().remedy};
  m_session = std::move(*connected);
  return std::nullopt;
}

std::optional<KeyProblem> Reading::chooseRelation() {
  const auto statement = [this](bool withControl) {
    return identityStatement(limits(), withControl, m_target.usersRelation);
  };
  if (!askMarkers(*m_session, statement, m_deadline, m_rows, m_error))
    return problem();
  const auto identity = readIdentity(m_rows.values[0].at(0).value_or(""));
  if (!identity)
    return KeyProblem{"its answer about itself could not be read", "This server may not be PostgreSQL 11 or later."};
  UserKey& key = m_result.key;
  if (identity->facts.systemIdentifier)
    key.systemIdentifier = *identity->facts.systemIdentifier;
  key.oid = identity->facts.databaseOid;
  const auto users = chooseUsers(identity->candidates, m_target.usersRelation);
  if (!users)
    return KeyProblem{users.reason, "Name the relation as users in the project."};
  key.relation = users->relation;
  if (!users->mayRead)
    return KeyProblem{fmt::format("no privilege on {}", users->relation), "Use a role that may SELECT from it."};
  if (users->rowSecurity)
    return KeyProblem{fmt::format("row-level security hides rows of {} from this role", users->relation),
                      "Use a role with BYPASSRLS, or the owner of the relation."};
  return std::nullopt;
}

std::optional<KeyProblem> Reading::chooseKey() {
  if (!ask(keysStatement(limits(), m_result.key.relation)) || m_rows.values.empty())
    return problem();
  const auto found = readKeys(m_rows.values[0].at(0).value_or(""));
  const std::string& relation = m_result.key.relation;
  if (!found || found->hasChildren)
    return KeyProblem{fmt::format("{} has child tables, whose rows no key of it identifies", relation), {}};
  const std::set<std::string> wanted(m_request.columns.begin(), m_request.columns.end());
  const auto fits = [&](const UniqueKey& key) {
    std::set<std::string> names;
    for (const auto& column : key.columns)
      names.insert(column.column.name);
    return wanted.empty() || names == wanted;
  };
  const auto key = std::ranges::find_if(found->keys, fits);
  if (key == found->keys.end())
    return KeyProblem{
        wanted.empty()
            ? fmt::format("{} has no primary key, and no unique index on columns that are NOT NULL", relation)
            : fmt::format("{} has no key on {}", relation, topology::inWords(m_request.columns)),
        {}};
  m_key = *key;
  m_order.resize(m_key.columns.size());
  for (std::size_t at = 0; at < m_order.size(); ++at)
    m_order[at] = at;
  std::ranges::sort(m_order, {}, [&](std::size_t at) { return m_key.columns[at].column.name; });
  for (const std::size_t at : m_order)
    m_result.key.columns.push_back(m_key.columns[at].column);
  return std::nullopt;
}

std::optional<KeyProblem> Reading::begin() {
  m_result.at = topology::now();
  if (ask(startStatement(limits(), m_result.key.relation)) && !m_rows.values.empty()) {
    m_countAtStart = numberIn(m_rows.values[0].at(0));
    m_oldest = m_rows.values[0].at(1).value_or("");
    if (m_countAtStart.value_or(0) > m_request.most)
      return tooMany(*m_countAtStart);
    return std::nullopt;
  }
  // Counting may take longer than a piece: whether the users changed meanwhile is then not known.
  if (m_error.kind != ErrorKind::timeout)
    return problem();
  return std::nullopt;
}

std::optional<KeyProblem> Reading::hand(const pg::Rows& rows, const OnUserKey& onUserKey) {
  std::vector<std::string> values(m_order.size());
  for (const auto& row : rows.values) {
    for (std::size_t at = 0; at < m_order.size(); ++at) {
      const auto& value = row.at(m_order[at]);
      if (!value)
        return KeyProblem{"a key without a value was read", {}};
      values[at] = *value;
    }
    onUserKey(values);
  }
  m_result.rows += rows.values.size();
  return m_result.rows > m_request.most ? std::optional(tooMany(0)) : std::nullopt;
}

std::optional<KeyProblem> Reading::readPieces(const OnUserKey& onUserKey) {
  std::vector<std::string> last;
  std::size_t rows = std::min<std::size_t>(m_request.piece, 10'000);
  for (bool isFirst = true;; isFirst = false) {
    const pg::TimePoint start = pg::Clock::now();
    if (!ask(pieceStatement(limits(), m_result.key.relation, m_key, last, rows))) {
      if (m_error.kind != ErrorKind::timeout || rows <= fewest || pg::Clock::now() >= m_deadline)
        return problem();
      rows = std::max(fewest, rows / 4);
      continue;
    }
    if (auto refused = hand(m_rows, onUserKey))
      return refused;
    if (m_rows.values.size() < rows) {
      m_result.settled = isFirst || wasSettled(); // one statement sees one moment
      return std::nullopt;
    }
    last.clear();
    for (const auto& value : m_rows.values.back())
      last.push_back(value.value_or(""));
    if (pg::Clock::now() - start < m_request.statement / easily)
      rows = std::min(m_request.piece, rows * 2);
  }
}

// No row is newer than the start, and there are as many as then: they are the same rows. And as many were read: nothing
// else was among them.
bool Reading::wasSettled() {
  if (!m_countAtStart || m_countAtStart != m_result.rows || m_oldest.empty())
    return false;
  pg::Rows rows;
  pg::SqlError error;
  return m_session->query(endStatement(limits(), m_result.key.relation, m_oldest), m_deadline, rows, error) &&
         !rows.values.empty() && numberIn(rows.values[0].at(0)) == m_countAtStart &&
         numberIn(rows.values[0].at(1)) == std::size_t{0};
}

std::expected<KeyReading, KeyProblem> Reading::run(const OnKeyFound& onKeyFound, const OnUserKey& onUserKey) {
  for (const auto step : {&Reading::connect, &Reading::chooseRelation, &Reading::chooseKey})
    if (auto failed = (this->*step)())
      return std::unexpected(std::move(*failed));
  if (auto refused = onKeyFound(m_result.key))
    return std::unexpected(std::move(*refused));
  if (auto failed = begin())
    return std::unexpected(std::move(*failed));
  if (auto failed = readPieces(onUserKey))
    return std::unexpected(std::move(*failed));
  return std::move(m_result);
}

} // namespace

std::expected<KeyReading, KeyProblem> readUserKeys(const Target& target, const KeyRequest& request,
                                                   std::stop_token stop, const OnKeyFound& onKeyFound,
                                                   const OnUserKey& onUserKey, std::shared_ptr<route::Routes> routes) {
  Connector connector(stop, std::move(routes));
  return Reading(target, request, connector).run(onKeyFound, onUserKey);
}

} // namespace whichbase::probe
