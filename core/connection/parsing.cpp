#include "connection/characters.h"
#include "connection/connection_string.h"
#include "connection/driver_readings.h"
#include "connection/foreign_parameters.h"
#include "connection/key_values.h"
#include "connection/keywords.h"
#include "connection/libpq_reading.h"
#include "connection/password_masks.h"
#include "connection/percent.h"
#include "connection/schemes.h"
#include "connection/url_shape.h"
#include "connection/written.h"

#include <fmt/format.h>

#include <array>

namespace whichbase::connection {

namespace {

constexpr const char* form = "Write it as postgresql://user:password@host:5432/dbname";
constexpr const char* escapes =
    "in user name and password write @ as %40, : as %3A, / as %2F, # as %23, ? as %3F and % as %25";

// The first thing that went wrong while parts are taken from a URL, so that the code that takes them reads straight.
class Parts {
public:
  explicit Parts(std::string_view text) : m_text(text) {}

  std::string decoded(Span span, std::string_view what) {
    if (auto value = percentDecoded(span.in(m_text))) {
      return *value;
    }
    fail(fmt::format("A % in the {} of this URL is not followed by two hexadecimal digits other than 00.", what),
         "Write a plain % as %25.");
    return {};
  }
  void fail(std::string text, std::string remedy) {
    if (m_error.text.empty()) {
      m_error = {std::move(text), std::move(remedy)};
    }
  }
  std::string_view text() const { return m_text; }
  const Error& error() const { return m_error; }

private:
  std::string_view m_text;
  Error m_error;
};

bool isPort(std::string_view text) {
  return isNumber(text) && text.size() <= 5 && std::stoi(std::string(text)) >= 1 &&
         std::stoi(std::string(text)) <= 65535;
}

// Each port of a comma-separated list must be one, or empty.
void checkPorts(Parts& parts, const std::string& ports) {
  std::size_t at = 0;
  while (at <= ports.size()) {
    const auto comma = std::min(ports.find(',', at), ports.size());
    const auto port = trimmed(std::string_view(ports).substr(at, comma - at));
    if (!port.empty() && !isPort(port)) {
      const bool shown = isNumber(port) && port.size() < 12;
      parts.fail(fmt::format("The port{} is no number between 1 and 65535.", shown ? fmt::format(" {}", port) : ""),
                 "Give the port that PostgreSQL listens on, usually 5432.");
    }
    at = comma + 1;
  }
}

std::size_t lengthOf(const std::string& list) {
  return static_cast<std::size_t>(std::ranges::count(list, ',')) + 1;
}

// What libpq refuses when it connects, told before.
void checkParameters(Parts& parts, const Parameters& parameters) {
  checkPorts(parts, valueOf(parameters, "port"));
  const auto host = valueOf(parameters, "host");
  const auto hostaddr = valueOf(parameters, "hostaddr");
  const auto hosts = lengthOf(hostaddr.empty() ? host : hostaddr);
  if (const auto ports = lengthOf(valueOf(parameters, "port")); ports != 1 && ports != hosts) {
    parts.fail(fmt::format("The string names {} ports for {} host{}.", ports, hosts, hosts == 1 ? "" : "s"),
               "Give one port for all hosts, or one for each.");
  }
  if (!host.empty() && !hostaddr.empty() && lengthOf(host) != hosts) {
    parts.fail(fmt::format("The string names {} addresses (hostaddr) for {} hosts.", hosts, lengthOf(host)),
               "Give one address for each host, or none.");
  }
  constexpr std::array<std::string_view, 7> modes{"",        "disable",   "allow",      "prefer",
                                                  "require", "verify-ca", "verify-full"};
  if (std::ranges::find(modes, valueOf(parameters, "sslmode")) == modes.end()) {
    parts.fail("The sslmode of the string is none that libpq knows.",
               "Give one of disable, allow, prefer, require, verify-ca and verify-full.");
  }
}

// host and port lists as libpq has them: "a,b" and "5432,5433", no port list where no port is written.
void addHosts(Parts& parts, const UrlShape& shape, Parameters& parameters) {
  std::string hosts;
  std::string ports;
  bool anyPort = false;
  for (const auto& host : shape.hosts) {
    const bool first = &host == &shape.hosts.front();
    hosts += (first ? "" : ",") + parts.decoded(host.name, "host");
    ports += (first ? "" : ",") + std::string(host.port ? host.port->in(parts.text()) : "");
    anyPort = anyPort || (host.port && !host.port->empty());
  }
  if (hosts.find_first_not_of(',') != std::string::npos) {
    parameters.emplace_back("host", hosts);
  }
  if (anyPort) {
    parameters.emplace_back("port", ports);
  }
}

// SQLAlchemy's several hosts: ?host=db1:5432&host=db2:5433.
void addSqlAlchemyHost(Parameters& parameters, const std::string& value, bool again) {
  const auto colon = value.rfind(':');
  const bool withPort = colon != std::string::npos && value.find(':') == colon && isPort(value.substr(colon + 1));
  const auto host = withPort ? value.substr(0, colon) : value;
  const auto port = withPort ? value.substr(colon + 1) : std::string();
  const auto join = [&](const char* key, const std::string& part) {
    const auto found = std::ranges::find(parameters, key, &Parameters::value_type::first);
    if (found == parameters.end()) {
      parameters.emplace_back(key, part);
    } else {
      found->second = again ? found->second + "," + part : part;
    }
  };
  join("host", host);
  if (withPort || (again && !valueOf(parameters, "port").empty())) {
    join("port", port);
  }
}

void addQuery(Parts& parts, const UrlShape& shape, ConnectionString& connection) {
  const bool jdbc = shape.scheme.starts_with("jdbc:");
  const bool sqlAlchemy = shape.scheme.find('+') != std::string::npos;
  bool hostSeen = false;
  for (const auto& part : shape.query) {
    const auto key = parts.decoded(part.key, "parameters");
    auto value = parts.decoded(part.value, isSecretKey(key) ? "password" : "parameters");
    if (jdbc) { // java.net.URLDecoder: + is a space
      std::string written(part.value.in(parts.text()));
      std::ranges::replace(written, '+', ' ');
      value = percentDecodedLoosely(written);
    }
    if (sqlAlchemy && key == "host") {
      addSqlAlchemyHost(connection.parameters, value, hostSeen);
      hostSeen = true;
      continue;
    }
    addParameter(connection.parameters, connection.notes, key, value, jdbc);
  }
}

Error parseUrl(std::string_view text, ConnectionString& connection) {
  if (auto refusal = refusalOf(schemeOf(text))) {
    return *refusal;
  }
  const auto reading = readUrl(text);
  if (reading.meaning == UrlMeaning::ambiguous) {
    return {"This URL can be read in more than one way: an @, / or # stands unescaped in it.",
            fmt::format("{}; {}.", form, escapes)};
  }
  if (reading.meaning == UrlMeaning::unreadable) {
    return {"This URL cannot be taken apart: behind user name and password, no host with a port number follows.",
            fmt::format("{}; {}.", form, escapes)};
  }
  const auto& shape = reading.shape;
  Parts parts(text);
  connection.isUrl = true;
  auto& parameters = connection.parameters;
  if (shape.user && !shape.user->empty()) {
    parameters.emplace_back("user", parts.decoded(*shape.user, "user name"));
  }
  if (shape.password && !shape.password->empty()) {
    parameters.emplace_back("password", parts.decoded(*shape.password, "password"));
  }
  addHosts(parts, shape, parameters);
  if (shape.dbname && !shape.dbname->empty()) {
    parameters.emplace_back("dbname", parts.decoded(*shape.dbname, "database name"));
  }
  addQuery(parts, shape, connection);
  checkParameters(parts, parameters);
  return parts.error();
}

Error parseKeyValues(std::string_view text, ConnectionString& connection) {
  const auto values = readKeyValues(text);
  const auto last = values.pairs.empty() ? std::string_view() : values.pairs.back().key.in(text);
  const auto named = isKnownKeyword(last) ? fmt::format("the value of {}", last) : std::string("a value");
  const bool semicolons = text.find(';') != std::string_view::npos && !isKnownKeyword(text.substr(0, text.find('=')));
  if (semicolons) {
    return {"This looks like a .NET (Npgsql) connection string; Whichbase reads URLs and libpq's key=value form.",
            fmt::format("{}, or as host=… port=5432 user=… password=… dbname=….", form)};
  }
  switch (values.fault) {
  case KeyValueFault::missingEquals:
  case KeyValueFault::afterPassword:
    return {fmt::format("After {}, something stands that is no key=value.", named),
            "Put a value that holds a space into single quotes: password='two words'."};
  case KeyValueFault::unfinishedQuote:
    return {fmt::format("The quote that opens {} is not closed.", named),
            "Close it with ', and write a ' inside a value as \\'."};
  case KeyValueFault::none:
    break;
  }
  Parts parts(text);
  for (const auto& pair : values.pairs) {
    addParameter(connection.parameters, connection.notes, std::string(pair.key.in(text)), pair.text, false);
  }
  checkParameters(parts, connection.parameters);
  return parts.error();
}

Error parseBare(std::string_view text, ConnectionString& connection) {
  if (text.empty()) {
    return {"The connection string is empty.",
            "Give the server's DATABASE_URL: postgresql://user:password@host:5432/dbname."};
  }
  if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
    return {"The connection string holds a line break or another control character.",
            "Give one connection string, on one line."};
  }
  if (!schemeOf(text).empty()) {
    return parseUrl(text, connection);
  }
  if (looksLikeKeyValues(text)) {
    return parseKeyValues(text, connection);
  }
  if (text.starts_with("jdbc:postgresql:")) {
    return {"This JDBC URL names no host: it leads to PostgreSQL on the server's own computer.",
            "Write it as jdbc:postgresql://host:5432/dbname."};
  }
  return {"This is no connection string: it neither starts with postgresql:// nor holds key=value.",
          fmt::format("{}.", form)};
}

bool readsTheSame(std::string_view text, Parameters meant) {
  auto strict = readByLibpq(std::string(text));
  const auto noPart = [](const auto& pair) { return isLeftOut(pair.first) || pair.second.empty(); };
  std::erase_if(strict.parameters, noPart);
  std::erase_if(meant, noPart);
  std::ranges::sort(strict.parameters);
  std::ranges::sort(meant);
  return strict.accepts && strict.parameters == meant;
}

} // namespace

ParseResult parse(std::string_view text) {
  ConnectionString connection;
  const auto bare = bareSpan(text).in(text);
  if (auto error = parseBare(bare, connection); !error.text.empty()) {
    return {std::nullopt, std::move(error)};
  }
  const auto& parameters = connection.parameters;
  connection.masked = mask(trimmed(text));
  connection.libpqAgrees = readsTheSame(trimmed(text), parameters);
  for (const auto* key : {"user", "host", "dbname"}) {
    const bool byAddress = std::string_view(key) == "host" && !valueOf(parameters, "hostaddr").empty();
    if (valueOf(parameters, key).empty() && !byAddress) {
      connection.lacks.emplace_back(key);
    }
  }
  connection.passwordIsMask = isPasswordMask(valueOf(parameters, "password"));
  connection.readDifferently = disagreement(bare);
  return {std::move(connection), {}};
}

} // namespace whichbase::connection
