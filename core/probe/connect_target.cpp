#include "probe/connect_target.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace whichbase::probe {
namespace {

using pg::ErrorKind;
using topology::Failure;
using topology::Stage;

// A path that cannot exist: what a string leaves open must not come from this computer's home folder.
constexpr const char* nowhere = "/dev/null/none";

// One address to try: what libpq calls host, hostaddr and port.
struct Address {
  std::string host, hostaddr, port;
};

bool isOurs(std::string_view key) {
  static constexpr std::array keys{"host",
                                   "hostaddr",
                                   "port",
                                   "application_name",
                                   "passfile",
                                   "service",
                                   "client_encoding",
                                   "fallback_application_name",
                                   "connect_timeout",
                                   "replication"};
  return std::ranges::find(keys, key) != keys.end();
}

pg::Parameters parametersFor(const Target& target, const Address& address, const std::optional<std::string>& database) {
  pg::Parameters parameters;
  for (const auto& [key, value] : target.parameters)
    if (!isOurs(key) && !(database && key == "dbname"))
      parameters.emplace_back(key, value);
  const auto setUnlessGiven = [&](const char* key, const std::string& value) {
    if (std::ranges::none_of(parameters, [&](const auto& entry) { return entry.first == key; }))
      parameters.emplace_back(key, value);
  };
  parameters.emplace_back("host", address.host);
  if (!address.hostaddr.empty())
    parameters.emplace_back("hostaddr", address.hostaddr);
  parameters.emplace_back("port", address.port);
  if (database)
    parameters.emplace_back("dbname", *database);
  parameters.emplace_back("application_name", "whichbase");
  parameters.emplace_back("client_encoding", "UTF8");
  parameters.emplace_back("passfile", nowhere);
  setUnlessGiven("dbname", connection::valueOf(target.parameters, "user"));
  setUnlessGiven("gssencmode", "disable");
  for (const char* key : {"sslcert", "sslkey", "sslrootcert", "sslcrl"})
    setUnlessGiven(key, nowhere);
  return parameters;
}

// After these libpq would go on to the next address, too.
bool mayTryNext(ErrorKind kind) {
  return kind == ErrorKind::refused || kind == ErrorKind::unreachable || kind == ErrorKind::silentNetwork ||
         kind == ErrorKind::silentServer || kind == ErrorKind::wrongSession || kind == ErrorKind::starting ||
         kind == ErrorKind::tooMany;
}

std::expected<std::vector<Address>, Failure> addressesOf(const Target& target, route::Resolver& resolver,
                                                         pg::TimePoint deadline) {
  std::vector<Address> addresses;
  std::optional<Failure> failure;
  for (const auto& endpoint : connection::endpoints(target.parameters)) {
    const std::string port = std::to_string(endpoint.port);
    if (!endpoint.hostaddr.empty() || endpoint.host.starts_with('/')) {
      addresses.push_back({endpoint.host, endpoint.hostaddr, port});
      continue;
    }
    const route::Addresses resolved = resolver.resolve(endpoint.host, deadline);
    for (const auto& numeric : resolved.numeric)
      addresses.push_back({endpoint.host, numeric, port});
    if (resolved.numeric.empty())
      failure = Failure{Stage::resolve,
                        resolved.problem,
                        resolved.timedOut ? "Check this computer's name service, or write the address as a number."
                                          : "Check the name. If only the server's own network knows it, it cannot be "
                                            "looked up from this computer.",
                        false,
                        {}};
  }
  if (addresses.empty())
    return std::unexpected(failure.value_or(Failure{Stage::configuration,
                                                    "the connection string names no host",
                                                    "Write the host into the connection string.",
                                                    false,
                                                    {}}));
  return addresses;
}

std::string secondsText(pg::TimePoint start) {
  return fmt::format("{:.1f} s", millisecondsSince(start) / 1000);
}

Failure connectFailure(const pg::SqlError& error, const std::string& at, pg::TimePoint start) {
  switch (error.kind) {
  case ErrorKind::refused:
    return {Stage::connect,
            fmt::format("connection refused by {}", at),
            "Is PostgreSQL running there, and is the port right?",
            false,
            {}};
  case ErrorKind::silentNetwork:
    return {Stage::deadline,
            fmt::format("no answer from {} in {}", at, secondsText(start)),
            "Is the address right, and does a firewall drop the connection?",
            false,
            {}};
  case ErrorKind::silentServer:
    return {Stage::deadline,
            fmt::format("{} accepted the connection and then said nothing for {}", at, secondsText(start)),
            "Is it PostgreSQL that listens there, and does it still run? A stopped or overloaded one looks like this.",
            false,
            {}};
  case ErrorKind::notPostgres:
    return {Stage::connect,
            fmt::format("what listens at {} does not speak PostgreSQL's protocol", at),
            "Check the port: this may be a web server or another database.",
            false,
            {}};
  case ErrorKind::tls:
    if (error.text.find(nowhere) != std::string::npos)
      return {Stage::configuration,
              "sslmode asks for a verified certificate, but the string names no sslrootcert",
              "Add sslrootcert with the file of the certificate authority on this computer.",
              false,
              {}};
    return {Stage::connect,
            fmt::format("no encrypted connection with {}: {}", at, error.text),
            "Check sslmode and sslrootcert in the connection string.",
            false,
            {}};
  case ErrorKind::missingDatabase:
    return {Stage::authenticate, error.text, "Check the database name in the connection string.", true, {}};
  case ErrorKind::tooMany:
    return {Stage::connect,
            fmt::format("{} has no free connection: {}", at, error.text),
            "Its connections are used up; try again, or lower --per-endpoint.",
            false,
            {}};
  case ErrorKind::starting:
    return {Stage::connect, error.text, "Wait until it has started, and probe again.", false, {}};
  case ErrorKind::wrongSession:
    return {Stage::connect,
            fmt::format("{}: {}", at, error.text),
            "No host of the connection string meets its target_session_attrs.",
            false,
            {}};
  case ErrorKind::authenticate: {
    const bool tlsWanted = error.sqlState == "28000";
    return {Stage::authenticate,
            error.text,
            tlsWanted ? "Check user, pg_hba.conf and sslmode: this server may accept encrypted connections only."
                      : "Check user and password.",
            false,
            {}};
  }
  case ErrorKind::stopped:
    return {Stage::deadline, "cancelled", "Probe again.", false, {}};
  default:
    return {Stage::connect,
            fmt::format("{} cannot be reached: {}", at, error.text),
            "Check address and network.",
            false,
            {}};
  }
}

} // namespace

double millisecondsSince(pg::TimePoint start) {
  return std::chrono::duration<double, std::milli>(pg::Clock::now() - start).count();
}

std::string addressOf(const Target& target) {
  std::string text;
  for (const auto& endpoint : connection::endpoints(target.parameters)) {
    const std::string host = endpoint.host.empty() ? endpoint.hostaddr : endpoint.host;
    const bool isV6 = host.find(':') != std::string::npos;
    text += fmt::format("{}{}:{}", text.empty() ? "" : ", ", isV6 ? "[" + host + "]" : host, endpoint.port);
  }
  return text;
}

Failure failureOf(const pg::SqlError& error, const Target& target) {
  switch (error.kind) {
  case ErrorKind::deadline:
    return {Stage::deadline,
            fmt::format("{} stopped answering after the connection was made", addressOf(target)),
            "It may be overloaded or stopped. Probe again.",
            false,
            {}};
  case ErrorKind::stopped:
    return {Stage::deadline, "cancelled", "Probe again.", false, {}};
  case ErrorKind::lost:
    return {Stage::query,
            fmt::format("{} ended the connection in the middle of the probe", addressOf(target)),
            "It was restarted or it ended our session. Probe again.",
            false,
            {}};
  default:
    return {Stage::query,
            connection::redact(error.text, connection::secretsOf(target.parameters)),
            "Probe again; if it stays, this server may not be PostgreSQL.",
            false,
            {}};
  }
}

std::expected<Connected, Failure> connectTarget(const Target& target, route::Resolver& resolver, pg::Watchdog& watchdog,
                                                pg::TimePoint deadline, const std::optional<std::string>& database) {
  Connected connected;
  const pg::TimePoint start = pg::Clock::now();
  auto addresses = addressesOf(target, resolver, deadline);
  if (!addresses)
    return std::unexpected(addresses.error());
  connected.timingsMs["resolve"] = millisecondsSince(start);

  std::optional<Failure> failure;
  const pg::TimePoint connectStart = pg::Clock::now();
  for (std::size_t at = 0; at < addresses->size(); ++at) {
    const Address& address = addresses->at(at);
    const auto left = deadline - pg::Clock::now();
    const auto share = std::max<pg::Clock::duration>(left / static_cast<long>(addresses->size() - at),
                                                     std::min<pg::Clock::duration>(left, std::chrono::seconds(1)));
    pg::SqlError error;
    const pg::TimePoint attemptStart = pg::Clock::now();
    connected.session =
        pg::Session::connect(parametersFor(target, address, database), attemptStart + share, watchdog, error);
    if (connected.session != nullptr) {
      connected.timingsMs["connect"] = millisecondsSince(connectStart);
      return connected;
    }
    const std::string where = address.host.empty() ? address.hostaddr : address.host;
    failure = connectFailure(error, fmt::format("{}:{}", where, address.port), attemptStart);
    if (!mayTryNext(error.kind) || pg::Clock::now() >= deadline)
      break;
  }
  failure->text = connection::redact(failure->text, connection::secretsOf(target.parameters));
  return std::unexpected(*failure);
}

} // namespace whichbase::probe
