#include "topology/findings.h"
#include "topology/wording.h"

#include <fmt/format.h>

namespace whichbase::topology {

namespace {

struct Refusal {
  std::string why, remedy;
};

Refusal whyItCannotWrite(const Server& server, const Database& database) {
  if (database.inRecovery)
    return {fmt::format("{} is a standby: nobody can write there.", View::named(database)),
            database.replicaOf.empty() ? "Point it at the primary."
                                       : fmt::format("Point it at the primary, {}.", database.replicaOf)};
  if (server.readOnly)
    return {fmt::format("Transactions of role {} are read-only by default there.", server.sessionRole),
            fmt::format("Take default_transaction_read_only off the role {}, or use the writing role.",
                        server.sessionRole)};
  const std::string relation = database.users ? database.users->relation : "the users relation";
  return {fmt::format("Role {} may not insert into {}.", server.sessionRole, relation),
          fmt::format("Grant INSERT on {} to {}, or configure the writing role.", relation, server.sessionRole)};
}

void addCannotWrite(Findings& findings, const View& view) {
  for (const Server& server : view.snapshot().servers) {
    const Database* database = view.databaseOf(server);
    const bool refused = (server.canInsertUsers && !*server.canInsertUsers) || server.readOnly;
    if (server.role != Role::writes || !database || !refused)
      continue;
    const Refusal refusal = whyItCannotWrite(server, *database);
    findings.push_back({"cannot-write",
                        Severity::error,
                        {server.name, database->id},
                        fmt::format("{} cannot write to {}", server.name, database->id),
                        fmt::format("{} is meant to write. {}", server.name, refusal.why),
                        refusal.remedy});
  }
}

void addUsersNotFound(Findings& findings, const View& view) {
  for (const Database* each : view.used()) {
    if (!each->users) {
      findings.push_back(
          {"users-not-found",
           Severity::warning,
           {each->id},
           fmt::format("No users relation found in {}", each->id),
           fmt::format("{}.", each->users.reason.empty() ? "It could not be told which relation holds them"
                                                         : capitalised(each->users.reason)),
           "Name it in the project file: users = 'public.\"User\"'."});
    } else if (!each->users->count) {
      findings.push_back(
          {"users-not-found",
           Severity::warning,
           {each->id},
           fmt::format("The users of {} could not be counted", each->id),
           fmt::format("{}: {}.", each->users->relation,
                       each->users->count.reason.empty() ? "it could not be read" : each->users->count.reason),
           "Let the probing role read it, or probe again when it is not locked."});
    }
  }
}

void addEstimates(Findings& findings, const View& view) {
  for (const Database* each : view.used()) {
    if (!each->users || !each->users->count || each->users->kind != CountKind::estimate)
      continue;
    const std::string when =
        each->users->estimatedAt
            ? fmt::format("as of {}", toShortClock(*each->users->estimatedAt, view.snapshot().finishedAt))
            : std::string("of unknown age");
    findings.push_back(
        {"count-estimated",
         Severity::info,
         {each->id},
         fmt::format("The users of {} are an estimate", each->id),
         fmt::format("{} users in {} by the planner's figure, {}; counting all of them would have taken too "
                     "long. It is not compared.",
                     usersText(each->users), each->users->relation, when),
         fmt::format("Run ANALYZE {} for a fresher figure.", each->users->relation)});
  }
}

void addVisibleOnly(Findings& findings, const View& view) {
  for (const Database* each : view.used()) {
    std::vector<const Server*> limited;
    for (const Server* server : view.on(*each))
      if (server->countVisibleOnly)
        limited.push_back(server);
    if (limited.empty())
      continue;
    const bool isAll = each->users && each->users->kind == CountKind::visibleOnly;
    std::vector<std::string> subjects = View::names(limited);
    subjects.push_back(each->id);
    const std::string number = isAll
                                   ? fmt::format("The {} shown are those visible to this role.", usersText(each->users))
                                   : std::string("The number shown was counted by a role that sees all rows.");
    findings.push_back({"count-visible-only", isAll ? Severity::warning : Severity::info, subjects,
                        fmt::format("Row-level security hides users of {}", each->id),
                        fmt::format("Role {} of {} does not see every row. {} It is not compared.",
                                    limited.front()->sessionRole, someOf(View::names(limited), 4), number),
                        "Probe once with a role that bypasses row-level security to know the whole number."});
  }
}

} // namespace

void addRoleFindings(Findings& findings, const View& view) {
  addCannotWrite(findings, view);
  addUsersNotFound(findings, view);
  addEstimates(findings, view);
  addVisibleOnly(findings, view);
}

} // namespace whichbase::topology
