#include "compare/open_endpoint.h"

#include "probe/answer.h"
#include "probe/ask_markers.h"
#include "probe/connect_failure.h"
#include "probe/statements.h"

#include <fmt/format.h>

namespace whichbase::compare {
namespace {

using pg::ErrorKind;
using namespace std::chrono_literals;

// What the versions of PostgreSQL call otherwise is read from the row as a whole.
std::string whoStatement(bool withControl) {
  const probe::Limits limits{1'000ms, 300ms, 5'000ms};
  return probe::limitsText(limits) + fmt::format(R"sql(
SELECT pg_catalog.json_build_object({} 'name', pg_catalog.current_database(),
 'version', pg_catalog.current_setting('server_version'), 'encoding', pg_catalog.pg_encoding_to_char(d.encoding),
 'collate', d.datcollate, 'row', pg_catalog.to_jsonb(d) - 'datacl')::text
FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())sql",
                                                 probe::markerPairs(withControl));
}

std::string collationOf(const nlohmann::json& answer) {
  const auto found = answer.find("row");
  const nlohmann::json row = found != answer.end() && found->is_object() ? *found : nlohmann::json::object();
  const std::string provider = probe::answer::text(row, "datlocprovider");
  std::string locale = probe::answer::text(row, "datlocale");
  if (locale.empty())
    locale = probe::answer::text(row, "daticulocale");
  if (locale.empty() || provider == "c")
    locale = probe::answer::text(answer, "collate");
  const std::string name = provider == "i" ? "ICU" : provider == "b" ? "builtin" : "libc";
  const std::string version = probe::answer::text(row, "datcollversion");
  return fmt::format("{} ({}{}{})", locale, name, version.empty() ? "" : " ", version);
}

OpenEndpoint readWho(const nlohmann::json& answer) {
  OpenEndpoint opened;
  opened.systemIdentifier = probe::answer::bigNumber(answer, "system_identifier");
  opened.oid = probe::answer::number<std::uint32_t>(answer, "oid", 0);
  opened.database = probe::answer::text(answer, "name");
  opened.serverVersion = probe::answer::text(answer, "version");
  opened.serverVersion.resize(std::min(opened.serverVersion.find(' '), opened.serverVersion.size()));
  opened.encoding = probe::answer::text(answer, "encoding");
  opened.collation = collationOf(answer);
  opened.inRecovery = probe::answer::flag(answer, "recovery");
  return opened;
}

std::expected<OpenEndpoint, Problem> openTarget(const probe::Target& target, probe::Connector& connector,
                                                pg::TimePoint deadline) {
  auto session = connector.connect(target, deadline);
  if (!session)
    return std::unexpected(Problem{session.error().text, session.error().remedy});
  pg::Rows rows;
  pg::SqlError error;
  if (!probe::askMarkers(**session, whoStatement, deadline, rows, error))
    return std::unexpected(problemOf(error, target, "asking which database this is"));
  const auto answer = nlohmann::json::parse(rows.values[0].at(0).value_or(""), nullptr, false);
  if (!answer.is_object())
    return std::unexpected(
        Problem{"its answer about itself could not be read", "This server may not be PostgreSQL 11 or later."});
  OpenEndpoint opened = readWho(answer);
  opened.session = std::move(*session);
  opened.target = &target;
  return opened;
}

std::optional<Problem> whyAnother(const OpenEndpoint& opened, const Endpoint& endpoint) {
  if (endpoint.systemIdentifier && !opened.systemIdentifier)
    return Problem{
        fmt::format("the role may not tell which instance this is: whether it is {} is not known", endpoint.name),
        "Grant it EXECUTE on pg_catalog.pg_control_system()."};
  if ((endpoint.systemIdentifier && opened.systemIdentifier != endpoint.systemIdentifier) ||
      (endpoint.oid != 0 && opened.oid != endpoint.oid))
    return Problem{fmt::format("the connection led to another database than {}", endpoint.name), "Probe again."};
  return std::nullopt;
}

} // namespace

std::expected<OpenEndpoint, Problem> openEndpoint(const Endpoint& endpoint, probe::Connector& connector,
                                                  pg::TimePoint deadline) {
  Problem problem{"nothing leads to it", {}};
  for (const auto& target : endpoint.targets) {
    auto opened = openTarget(target, connector, deadline);
    if (!opened) {
      problem = std::move(opened.error());
      continue;
    }
    auto another = whyAnother(*opened, endpoint);
    if (!another)
      return opened;
    problem = std::move(*another);
  }
  return std::unexpected(std::move(problem));
}

Problem problemOf(const pg::SqlError& error, const probe::Target& target, const std::string& what) {
  switch (error.kind) {
  case ErrorKind::privilege:
    return {fmt::format("the role lacks a privilege for {}", what), "Use a role that has it."};
  case ErrorKind::timeout:
    return {fmt::format("{} took too long", what), "Try again when the database has less to do."};
  case ErrorKind::locked:
    return {fmt::format("{} would have had to wait for another session's lock", what),
            "Try again when that session has finished."};
  case ErrorKind::lost:
  case ErrorKind::deadline:
  case ErrorKind::stopped:
    break;
  default:
    return {
        fmt::format("PostgreSQL refused {} (SQLSTATE {})", what, error.sqlState.empty() ? "unknown" : error.sqlState),
        "Look into the server's log for the reason."};
  }
  const auto failure = probe::failureOf(error, target);
  return {failure.text, failure.remedy};
}

} // namespace whichbase::compare
