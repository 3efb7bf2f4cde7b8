#include "probe/connect_target.h"

#include "probe/connect_failure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace whichbase::probe {
namespace {

using pg::ErrorKind;
using topology::Failure;
using topology::Stage;

// One address to try: what libpq calls host, hostaddr and port, and which of the target's endpoints it is.
struct Address {
  std::string host, hostaddr, port;
  std::size_t endpoint = 0;
};

// What stands in for the target's own values in one attempt.
struct Instead {
  std::optional<std::string> database{};
  std::string sslmode{};
  std::string sessionAttributes{};
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

pg::Parameters parametersFor(const Target& target, const Address& address, const Instead& instead) {
  pg::Parameters parameters;
  const auto replaced = [&](const std::string& key) {
    return (instead.database && key == "dbname") || (!instead.sslmode.empty() && key == "sslmode") ||
           (!instead.sessionAttributes.empty() && key == "target_session_attrs");
  };
  for (const auto& [key, value] : target.parameters)
    if (!isOurs(key) && !replaced(key))
      parameters.emplace_back(key, value);
  const auto setUnlessGiven = [&](const char* key, const std::string& value) {
    if (std::ranges::none_of(parameters, [&](const auto& entry) { return entry.first == key; }))
      parameters.emplace_back(key, value);
  };
  parameters.emplace_back("host", address.host);
  if (!address.hostaddr.empty())
    parameters.emplace_back("hostaddr", address.hostaddr);
  parameters.emplace_back("port", address.port);
  if (instead.database)
    parameters.emplace_back("dbname", *instead.database);
  if (!instead.sslmode.empty())
    parameters.emplace_back("sslmode", instead.sslmode);
  if (!instead.sessionAttributes.empty())
    parameters.emplace_back("target_session_attrs", instead.sessionAttributes);
  if (address.endpoint < target.hostPasswords.size() && !target.hostPasswords[address.endpoint].empty())
    setUnlessGiven("password", target.hostPasswords[address.endpoint]);
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
  const auto endpoints = connection::endpoints(target.parameters);
  for (std::size_t at = 0; at < endpoints.size(); ++at) {
    const auto& endpoint = endpoints[at];
    const std::string port = std::to_string(endpoint.port);
    if (!endpoint.hostaddr.empty() || endpoint.host.starts_with('/')) {
      addresses.push_back({endpoint.host, endpoint.hostaddr, port, at});
      continue;
    }
    // Names resolve where the route leads.
    if (target.via.isElsewhere()) {
      addresses.push_back({endpoint.host, {}, port, at});
      continue;
    }
    const route::Addresses resolved = resolver.resolve(endpoint.host, deadline);
    for (const auto& numeric : resolved.numeric)
      addresses.push_back({endpoint.host, numeric, port, at});
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

// The text of one place: where it is, and which way leads there.
std::string placeText(const std::string& place, const route::Via& via) {
  return via.isElsewhere() ? fmt::format("{} through {}", place, route::nameOf(via)) : place;
}

// Tries a target's addresses, one after the other.
class Walk {
public:
  Walk(const Target& target, const Means& means, pg::TimePoint deadline, const std::optional<std::string>& database)
      : m_target(target), m_means(means), m_deadline(deadline), m_database(database) {}

  std::unique_ptr<pg::Session> run(const std::vector<Address>& addresses);
  Failure failure() const { return m_failure; }

private:
  using Clock = pg::Clock;
  std::unique_ptr<pg::Session> tryAddress(const Address& address, Instead instead, pg::TimePoint until);
  std::unique_ptr<pg::Session> tryDirect(const Address& address, const Instead& instead, pg::TimePoint until);
  std::unique_ptr<pg::Session> tryThrough(const Address& address, const Instead& instead, pg::TimePoint until);
  void noteFailure(const pg::SqlError& error, const Address& address, pg::TimePoint start);

  const Target& m_target;
  const Means& m_means;
  const pg::TimePoint m_deadline;
  const std::optional<std::string> m_database;
  pg::SqlError m_error;
  Failure m_failure;
};

void Walk::noteFailure(const pg::SqlError& error, const Address& address, pg::TimePoint start) {
  const std::string host = address.host.empty() ? address.hostaddr : address.host;
  const std::string at = placeText(fmt::format("{}:{}", host, address.port), m_target.via);
  m_failure = connectFailure(error, m_target, at, start);
}

std::unique_ptr<pg::Session> Walk::tryDirect(const Address& address, const Instead& instead, pg::TimePoint until) {
  const pg::TimePoint start = Clock::now();
  m_error = {};
  auto session = pg::Session::connect(parametersFor(m_target, address, instead), until, m_means.watchdog, m_error);
  if (session == nullptr)
    noteFailure(m_error, address, start);
  return session;
}

// One tunnel, one connection.
std::unique_ptr<pg::Session> Walk::tryThrough(const Address& address, const Instead& instead, pg::TimePoint until) {
  const pg::TimePoint start = Clock::now();
  const std::string host = address.hostaddr.empty() ? address.host : address.hostaddr;
  auto tunnel = m_means.routes.open(m_target.via, host, std::stoi(address.port), until, m_means.stop);
  m_error = {};
  if (!tunnel) {
    m_failure = routeFailure(tunnel.error());
    m_error.kind = ErrorKind::unreachable;
    return nullptr;
  }
  const std::shared_ptr<route::Tunnel> carrier = std::move(*tunnel);
  const Address entrance{address.host, "127.0.0.1", std::to_string(carrier->port()), address.endpoint};
  auto session = pg::Session::connect(parametersFor(m_target, entrance, instead), until, m_means.watchdog, m_error,
                                      {.once = true, .carrier = carrier});
  if (session != nullptr)
    return session;
  noteFailure(m_error, address, start);
  if (serverSpoke(m_error) || m_error.kind == ErrorKind::stopped)
    return nullptr;
  const auto outcome = carrier->outcome(m_deadline);
  // What a command prints instead of PostgreSQL's answer says more than how it ended.
  if (!outcome && m_error.heard.empty())
    m_failure = routeFailure(outcome.error());
  else if (m_error.kind == ErrorKind::notPostgres && m_target.via.kind == route::Via::Kind::command)
    m_failure.stage = Stage::route;
  return nullptr;
}

// libpq's own second attempts are made here, each over a tunnel of its own: sslmode=prefer without TLS where that with
// TLS failed, and allow the other way round.
std::unique_ptr<pg::Session> Walk::tryAddress(const Address& address, Instead instead, pg::TimePoint until) {
  if (!m_target.via.isElsewhere())
    return tryDirect(address, instead, until);
  auto session = tryThrough(address, instead, until);
  const std::string mode = connection::valueOf(m_target.parameters, "sslmode");
  if (session != nullptr || !m_error.wantsAnother || Clock::now() >= until)
    return session;
  const bool plainNext = mode.empty() || mode == "prefer";
  if (!plainNext && mode != "allow")
    return nullptr;
  const Failure first = m_failure;
  instead.sslmode = plainNext ? "disable" : "require";
  session = tryThrough(address, instead, until);
  if (session == nullptr && m_failure.text != first.text) {
    const std::string second = m_failure.text;
    m_failure = first;
    m_failure.text += fmt::format("; {} encryption: {}", plainNext ? "without" : "with", second);
  }
  return session;
}

std::unique_ptr<pg::Session> Walk::run(const std::vector<Address>& addresses) {
  // libpq asks every host for a standby before it takes any session; and each tunnel carries one connection only.
  std::vector<std::string> passes{""};
  if (m_target.via.isElsewhere() &&
      connection::valueOf(m_target.parameters, "target_session_attrs") == "prefer-standby")
    passes = {"standby", "any"};
  std::size_t left = addresses.size() * passes.size();
  for (const auto& pass : passes) {
    for (const Address& address : addresses) {
      const auto time = m_deadline - Clock::now();
      const auto share = std::max<pg::Clock::duration>(time / static_cast<long>(left--),
                                                       std::min<pg::Clock::duration>(time, std::chrono::seconds(1)));
      auto session = tryAddress(address, {m_database, {}, pass}, Clock::now() + share);
      if (session != nullptr || !mayTryNext(m_error.kind) || Clock::now() >= m_deadline)
        return session;
    }
  }
  return nullptr;
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

std::vector<std::string> secretsOf(const Target& target) {
  auto secrets = connection::secretsOf(target.parameters);
  for (const auto& password : target.hostPasswords)
    if (!password.empty())
      secrets.push_back(password);
  return secrets;
}

std::string placeOf(const Target& target) {
  return placeText(addressOf(target), target.via);
}

std::expected<Connected, Failure> connectTarget(const Target& target, const Means& means, pg::TimePoint deadline,
                                                const std::optional<std::string>& database) {
  Connected connected;
  const pg::TimePoint start = pg::Clock::now();
  auto addresses = addressesOf(target, means.resolver, deadline);
  if (!addresses)
    return std::unexpected(addresses.error());
  connected.timingsMs["resolve"] = millisecondsSince(start);
  const pg::TimePoint connectStart = pg::Clock::now();
  Walk walk(target, means, deadline, database);
  connected.session = walk.run(*addresses);
  connected.timingsMs["connect"] = millisecondsSince(connectStart);
  if (connected.session != nullptr)
    return connected;
  Failure failure = walk.failure();
  failure.text = connection::redact(failure.text, secretsOf(target));
  failure.remedy = connection::redact(failure.remedy, secretsOf(target));
  return std::unexpected(std::move(failure));
}

} // namespace whichbase::probe
