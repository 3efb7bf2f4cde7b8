#include "verify/own_sessions.h"

#include "connection/connection_string.h"
#include "probe/answer.h"
#include "probe/ask_markers.h"
#include "probe/connect_failure.h"
#include "probe/statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace whichbase::verify {
namespace {

using namespace std::chrono_literals;

std::string standingStatement(bool withControl) {
  const probe::Limits limits{1'000ms, 300ms, 5'000ms};
  return probe::limitsText(limits) + fmt::format(R"sql(
SELECT pg_catalog.json_build_object({0} 'name', pg_catalog.current_database(), 'role', current_user,
 'pid', pg_catalog.pg_backend_pid(),
 'read_only', pg_catalog.current_setting('default_transaction_read_only') = 'on',
 'clock', (extract(epoch FROM pg_catalog.clock_timestamp()) * 1000000)::bigint,
 'lsn', (CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
              ELSE pg_catalog.pg_current_wal_lsn() END - '0/0'::pg_catalog.pg_lsn)::text,
 'lag', {1})::text
FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())sql",
                                                 probe::markerPairs(withControl), probe::inventoryExpression("lag"));
}

Standing standingFrom(const nlohmann::json& object) {
  namespace answer = probe::answer;
  Standing standing;
  standing.systemIdentifier = answer::bigNumber(object, "system_identifier");
  standing.oid = answer::number<std::uint32_t>(object, "oid", 0);
  standing.database = answer::text(object, "name");
  standing.role = answer::text(object, "role");
  standing.backendPid = answer::number<std::uint32_t>(object, "pid", 0);
  standing.inRecovery = answer::flag(object, "recovery");
  standing.readOnlyByDefault = answer::flag(object, "read_only");
  standing.clock = answer::time(object, "clock").value_or(topology::UtcTime{});
  standing.lsn = answer::bigNumber(object, "lsn").value_or(0);
  if (const auto lag = object.find("lag"); lag != object.end() && lag->is_number())
    standing.lagMicroseconds = lag->get<std::int64_t>();
  return standing;
}

void open(OwnSession& own, probe::Connector& connector, pg::TimePoint deadline, std::chrono::milliseconds patience) {
  auto session = connector.connect(*own.target, deadline, patience);
  if (!session) {
    own.failure = std::move(session.error());
    return;
  }
  if (readStanding(**session, *own.target, deadline, own.standing, own.failure))
    own.session = std::move(*session);
}

constexpr std::size_t mostExtra = 16;
constexpr auto atOnce = 1'500ms;

// Servers with equal targets have a session each where these can be had at once; behind a pool that is too small for
// that they share one.
void separate(std::vector<OwnSession>& sessions, probe::Connector& connector, pg::TimePoint deadline,
              const LastingSession& lasting) {
  const pg::TimePoint soon = std::min(deadline, pg::Clock::now() + atOnce);
  std::vector<std::pair<OwnSession*, OwnSession>> extra; // whose, and what one of them may have instead
  for (auto& own : sessions) {
    const auto stays = std::ranges::find(own.participants, lasting.participant) != own.participants.end()
                           ? lasting.participant
                           : own.participants.front();
    if (own.session)
      for (const std::size_t at : own.participants)
        if (at != stays && extra.size() < mostExtra)
          extra.emplace_back(&own, OwnSession{{at}, own.target, nullptr, {}, {}});
  }
  std::vector<std::jthread> threads;
  threads.reserve(extra.size());
  for (auto& each : extra)
    threads.emplace_back([&own = each.second, &connector, soon] { open(own, connector, soon, atOnce); });
  threads.clear();
  for (auto& [shared, own] : extra)
    if (own.session)
      std::erase(shared->participants, own.participants.front());
  for (auto& each : extra) // only now: it moves what the pointers lead to
    if (each.second.session)
      sessions.push_back(std::move(each.second));
  std::ranges::sort(sessions, {}, [](const OwnSession& own) { return own.participants.front(); });
}

} // namespace

bool looksLikeOne(const Standing& a, const Standing& b) {
  return a.systemIdentifier && a.systemIdentifier == b.systemIdentifier && a.oid == b.oid && !a.inRecovery &&
         !b.inRecovery;
}

bool isElsewhere(const Standing& a, const Standing& b) {
  return a.oid != b.oid || (a.systemIdentifier && b.systemIdentifier && a.systemIdentifier != b.systemIdentifier);
}

bool readStanding(pg::Session& session, const probe::Target& target, pg::TimePoint deadline, Standing& standing,
                  topology::Failure& failure) {
  pg::Rows rows;
  pg::SqlError error;
  if (probe::askMarkers(session, standingStatement, deadline, rows, error)) {
    const auto object = nlohmann::json::parse(rows.values[0].at(0).value_or(""), nullptr, false);
    if (object.is_object()) {
      standing = standingFrom(object);
      return true;
    }
  }
  failure = probe::failureOf(error, target);
  return false;
}

std::vector<OwnSession> openOwnSessions(const std::vector<Participant>& participants, probe::Connector& connector,
                                        pg::TimePoint deadline, std::chrono::milliseconds patience,
                                        const LastingSession& lasting) {
  std::vector<OwnSession> sessions;
  for (std::size_t at = 0; at < participants.size(); ++at) {
    const auto same =
        std::ranges::find_if(sessions, [&](const OwnSession& own) { return *own.target == participants[at].target; });
    OwnSession& own = same != sessions.end() ? *same : sessions.emplace_back();
    own.participants.push_back(at);
    own.target = &participants[at].target;
  }
  std::vector<std::jthread> threads;
  threads.reserve(sessions.size());
  for (auto& own : sessions) {
    const bool isLasting = lasting.connector != nullptr && *own.target == participants.at(lasting.participant).target;
    threads.emplace_back([&own, &chosen = isLasting ? *lasting.connector : connector, deadline, patience] {
      open(own, chosen, deadline, patience);
    });
  }
  threads.clear();
  separate(sessions, connector, deadline, lasting);
  return sessions;
}

OwnSession& sessionOf(std::size_t participant, std::vector<OwnSession>& sessions) {
  return *std::ranges::find_if(sessions, [&](const OwnSession& own) {
    return std::ranges::find(own.participants, participant) != own.participants.end();
  });
}

std::string addressText(const probe::Target& target) {
  std::string at = connection::endpointText(target.parameters) + "/" + connection::valueOf(target.parameters, "dbname");
  return target.via.isElsewhere() ? fmt::format("{} through {}", at, route::nameOf(target.via)) : at;
}

} // namespace whichbase::verify
