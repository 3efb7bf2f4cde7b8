#include "verify/attendee.h"

#include "probe/ask_markers.h"
#include "probe/connect_failure.h"
#include "probe/connect_target.h"
#include "probe/facts_reader.h"
#include "probe/statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <thread>

namespace whichbase::verify {

namespace {

using namespace std::chrono_literals;
using topology::Facts;

constexpr std::size_t threadsAtMost = 32;

probe::Limits limitsUntil(pg::TimePoint deadline) {
  return probe::limitsUntil(deadline, 1'000ms);
}

std::optional<probe::Identity> identityOf(pg::Session& session, const Participant& participant, pg::TimePoint deadline,
                                          pg::SqlError& error) {
  pg::Rows rows;
  const std::string& relation = participant.target.usersRelation;
  const auto statement = [&](bool withControl) {
    return probe::identityStatement(limitsUntil(deadline), withControl, relation);
  };
  return probe::askMarkers(session, statement, deadline, rows, error)
             ? probe::readIdentity(rows.values[0].at(0).value_or(""))
             : std::nullopt;
}

void readLag(Attendee& attendee, pg::TimePoint deadline) {
  pg::Rows rows;
  pg::SqlError error;
  const std::vector<probe::InventoryPart> lag = {{"lag", probe::inventoryExpression("lag")}};
  if (attendee.session->query(probe::inventoryStatement(limitsUntil(deadline), lag), deadline, rows, error) &&
      !rows.values.empty() && probe::readInventory(rows.values[0].at(0).value_or(""), *attendee.facts))
    attendee.ability.lag = attendee.facts->replayLag.value;
}

// Where there is no users relation: anything at all. Empty: not known.
std::optional<bool> mayWriteAnything(pg::Session& session, pg::TimePoint deadline) {
  pg::Rows rows;
  pg::SqlError error;
  const std::string sql =
      probe::limitsText(limitsUntil(deadline)) +
      fmt::format("SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') OR EXISTS ("
                  "SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                  "WHERE c.relkind IN ('r', 'p') AND {} AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') "
                  "AND pg_catalog.has_table_privilege(c.oid, 'INSERT'))",
                  probe::isOrdinarySchema);
  if (!session.query(sql, deadline, rows, error) || rows.values.empty())
    return std::nullopt;
  return rows.values[0].at(0) == "t";
}

void learnAbility(Attendee& attendee, const probe::Identity& identity, pg::TimePoint deadline) {
  Ability& ability = attendee.ability;
  const Facts& facts = *attendee.facts;
  ability.inRecovery = facts.inRecovery;
  const auto users = probe::chooseUsers(identity.candidates, attendee.participant->target.usersRelation);
  if (facts.inRecovery) {
    readLag(attendee, deadline);
    ability.canWrite = false;
    const std::string lag = lagText(ability.lag);
    ability.whyNot = lag.empty() ? "standby" : "standby, " + lag;
  } else if (facts.readOnlyByDefault) {
    ability.canWrite = false;
    ability.whyNot = "default_transaction_read_only is on for its sessions";
  } else if (users) {
    ability.canWrite = users->mayInsert;
    if (!users->mayInsert)
      ability.whyNot = fmt::format("its role may not INSERT into {}", users->relation);
  } else {
    ability.canWrite = mayWriteAnything(*attendee.session, deadline);
    if (ability.canWrite == false)
      ability.whyNot = "its role may not INSERT into any table";
  }
}

std::string failed(Attendee& attendee, const topology::Failure& failure) {
  attendee.session.reset();
  return failure.text;
}

} // namespace

std::string lagText(const std::optional<std::chrono::microseconds>& lag) {
  if (!lag)
    return {};
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(*lag).count();
  return ms < 1000
             ? fmt::format("{} ms behind", ms)
             : fmt::format("{} behind", ms < 60'000 ? fmt::format("{} s", ms / 1000) : topology::toDuration(*lag));
}

void introduce(Attendee& attendee, probe::Connector& connector, pg::TimePoint deadline) {
  Ability& ability = attendee.ability;
  auto connected = connector.connect(attendee.participant->target, deadline);
  if (!connected) {
    ability.failure = connected.error().text;
    return;
  }
  attendee.session = std::move(*connected);
  pg::SqlError error;
  auto identity = identityOf(*attendee.session, *attendee.participant, deadline, error);
  if (!identity) {
    ability.failure = error.kind == pg::ErrorKind::none
                          ? "its answer about itself could not be read"
                          : failed(attendee, probe::failureOf(error, attendee.participant->target));
    attendee.session.reset();
    return;
  }
  attendee.facts = identity->facts;
  attendee.isDirect = attendee.session->backendPid() == attendee.facts->backendPid;
  ability.reached = true;
  learnAbility(attendee, *identity, deadline);
  if (!attendee.isDirect || attendee.session->lost())
    attendee.session.reset();
}

std::string attend(Attendee& attendee, probe::Connector& connector, pg::TimePoint deadline) {
  if (attendee.session && !attendee.session->lost())
    return {};
  auto connected = connector.connect(attendee.participant->target, deadline);
  if (!connected)
    return failed(attendee, connected.error());
  attendee.session = std::move(*connected);
  if (!attendee.isDirect)
    return {};
  pg::SqlError error;
  const auto identity = identityOf(*attendee.session, *attendee.participant, deadline, error);
  if (!identity)
    return failed(attendee, probe::failureOf(error, attendee.participant->target));
  const auto place = [](const Facts& facts) {
    return std::tuple(facts.systemIdentifier.value, facts.databaseOid, facts.startedAt.value);
  };
  if (place(identity->facts) == place(*attendee.facts))
    return {};
  attendee.session.reset();
  return "its connection led elsewhere, or its database was started anew, in between";
}

void inParallel(const std::vector<std::string>& places, int perPlace, const std::function<void(std::size_t)>& work,
                const std::function<void(std::size_t)>& done) {
  std::mutex mutex;
  std::condition_variable changed;
  std::list<std::size_t> waiting, finished;
  for (std::size_t index = 0; index < places.size(); ++index)
    waiting.push_back(index);
  std::map<std::string, int> atWork;
  std::size_t running = 0;
  std::list<std::jthread> threads; // declared last: they use the rest until they have ended
  std::unique_lock lock(mutex);
  while (!waiting.empty() || running > 0 || !finished.empty()) {
    for (auto at = waiting.begin(); at != waiting.end() && running < threadsAtMost;) {
      if (atWork[places[*at]] >= std::max(1, perPlace)) {
        ++at;
        continue;
      }
      ++atWork[places[*at]];
      ++running;
      threads.emplace_back([&, index = *at] {
        work(index);
        const std::lock_guard end(mutex);
        finished.push_back(index);
        changed.notify_all();
      });
      at = waiting.erase(at);
    }
    changed.wait(lock, [&] { return !finished.empty(); });
    const std::list<std::size_t> news = std::exchange(finished, {});
    running -= news.size();
    for (const std::size_t index : news)
      --atWork[places[index]];
    lock.unlock();
    for (const std::size_t index : news)
      if (done)
        done(index);
    lock.lock();
  }
}

} // namespace whichbase::verify
