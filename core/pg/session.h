// A session with one PostgreSQL: the only code that includes pqxx, whose exceptions never leave it. C++17 on purpose
// (see core/CMakeLists.txt).
#pragma once

#include "pg/watchdog.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace whichbase::pg {

// libpq's keywords and values. `hostaddr` must be given for a network host: nothing here asks a name service.
using Parameters = std::vector<std::pair<std::string, std::string>>;

enum class ErrorKind {
  none,
  refused,         // nothing listens there
  unreachable,     // no route, reset before an answer, no such socket
  silentNetwork,   // no answer to the attempt to connect until the deadline
  silentServer,    // the port accepted and then said nothing until the deadline
  notPostgres,     // what answered does not speak PostgreSQL's protocol
  tls,             // TLS refused, required, or its certificate not trusted
  authenticate,    // password, pg_hba.conf, role
  missingDatabase, // SQLSTATE 3D000
  tooMany,         // SQLSTATE 53300
  starting,        // SQLSTATE 57P03: starting up, shutting down, in recovery without hot standby
  wrongSession,    // target_session_attrs not met
  privilege,       // SQLSTATE 42501
  timeout,         // SQLSTATE 57014: statement_timeout
  locked,          // SQLSTATE 55P03: lock_timeout
  sql,             // any other error of a statement
  lost,            // the connection ended in between
  deadline,        // our own deadline ended a statement
  stopped,         // cancelled by the user
};

struct SqlError {
  ErrorKind kind = ErrorKind::none;
  std::string sqlState; // empty where the server sent none
  std::string text;     // the server's or libpq's own words, one line, not redacted
  std::string heard{};  // notPostgres: the first line of what answered instead, where it is text
  // Attempt::once: libpq would have connected again, to try with or without TLS, or any kind of session.
  bool wantsAnother = false;
};

// How one attempt to connect is made.
struct Attempt {
  // One connection and no more: where libpq would by itself make another to the same port, which may be somebody else's
  // by then, the attempt fails.
  bool once = false;
  std::shared_ptr<void> carrier{}; // what carries the connection: let go of after the session has closed it
};

struct Rows {
  std::vector<std::vector<std::optional<std::string>>> values;
  // How many rows the last statement inserted, updated, deleted or gave, as the server tells; 0 for others.
  std::int64_t affected = 0;
};

// What another session sent with NOTIFY.
struct Notification {
  std::string channel;
  std::string payload;
  std::uint32_t senderPid = 0; // of the server process that sent it
};

// One statement of a transaction.
struct Step {
  std::string sql;
  // Exactly so many rows must come back, or be affected; otherwise nothing of the transaction stays. Negative: any.
  long rows = -1;
};

enum class Outcome {
  done,    // committed
  notDone, // nothing of it stays
  unknown, // the connection was lost while it was committed
};

// Not for two threads at a time. A session that lost its connection answers every further query with `lost`.
class Session {
public:
  // One attempt at one address; never blocks past `deadline`. Null on failure, with `error` filled.
  static std::unique_ptr<Session> connect(const Parameters& parameters, TimePoint deadline, Watchdog& watchdog,
                                          SqlError& error, Attempt attempt = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Sends one simple-query string (it may hold several statements); `rows` gets the last statement's rows as text.
  bool query(const std::string& sql, TimePoint deadline, Rows& rows, SqlError& error);

  // The same without waiting, so that one thread can ask many sessions at once: send(), then hear() each time that
  // socket() can be read (or written, while wantsToWrite()) until it says that this was all: the answer, an error or a
  // loss. Who polls keeps the deadline, and gives up with abandon(), after which the session is lost. No query() until
  // then.
  bool send(const std::string& sql, SqlError& error);
  bool hear(Rows& rows, SqlError& error);
  void abandon(SqlError& error); // `deadline`, or `stopped` where the watchdog was
  int socket() const;
  bool wantsToWrite() const;

  // What has come since the last call on the channels that this session listens on, without waiting: call it when
  // socket() can be read. A query() drops what came before its end; send() and hear() keep it. False: lost.
  bool notifications(std::vector<Notification>& heard, SqlError& error);

  const Watchdog& watchdog() const;

  // The steps as one transaction, through poolers of every mode. Each is sent by itself (extended protocol): the server
  // refuses one that holds a second statement. `answers` gets each step's rows. Where the number of rows is another
  // than the wanted one, the connection is closed before anything is committed, and the session is lost.
  Outcome transact(const std::vector<Step>& steps, TimePoint deadline, std::vector<Rows>& answers, SqlError& error);

  bool encrypted() const;    // TLS on our connection
  int serverVersion() const; // 150018
  // The server process, as the connection's start told it. Behind a pooler it is another number than what
  // pg_backend_pid() says: where both are equal, the session is direct and keeps its server process.
  std::uint32_t backendPid() const;
  bool lost() const;

private:
  struct State;
  explicit Session(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

std::vector<std::string> clientLibraries(); // "libpqxx 6.4.5", "libpq 15.18"

} // namespace whichbase::pg
