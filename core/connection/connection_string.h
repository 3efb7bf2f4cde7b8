// A connection string as a server has it configured: read strictly by libpq, read as other drivers read it, masked,
// and encoded safely. Pure text; nothing here opens a connection.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace whichbase::connection {

// Key and value as libpq knows them ("host", "port", "user", "password", "dbname", "sslmode", …), in the order written.
// Only what the string says: libpq's defaults and the environment are not in it.
using Parameters = std::vector<std::pair<std::string, std::string>>;

std::string valueOf(const Parameters& parameters, std::string_view key); // "" when absent

struct Error {
  std::string text;   // redacted; one sentence
  std::string remedy; // what to do next
  bool operator==(const Error&) const = default;
};

// How one driver reads a string. A part that the driver finds absent is nullopt. Parts that would show (a piece of) the
// password hold "***" instead.
struct Reading {
  std::string driver; // "libpq", "asyncpg", "SQLAlchemy", "node-postgres", "pgx", "Ruby"
  bool accepts = false;
  std::optional<std::string> user, host, port, dbname;
  std::optional<std::string> problem; // why it refuses, or what is wrong with what it reads; no password in it
  bool operator==(const Reading&) const = default;
};

// A string that was understood as its author meant it.
struct ConnectionString {
  Parameters parameters; // holds the password where there is one: for connecting, never for showing
  std::string masked;    // as written, every password shown as ***
  bool isUrl = false;
  bool libpqAgrees = false;       // libpq reads it to the same parts
  std::vector<std::string> lacks; // of "user", "host", "dbname"
  bool passwordIsMask = false;    // the password is "***" or the like: a copy of something masked
  std::string readDifferently;    // one sentence where drivers disagree; empty otherwise
  std::vector<std::string> notes; // sentences on what was left out or translated: "Prisma's schema= is not used."
};

// Either `value` or `error` is set.
struct ParseResult {
  std::optional<ConnectionString> value;
  Error error;
};

// Reads a URL (postgresql://, postgres://; also postgresql+driver:// and jdbc:postgresql:// as other programs write
// them), or a libpq key/value string. Surrounding quotes and white space are taken off. Refuses other schemes with
// what to do. An unescaped @ in user or password, and #, / or ? in the password are read as meant where that is
// unambiguous, else refused.
ParseResult parse(std::string_view text);

// What each of the six drivers makes of the string; see facts in driver_readings.cpp for the sources.
std::vector<Reading> readings(std::string_view text);

// The URL that every driver reads the same way: percent-encoded, parameters kept. With the real password for the
// clipboard, masked for showing.
std::string safeUrl(const ConnectionString& connection, bool masked);

// The text with every password in it shown as ***: URL user info, password=, sslpassword=, PGPASSWORD=, and each
// `secrets` element (and its percent-encoded form) wherever it stands. For every error text and log line.
std::string redact(std::string_view text, const std::vector<std::string>& secrets = {});

// Masks just one connection string, whether it can be read or not: what cannot be read safely is masked generously.
std::string mask(std::string_view connectionString);

// host and port of each host that the string names; a Unix socket directory starts with '/'. Ports default to 5432.
struct Endpoint {
  std::string host;
  std::string hostaddr;
  int port = 5432;
  bool operator==(const Endpoint&) const = default;
};
std::vector<Endpoint> endpoints(const Parameters& parameters);
// "203.0.113.196:5432", "[::1]:5432", "/var/run/postgresql:5432"; several with ", " between; "" without a host.
std::string endpointText(const Parameters& parameters);

// What must never be shown: the values of password and sslpassword that are not empty. For redact().
std::vector<std::string> secretsOf(const Parameters& parameters);

// A host that means another machine on every computer: localhost, *.localhost, 127.x, ::1, 0.0.0.0, ::, a Unix socket
// directory ('/' or '@' first), and no host at all.
bool isThisComputer(std::string_view host);
// A name without a dot that is no address ("postgres"): a container or a short name, which may mean another machine
// elsewhere. localhost is not one.
bool isSingleLabel(std::string_view host);

// The password in a URL or key/value string stands there as text, not as ${NAME}. False without a password.
bool passwordIsLiteral(std::string_view urlAsWritten);

// Removes every PG* variable from the environment, so that this computer's settings play no part. Call first in main(),
// before any thread starts. Returns what was removed, since a project may still name one: ${PGPASSWORD}.
std::map<std::string, std::string> dropPgEnvironment();

} // namespace whichbase::connection
