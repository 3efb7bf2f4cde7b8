#include "verify/can_stop_reasons.h"

#include "topology/sessions.h"
#include "topology/view.h"
#include "topology/wording.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace whichbase::verify {

using topology::counted;
using topology::Database;
using topology::inWords;
using topology::Server;
using topology::Snapshot;
using topology::View;

namespace {

std::string withRole(const Server& server) {
  const std::string role = toString(server.role);
  return role.empty() ? server.name : fmt::format("{} ({})", server.name, role);
}

std::string failureOf(const Server& server) {
  return server.failure ? server.failure->text : "not known";
}

// The same address over the same route as a server that was reached.
bool isConfiguredAlike(const Server& a, const Server& b) {
  return a.connection.host == b.connection.host && a.connection.port == b.connection.port &&
         a.connection.dbname == b.connection.dbname && a.route == b.route && !a.lookedFromHere;
}

void addUnknownServer(const Server& server, const Snapshot& snapshot, const Database& database, StopAnswer& answer) {
  const auto on = snapshot.serversOn(database.id);
  if (std::ranges::any_of(on, [&](const Server* other) { return isConfiguredAlike(server, *other); })) {
    answer.against.push_back({"servers", fmt::format("{} has its address configured, though it was not reached: {}.",
                                                     withRole(server), failureOf(server))});
    return;
  }
  const char* before = server.lastDatabase == database.id ? "; it led there when it was last reached" : "";
  answer.couldNotLook.push_back(fmt::format("where {} leads: {}{}", server.name, failureOf(server), before));
}

std::string sessionsFrom(const StopSessions& group) {
  std::vector<std::string> parts;
  if (!group.hidden)
    parts.push_back(group.address.empty() ? "a Unix socket" : group.address);
  if (!group.application.empty())
    parts.push_back("app: " + group.application);
  if (!group.user.empty())
    parts.push_back("user " + group.user);
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string sessionsText(const StopSessions& group, const Snapshot& snapshot, topology::UtcTime now) {
  const std::string owners = ownersOf(group, snapshot);
  const bool isOne = group.sessions == 1;
  std::string text = counted(static_cast<std::size_t>(group.sessions), "session");
  if (!owners.empty())
    text += " of " + owners;
  text += fmt::format(" {} connected ({})", isOne ? "is" : "are", sessionsFrom(group));
  if (group.lastActive)
    text += fmt::format(", last active {}", topology::toShortClock(*group.lastActive, now));
  if (owners.empty())
    text += group.hidden ? "; where from is hidden from this role" : "; no server of the project looks like that";
  return text + ".";
}

} // namespace

std::string ownersOf(const StopSessions& sessions, const Snapshot& snapshot) {
  std::vector<std::string> owners;
  for (const Server& server : snapshot.servers) {
    const auto look = topology::Sessions::lookOf(server);
    if (std::ranges::any_of(look, [&](const std::string& pattern) {
          return (!pattern.empty() && pattern == sessions.address) || pattern == "app:" + sessions.application;
        }))
      owners.push_back(server.name);
  }
  return fmt::format("{}", fmt::join(owners, " or "));
}

void addServers(const Snapshot& snapshot, const Database& database, StopAnswer& answer) {
  const View view(snapshot);
  for (const Server& server : snapshot.servers) {
    const Database* own = view.databaseOf(server);
    if (own && own->id == database.id) {
      const char* standpoint = server.lookedFromHere ? ", as looked up from this computer" : "";
      answer.against.push_back({"servers", fmt::format("{} leads there{}.", withRole(server), standpoint)});
    } else if (!own) {
      addUnknownServer(server, snapshot, database, answer);
    } else if (own->replicaOf == database.id) {
      answer.against.push_back(
          {"servers", fmt::format("{} leads to {}, a standby that follows it.", withRole(server), View::named(*own))});
    } else if (!own->identityProven || !database.identityProven) {
      const Database& unproven = own->identityProven ? database : *own;
      answer.couldNotLook.push_back(fmt::format("whether {} leads there, too: the identity of {} is not known ({})",
                                                server.name, View::named(unproven), unproven.identityReason));
    }
  }
  answer.lookedAt.push_back(
      fmt::format("where the {} of the project lead", counted(snapshot.servers.size(), "server")));
}

void addStandbys(const Snapshot& snapshot, const Database& database, StopAnswer& answer) {
  for (const Database& other : snapshot.databases) {
    if (other.id == database.id)
      continue;
    if (other.replicaOf == database.id)
      answer.against.push_back({"replicas", fmt::format("{} is a standby that follows it.", View::named(other))});
    else if (other.inRecovery && other.replicaOf.empty() && other.systemIdentifier &&
             other.systemIdentifier == database.systemIdentifier)
      answer.couldNotLook.push_back(fmt::format("whether {}, a standby, follows it: {}", View::named(other),
                                                other.replicaReason.empty() ? "not proven" : other.replicaReason));
  }
  if (!database.inRecovery)
    return;
  const std::string primary = database.replicaOf.empty() ? "a primary that is not known" : database.replicaOf;
  answer.beside.push_back({"standby", fmt::format("It is a standby of {}: switching it off loses no rows, but what "
                                                  "reads from it, and what would take over when its primary fails.",
                                                  primary)});
}

void addSessions(const StopFacts& facts, const Snapshot& snapshot, StopAnswer& answer) {
  if (!facts.sessions) {
    answer.couldNotLook.push_back("sessions: " + facts.sessions.reason);
    return;
  }
  int hidden = 0;
  for (const StopSessions& group : *facts.sessions) {
    answer.against.push_back({"sessions", sessionsText(group, snapshot, answer.at)});
    hidden += group.hidden ? group.sessions : 0;
  }
  if (hidden > 0)
    answer.couldNotLook.push_back(
        fmt::format("where sessions of other roles come from ({}): the role {} may not see it "
                    "(pg_read_all_stats)",
                    hidden, facts.self.role));
  const std::string own =
      facts.self.ours > 0 ? fmt::format(" ({} of Whichbase left out)", facts.self.ours) : std::string();
  answer.lookedAt.push_back("the sessions connected" + own);
}

void addPrepared(const StopFacts& facts, StopAnswer& answer) {
  if (!facts.prepared) {
    answer.couldNotLook.push_back("prepared transactions: " + facts.prepared.reason);
    return;
  }
  for (const auto& each : *facts.prepared) {
    const std::string since = each.at ? " since " + topology::toShortClock(*each.at, answer.at) : "";
    answer.against.push_back({"prepared-transactions",
                              fmt::format("The transaction {} of {} is prepared{}, and neither committed nor rolled "
                                          "back.",
                                          each.id, each.owner, since)});
  }
  answer.lookedAt.emplace_back("prepared transactions");
}

void addJobs(const StopFacts& facts, StopAnswer& answer) {
  if (!facts.jobs) {
    answer.couldNotLook.push_back("scheduled jobs: " + facts.jobs.reason);
    return;
  }
  for (const Jobs& jobs : *facts.jobs) {
    std::size_t all = 0;
    for (const auto& [database, number] : jobs.byDatabase)
      all += static_cast<std::size_t>(number);
    if (all > 0)
      answer.against.push_back({"jobs", fmt::format("{} of {} {} kept in it.", counted(all, "active job"), jobs.table,
                                                    all == 1 ? "is" : "are")});
    if (!jobs.unread.empty())
      answer.couldNotLook.push_back(fmt::format("jobs of {}: {}", jobs.table, jobs.unread));
    else if (jobs.hidesOthers)
      answer.couldNotLook.push_back(
          fmt::format("jobs of other roles in {}: row-level security hides them from {}", jobs.table, facts.self.role));
  }
  answer.lookedAt.emplace_back("jobs of pg_cron and pgAgent kept in it");
}

void addSiblings(const StopFacts& facts, StopAnswer& answer) {
  constexpr std::int64_t noticeable = 1024L * 1024;
  if (!facts.siblings) {
    answer.couldNotLook.push_back("other databases of its server: " + facts.siblings.reason);
    return;
  }
  std::vector<std::string> used;
  for (const Sibling& each : *facts.siblings) {
    std::vector<std::string> parts;
    if (each.sessions > 0)
      parts.push_back(counted(static_cast<std::size_t>(each.sessions), "session"));
    if (each.bytes && *each.bytes >= noticeable)
      parts.push_back(fmt::format("{} MB", topology::withCommas(*each.bytes / noticeable)));
    else if (!each.bytes && each.name != "postgres")
      parts.emplace_back("its content could not be seen");
    if (!parts.empty())
      used.push_back(fmt::format("{} ({})", each.name, fmt::join(parts, ", ")));
  }
  if (!used.empty())
    answer.beside.push_back({"siblings", fmt::format("If its whole server is switched off, so {} {}.",
                                                     used.size() == 1 ? "is" : "are", inWords(used))});
  answer.lookedAt.emplace_back("other databases of its server");
}

void addNewest(const Snapshot& snapshot, const Database& database, StopAnswer& answer) {
  const View view(snapshot);
  if (!database.users || !database.users->newestAt)
    return;
  std::vector<std::string> others;
  for (const Database* other : view.used()) {
    if (!view.isDifferent(database, *other))
      continue;
    if (!other->users || !other->users->newestAt || *other->users->newestAt >= *database.users->newestAt)
      return;
    others.push_back(fmt::format("{} ({})", other->id, topology::toShortClock(*other->users->newestAt, answer.at)));
  }
  if (!others.empty())
    answer.against.push_back(
        {"writes", fmt::format("Its newest user is of {}, newer than any in {}.",
                               topology::toShortClock(*database.users->newestAt, answer.at), inWords(others))});
}

void addRecordedSessions(const Snapshot& snapshot, const Database& database, StopAnswer& answer) {
  if (!database.clients)
    return;
  const std::string when =
      database.lastReachedAt ? topology::toShortClock(*database.lastReachedAt, answer.at) : "when it was last reached";
  for (const topology::ClientGroup& group : database.clients->groups) {
    const StopSessions sessions{group.address, group.application, group.user, group.sessions, false, {}};
    const std::string owners = ownersOf(sessions, snapshot);
    answer.against.push_back(
        {"sessions",
         fmt::format("{}{} {} connected {} ({}).", counted(static_cast<std::size_t>(group.sessions), "session"),
                     owners.empty() ? "" : " of " + owners, group.sessions == 1 ? "was" : "were", when,
                     sessionsFrom(sessions))});
  }
}

} // namespace whichbase::verify
