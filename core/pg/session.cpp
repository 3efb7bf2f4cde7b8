#include "pg/session.h"

#include "pg/connect_raw.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <pqxx/pqxx>
#include <utility>

namespace whichbase::pg {
namespace {

#if PQXX_VERSION_MAJOR < 7
// Gives libpqxx 6 a connection that is already there, once. Being asked again means that libpqxx is about to reconnect
// silently after a loss, which must not happen: the session's flags and evidence would be gone.
class Adopted : public pqxx::connectionpolicy {
public:
  explicit Adopted(PGconn* connection) : pqxx::connectionpolicy({}), m_connection(connection) {}
  handle do_startconnect(handle original) override {
    if (original != nullptr)
      return original;
    if (m_connection == nullptr)
      throw pqxx::broken_connection("the connection was lost");
    return std::exchange(m_connection, nullptr);
  }
  handle do_completeconnect(handle original) override { return do_startconnect(original); }
  bool is_ready(handle connection) const noexcept override { return connection != nullptr; }

private:
  PGconn* m_connection;
};

class Connection : public pqxx::connection_base {
public:
  explicit Connection(PGconn* connection) : pqxx::connection_base(m_policy), m_policy(connection) { init(); }
  ~Connection() noexcept { close(); }

private:
  Adopted m_policy;
};

std::unique_ptr<Connection> adopt(PGconn* raw) {
  return std::make_unique<Connection>(raw);
}
#else
using Connection = pqxx::connection;

std::unique_ptr<Connection> adopt(PGconn* raw) {
  return std::make_unique<Connection>(pqxx::connection::seize_raw_connection(raw));
}
#endif

std::string oneLine(std::string text) {
  // "ERROR:  permission denied for table x\nLINE 1: …": the first line without its severity says it.
  text = text.substr(0, text.find('\n'));
  if (const auto severity = text.find(":  "); severity < 16) // npos is larger
    text = text.substr(severity + 3);
  return text;
}

SqlError lostError() {
  return {ErrorKind::lost, {}, "the connection was lost"};
}

// We ended it ourselves.
SqlError endedError(const Watchdog& watchdog) {
  const bool stopped = watchdog.stopped();
  return {stopped ? ErrorKind::stopped : ErrorKind::deadline, {}, stopped ? "cancelled" : "no answer in time"};
}

void readRows(PGresult* result, Rows& rows) {
  rows.values.clear();
  rows.affected = std::strtoll(PQcmdTuples(result), nullptr, 10); // empty for what has none: 0
  for (int row = 0; row < PQntuples(result); ++row) {
    auto& out = rows.values.emplace_back();
    for (int column = 0; column < PQnfields(result); ++column)
      out.push_back(PQgetisnull(result, row, column) != 0
                        ? std::optional<std::string>()
                        : std::optional<std::string>(std::in_place, PQgetvalue(result, row, column),
                                                     static_cast<std::size_t>(PQgetlength(result, row, column))));
  }
}

// The first error of a string of statements is the one that ended it.
void readResult(PGresult* result, Rows& rows, SqlError& error) {
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
    readRows(result, rows);
  } else if (error.kind == ErrorKind::none) {
    const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* const message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    error.sqlState = state == nullptr ? "" : state;
    error.kind = state == nullptr ? ErrorKind::lost : kindOfState(error.sqlState);
    error.text = oneLine(message == nullptr ? PQresultErrorMessage(result) : message);
  }
}

} // namespace

struct Session::State {
  std::shared_ptr<void> carrier; // declared first: gone last
  std::unique_ptr<Connection> connection;
  PGconn* raw = nullptr; // libpqxx's, which never replaces it
  bool isWriting = false;
  Watchdog* watchdog = nullptr;
  int socket = -1; // a dup of libpq's: its own number may be reused under the watchdog
  bool encrypted = false;
  int version = 0;
  std::uint32_t backendPid = 0;
  bool lost = false;
  ~State() {
    connection.reset();
    if (socket >= 0)
      close(socket);
  }
};

Session::Session(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Session::~Session() = default;

std::unique_ptr<Session> Session::connect(const Parameters& parameters, TimePoint deadline, Watchdog& watchdog,
                                          SqlError& error, Attempt attempt) {
  PGconn* const raw = connectRaw(parameters, deadline, watchdog, attempt.once, error);
  if (raw == nullptr)
    return nullptr;
  auto state = std::make_unique<State>();
  state->carrier = std::move(attempt.carrier);
  state->raw = raw;
  state->watchdog = &watchdog;
  state->socket = fcntl(PQsocket(raw), F_DUPFD_CLOEXEC, 0);
  state->encrypted = PQsslInUse(raw) != 0;
  state->version = PQserverVersion(raw);
  state->backendPid = static_cast<std::uint32_t>(PQbackendPID(raw));
  try {
    state->connection = adopt(raw);
  } catch (const std::exception& failure) {
    error = {ErrorKind::lost, {}, oneLine(failure.what())};
    return nullptr;
  }
  return std::unique_ptr<Session>(new Session(std::move(state)));
}

bool Session::query(const std::string& sql, TimePoint deadline, Rows& rows, SqlError& error) {
  rows = {};
  error = {};
  if (m_state->lost) {
    error = lostError();
    return false;
  }
  const auto ticket = m_state->watchdog->arm(m_state->socket, deadline);
  try {
    pqxx::nontransaction transaction(*m_state->connection);
    const pqxx::result result = transaction.exec(sql);
    rows.affected = static_cast<std::int64_t>(result.affected_rows());
    for (const auto& row : result) {
      auto& out = rows.values.emplace_back();
      for (const auto& field : row)
        out.push_back(field.is_null() ? std::optional<std::string>() : std::optional<std::string>(field.c_str()));
    }
  } catch (const pqxx::broken_connection&) {
    error = lostError();
  } catch (const pqxx::insufficient_privilege& failure) { // libpqxx 6 leaves its SQLSTATE empty
    error = {ErrorKind::privilege, "42501", oneLine(failure.what())};
  } catch (const pqxx::sql_error& failure) {
    error = {kindOfState(failure.sqlstate()), failure.sqlstate(), oneLine(failure.what())};
  } catch (const std::exception& failure) {
    // transaction_rollback and serialization_failure of libpqxx 6 are not sql_error.
    error = {ErrorKind::sql, {}, oneLine(failure.what())};
  }
  const bool fired = m_state->watchdog->release(ticket);
  if (fired) {
    rows = {};
    error = endedError(*m_state->watchdog);
  }
  m_state->lost = fired || error.kind == ErrorKind::lost || !m_state->connection->is_open();
  if (m_state->lost && error.kind != ErrorKind::none && !fired)
    error.kind = ErrorKind::lost;
  return error.kind == ErrorKind::none;
}

namespace {

long rowsOf(PGresult* result) {
  return PQresultStatus(result) == PGRES_TUPLES_OK ? PQntuples(result) : std::atol(PQcmdTuples(result));
}

// Sends one step and hears its answer. False: `error` says why, or the connection is gone.
bool heardStep(PGconn* raw, const Step& step, Rows& rows, SqlError& error) {
  if (PQsendQueryParams(raw, step.sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) == 0 ||
      PQsendFlushRequest(raw) == 0 || PQflush(raw) < 0)
    return false;
  PGresult* const result = PQgetResult(raw);
  if (result == nullptr)
    return false;
  readResult(result, rows, error);
  const long count = rowsOf(result);
  PQclear(result);
  if (error.kind == ErrorKind::none && step.rows >= 0 && count != step.rows)
    error = {ErrorKind::sql, {}, "affects " + std::to_string(count) + " rows, not " + std::to_string(step.rows)};
  else if (error.kind == ErrorKind::none)
    return PQgetResult(raw) == nullptr && PQstatus(raw) == CONNECTION_OK;
  return false;
}

// Ends the transaction. False: its end was not heard.
bool heardSync(PGconn* raw, SqlError& error) {
  if (PQpipelineSync(raw) == 0 || PQflush(raw) < 0)
    return false;
  for (int silent = 0; silent < 3;) {
    PGresult* const result = PQgetResult(raw);
    if (result == nullptr) {
      ++silent;
      continue;
    }
    const ExecStatusType status = PQresultStatus(result);
    Rows none;
    if (status != PGRES_PIPELINE_SYNC && status != PGRES_PIPELINE_ABORTED)
      readResult(result, none, error);
    PQclear(result);
    if (status == PGRES_PIPELINE_SYNC)
      return true;
  }
  return false;
}

} // namespace

Outcome Session::transact(const std::vector<Step>& steps, TimePoint deadline, std::vector<Rows>& answers,
                          SqlError& error) {
  answers.clear();
  error = {};
  PGconn* const raw = m_state->raw;
  if (m_state->lost || PQenterPipelineMode(raw) == 0) {
    m_state->lost = true;
    error = lostError();
    return Outcome::notDone;
  }
  const auto ticket = m_state->watchdog->arm(m_state->socket, deadline);
  Outcome outcome = Outcome::done;
  for (const auto& step : steps)
    if (outcome == Outcome::done && !heardStep(raw, step, answers.emplace_back(), error))
      outcome = Outcome::notDone;
  // An answer with an SQLSTATE ends a transaction that the server has given up itself; any other failure is ended by
  // closing the connection, which keeps the server from committing.
  const bool wantsSync = outcome == Outcome::done || !error.sqlState.empty();
  const bool synced = wantsSync && heardSync(raw, error) && PQexitPipelineMode(raw) != 0;
  if (outcome == Outcome::done && !synced)
    outcome = Outcome::unknown;
  else if (error.kind != ErrorKind::none)
    outcome = Outcome::notDone;
  if (!synced)
    shutdown(m_state->socket, SHUT_RDWR);
  const bool fired = m_state->watchdog->release(ticket);
  m_state->lost = !synced || fired;
  if (outcome == Outcome::done)
    return outcome;
  if (fired)
    error = endedError(*m_state->watchdog);
  else if (error.kind == ErrorKind::none || (outcome == Outcome::unknown && !synced))
    error = lostError();
  return outcome;
}

bool Session::send(const std::string& sql, SqlError& error) {
  error = {};
  if (m_state->lost || PQsetnonblocking(m_state->raw, 1) != 0 || PQsendQuery(m_state->raw, sql.c_str()) == 0) {
    m_state->lost = true;
    error = lostError();
    return false;
  }
  m_state->isWriting = PQflush(m_state->raw) == 1; // an error shows when it is heard
  return true;
}

bool Session::hear(Rows& rows, SqlError& error) {
  if (m_state->isWriting)
    m_state->isWriting = PQflush(m_state->raw) == 1;
  bool isGood = PQconsumeInput(m_state->raw) != 0;
  while (isGood && PQisBusy(m_state->raw) == 0) {
    PGresult* const result = PQgetResult(m_state->raw);
    if (result == nullptr) {
      isGood = PQstatus(m_state->raw) == CONNECTION_OK && error.kind != ErrorKind::lost &&
               PQsetnonblocking(m_state->raw, 0) == 0;
      if (isGood) {
        if (error.kind != ErrorKind::none)
          rows = {};
        return true;
      }
      break;
    }
    readResult(result, rows, error);
    PQclear(result);
  }
  if (isGood)
    return false;
  m_state->lost = true;
  rows = {};
  error = error.kind == ErrorKind::none ? lostError() : SqlError{ErrorKind::lost, error.sqlState, error.text};
  return true;
}

void Session::abandon(SqlError& error) {
  shutdown(m_state->socket, SHUT_RDWR);
  m_state->lost = true;
  error = endedError(*m_state->watchdog);
}

bool Session::notifications(std::vector<Notification>& heard, SqlError& error) {
  heard.clear();
  error = {};
  if (m_state->lost || PQconsumeInput(m_state->raw) == 0) {
    m_state->lost = true;
    error = lostError();
    return false;
  }
  while (PGnotify* const one = PQnotifies(m_state->raw)) {
    heard.push_back({one->relname, one->extra, static_cast<std::uint32_t>(one->be_pid)});
    PQfreemem(one);
  }
  return true;
}

int Session::socket() const {
  return m_state->socket;
}
bool Session::wantsToWrite() const {
  return m_state->isWriting;
}
const Watchdog& Session::watchdog() const {
  return *m_state->watchdog;
}
bool Session::encrypted() const {
  return m_state->encrypted;
}
int Session::serverVersion() const {
  return m_state->version;
}
std::uint32_t Session::backendPid() const {
  return m_state->backendPid;
}
bool Session::lost() const {
  return m_state->lost;
}

std::vector<std::string> clientLibraries() {
  const int version = PQlibVersion();
  return {"libpqxx " PQXX_VERSION, "libpq " + std::to_string(version / 10000) + "." + std::to_string(version % 10000)};
}

} // namespace whichbase::pg
