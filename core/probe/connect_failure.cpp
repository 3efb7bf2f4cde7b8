#include "probe/connect_failure.h"

#include "probe/connect_target.h"

#include <fmt/format.h>

namespace whichbase::probe {
namespace {

using pg::ErrorKind;
using topology::Failure;
using topology::Stage;

std::string secondsText(pg::TimePoint start) {
  return fmt::format("{:.1f} s", millisecondsSince(start) / 1000);
}

// The server asks for a password that nobody gave, or lets this user not in.
Failure refusal(const pg::SqlError& error, const Target& target, const std::string& speaker) {
  Failure failure{Stage::authenticate, speaker + error.text, "Check user and password.", false, {}};
  if (error.sqlState == "28000")
    failure.remedy = "Check user, pg_hba.conf and sslmode: this server may accept encrypted connections only.";
  if (error.text.find("no password supplied") != std::string::npos) {
    failure.text = speaker + "the server asks for a password, and there is none";
    failure.remedy = "Give the password: in the string, by a ${NAME}, password_command or ~/.pgpass, or when asked.";
    failure.passwordMissing = true;
  }
  if (!target.passwordNote.empty())
    failure.remedy += " " + target.passwordNote;
  return failure;
}

} // namespace

Failure connectFailure(const pg::SqlError& error, const Target& target, const std::string& at, pg::TimePoint start) {
  // What the server says of itself needs no address; through a route it is not clear at once which server speaks.
  const std::string speaker = target.via.isElsewhere() ? at + ": " : std::string();
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
            error.heard.empty() ? fmt::format("what listens at {} does not speak PostgreSQL's protocol", at)
                                : fmt::format("what listens at {} does not speak PostgreSQL's protocol; it says \"{}\"",
                                              at, error.heard),
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
    return {Stage::authenticate, speaker + error.text, "Check the database name in the connection string.", true, {}};
  case ErrorKind::tooMany:
    return {Stage::connect,
            fmt::format("{} has no free connection: {}", at, error.text),
            "Its connections are used up; try again, or lower --per-endpoint.",
            false,
            {}};
  case ErrorKind::starting:
    return {Stage::connect, speaker + error.text, "Wait until it has started, and probe again.", false, {}};
  case ErrorKind::wrongSession:
    return {Stage::connect,
            fmt::format("{}: {}", at, error.text),
            "No host of the connection string meets its target_session_attrs.",
            false,
            {}};
  case ErrorKind::authenticate:
    return refusal(error, target, speaker);
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

Failure routeFailure(const route::Problem& problem) {
  using Where = route::Problem::Where;
  const Stage stage = problem.timedOut                  ? Stage::deadline
                      : problem.where == Where::name    ? Stage::resolve
                      : problem.where == Where::address ? Stage::connect
                                                        : Stage::route;
  Failure failure{stage, problem.text, problem.remedy, false, {}};
  failure.loginCommand = problem.loginCommand;
  return failure;
}

bool serverSpoke(const pg::SqlError& error) {
  switch (error.kind) {
  case ErrorKind::refused:
  case ErrorKind::unreachable:
  case ErrorKind::silentNetwork:
  case ErrorKind::silentServer:
  case ErrorKind::notPostgres:
  case ErrorKind::stopped:
    return false;
  case ErrorKind::tls: // refused or not trusted, or cut off in the middle
    return error.text.find("EOF") == std::string::npos && error.text.find("reset") == std::string::npos;
  default:
    return true;
  }
}

Failure failureOf(const pg::SqlError& error, const Target& target) {
  switch (error.kind) {
  case ErrorKind::deadline:
    return {Stage::deadline,
            fmt::format("{} stopped answering after the connection was made", placeOf(target)),
            "It may be overloaded or stopped. Probe again.",
            false,
            {}};
  case ErrorKind::stopped:
    return {Stage::deadline, "cancelled", "Probe again.", false, {}};
  case ErrorKind::lost:
    return {Stage::query,
            fmt::format("{} ended the connection in the middle of the probe", placeOf(target)),
            "It was restarted or it ended our session. Probe again.",
            false,
            {}};
  default:
    return {Stage::query,
            connection::redact(error.text, secretsOf(target)),
            "Probe again; if it stays, this server may not be PostgreSQL.",
            false,
            {}};
  }
}

} // namespace whichbase::probe
