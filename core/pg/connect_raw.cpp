#include "pg/connect_raw.h"

#include <locale.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <cerrno>

namespace whichbase::pg {
namespace {

bool contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

std::string trimmed(std::string text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
    text.pop_back();
  const auto first = text.find_first_not_of(" \t\n");
  return first == std::string::npos ? std::string() : text.substr(first);
}

// With PQERRORS_VERBOSE a server's message reads "FATAL:  28P01: password authentication failed …": the SQLSTATE is
// found by its form, since the words before and behind it are in the server's language.
std::string takeSqlState(std::string& text) {
  for (auto at = text.find(":  "); at != std::string::npos; at = text.find(":  ", at + 1)) {
    const auto start = at + 3;
    if (text.size() < start + 7 || text.compare(start + 5, 2, ": ") != 0)
      continue;
    const std::string state = text.substr(start, 5);
    const bool looksRight = std::all_of(
        state.begin(), state.end(), [](unsigned char c) { return std::isdigit(c) || (std::isupper(c) && c < 128); });
    if (looksRight) {
      text = text.substr(start + 7);
      return state;
    }
  }
  return {};
}

std::string firstLine(const std::string& text) {
  return trimmed(text.substr(0, text.find('\n')));
}

ErrorKind kindOfConnectState(const std::string& state) {
  if (state == "3D000")
    return ErrorKind::missingDatabase;
  if (state == "53300")
    return ErrorKind::tooMany;
  if (state == "57P03" || state == "57P01" || state == "57P02")
    return ErrorKind::starting;
  return ErrorKind::authenticate; // class 28, and whatever else the server refuses a session with
}

// libpq's own, untranslated words.
ErrorKind kindOfLibpqText(const std::string& text) {
  if (contains(text, "received invalid response to SSL negotiation") ||
      contains(text, "expected authentication request") || contains(text, "invalid response to GSSAPI") ||
      contains(text, "unexpected message from server") || contains(text, "lost synchronization"))
    return ErrorKind::notPostgres;
  if (contains(text, "SSL") || contains(text, "certificate"))
    return ErrorKind::tls;
  if (contains(text, "session is ") || contains(text, "server is "))
    return ErrorKind::wrongSession;
  if (contains(text, "no password supplied") || contains(text, "authentication"))
    return ErrorKind::authenticate;
  if (contains(text, "Connection refused"))
    return ErrorKind::refused;
  return ErrorKind::unreachable;
}

SqlError errorOf(PGconn* connection) {
  std::string text = PQerrorMessage(connection);
  SqlError error;
  error.sqlState = takeSqlState(text);
  error.text = firstLine(text);
  // "connection to server at "127.0.0.1", port 5432 failed: …": where it went is told elsewhere, in the user's words.
  if (const auto failed = error.text.find(" failed: "); failed != std::string::npos && error.sqlState.empty())
    error.text = error.text.substr(failed + 9);
  // The rest of a libpq message may stand on the following lines ("\tIs the server running …?").
  error.kind = error.sqlState.empty() ? kindOfLibpqText(text) : kindOfConnectState(error.sqlState);
  return error;
}

// Waits until the socket is ready, the deadline has passed, or all was stopped.
enum class Waited { ready, deadline, stopped };
Waited waitFor(int socket, short events, TimePoint deadline, const Watchdog& watchdog) {
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (watchdog.stopped())
      return Waited::stopped;
    if (left <= 0)
      return Waited::deadline;
    pollfd descriptors[2] = {{socket, events, 0}, {watchdog.stopDescriptor(), POLLIN, 0}};
    const int count = poll(descriptors, 2, static_cast<int>(std::min<long long>(left + 1, 60'000)));
    if (count > 0 && descriptors[1].revents != 0)
      return Waited::stopped;
    if (count > 0 || (count < 0 && errno != EINTR))
      return Waited::ready;
  }
}

// libpq speaks the language of the thread's locale; its words are told apart here, so they must be the untranslated
// ones.
class Untranslated {
public:
  Untranslated()
      : m_plain(newlocale(LC_MESSAGES_MASK, "C", duplocale(uselocale(nullptr)))), m_before(uselocale(m_plain)) {}
  ~Untranslated() {
    uselocale(m_before);
    freelocale(m_plain);
  }
  Untranslated(const Untranslated&) = delete;
  Untranslated& operator=(const Untranslated&) = delete;

private:
  locale_t m_plain;
  locale_t m_before;
};

PGconn* start(const Parameters& parameters) {
  std::vector<const char*> keys, values;
  for (const auto& [key, value] : parameters) {
    keys.push_back(key.c_str());
    values.push_back(value.c_str());
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  return PQconnectStartParams(keys.data(), values.data(), 0);
}

// Tells one socket from the next one, which may get the same number.
ino_t identityOf(int socket) {
  struct stat info{};
  return socket >= 0 && fstat(socket, &info) == 0 ? info.st_ino : 0;
}

// What the other side says first, as far as it is text: PostgreSQL's messages hold their length, in bytes that are
// none.
std::string textHeard(int socket) {
  char buffer[200];
  const ssize_t size = recv(socket, buffer, sizeof buffer, MSG_PEEK | MSG_DONTWAIT);
  std::string text;
  for (ssize_t i = 0; i < size; ++i) {
    const auto c = static_cast<unsigned char>(buffer[i]);
    if (c == '\n' || c == '\r')
      break;
    if ((c < 0x20 && c != '\t') || c == 0x7F)
      return {};
    text += buffer[i];
  }
  constexpr std::size_t shortestText = 2; // one letter answers the wish for TLS
  return size >= static_cast<ssize_t>(shortestText) ? trimmed(text) : std::string();
}

// One attempt under way: libpq's non-blocking calls between our waits.
class Connecting {
public:
  Connecting(PGconn* connection, TimePoint deadline, const Watchdog& watchdog, bool once)
      : m_connection(connection), m_deadline(deadline), m_watchdog(watchdog), m_once(once) {}

  bool finish(SqlError& error) {
    auto state = PQstatus(m_connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    const ino_t first = identityOf(PQsocket(m_connection));
    bool answered = false; // TCP is up: the status has left CONNECTION_STARTED once
    while (state == PGRES_POLLING_READING || state == PGRES_POLLING_WRITING) {
      const Waited waited =
          waitFor(PQsocket(m_connection), state == PGRES_POLLING_READING ? POLLIN : POLLOUT, m_deadline, m_watchdog);
      if (waited != Waited::ready) {
        error.kind = waited == Waited::stopped ? ErrorKind::stopped
                     : answered                ? ErrorKind::silentServer
                                               : ErrorKind::silentNetwork;
        return false;
      }
      if (state == PGRES_POLLING_READING && !m_listened) {
        m_heard = textHeard(PQsocket(m_connection));
        m_listened = true;
      }
      state = PQconnectPoll(m_connection);
      answered = PQstatus(m_connection) != CONNECTION_STARTED;
      if (m_once && state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED &&
          identityOf(PQsocket(m_connection)) != first)
        return fail(error, true);
    }
    return state == PGRES_POLLING_OK || fail(error, false);
  }

private:
  bool fail(SqlError& error, bool wantsAnother) const {
    error = errorOf(m_connection);
    error.wantsAnother = wantsAnother;
    if (!m_heard.empty() && error.sqlState.empty()) {
      error.kind = ErrorKind::notPostgres;
      error.heard = m_heard;
    }
    return false;
  }

  PGconn* const m_connection;
  const TimePoint m_deadline;
  const Watchdog& m_watchdog;
  const bool m_once;
  bool m_listened = false;
  std::string m_heard;
};

} // namespace

ErrorKind kindOfState(const std::string& sqlState) {
  if (sqlState == "42501")
    return ErrorKind::privilege;
  if (sqlState == "57014")
    return ErrorKind::timeout;
  if (sqlState == "55P03")
    return ErrorKind::locked;
  if (sqlState == "57P01" || sqlState == "57P02" || sqlState == "25P03")
    return ErrorKind::lost;
  return ErrorKind::sql;
}

PGconn* connectRaw(const Parameters& parameters, TimePoint deadline, const Watchdog& watchdog, bool once,
                   SqlError& error) {
  const Untranslated untranslated;
  PGconn* const connection = start(parameters);
  if (connection == nullptr) {
    error = {ErrorKind::unreachable, {}, "out of memory"};
    return nullptr;
  }
  PQsetNoticeProcessor(connection, [](void*, const char*) {}, nullptr);
  PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);
  if (!Connecting(connection, deadline, watchdog, once).finish(error)) {
    PQfinish(connection);
    return nullptr;
  }
  PQsetErrorVerbosity(connection, PQERRORS_DEFAULT);
  PQsetnonblocking(connection, 0);
  return connection;
}

} // namespace whichbase::pg
