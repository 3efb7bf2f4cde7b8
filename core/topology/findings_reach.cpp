#include "topology/findings.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::topology {

namespace {

constexpr std::size_t shown = 6;

struct Reasoned {
  std::string reason;
  std::vector<std::string> servers, subjects;
};

// Servers whose databases are unknown for the same reason are told together.
void collect(std::vector<Reasoned>& all, const std::string& reason, const View& view, const Database& database) {
  auto at = std::ranges::find(all, reason, &Reasoned::reason);
  if (at == all.end())
    at = all.insert(all.end(), {reason, {}, {}});
  const auto names = View::names(view.on(database));
  at->servers.insert(at->servers.end(), names.begin(), names.end());
  at->subjects.push_back(database.id);
}

void addReasoned(Findings& findings, const std::vector<Reasoned>& all, const std::string& what,
                 const std::string& remedy) {
  for (const Reasoned& each : all) {
    std::vector<std::string> subjects = each.servers;
    subjects.insert(subjects.end(), each.subjects.begin(), each.subjects.end());
    const std::string who = each.servers.size() == 1 ? each.servers.front() : counted(each.servers.size(), "server");
    findings.push_back({"identity-unknown", Severity::warning, subjects, who + ": cannot tell",
                        fmt::format(fmt::runtime(what), someOf(each.servers, shown), each.reason), remedy});
  }
}

// A standby is loose only for somebody who might be its primary, or follow the same one.
bool isMattering(const View& view, const Database& standby) {
  return std::ranges::any_of(view.used(), [&](const Database* other) {
    return other->id != standby.id && other->identityProven && !view.isDifferent(*other, standby) &&
           view.source(*other).id != view.source(standby).id;
  });
}

void addIdentityUnknown(Findings& findings, const View& view) {
  std::vector<Reasoned> unknown, standbys;
  for (const Database* each : view.used()) {
    if (!each->identityProven)
      collect(unknown, each->identityReason, view, *each);
    else if (View::isLooseStandby(*each) && isMattering(view, *each))
      collect(standbys, each->replicaReason, view, *each);
  }
  addReasoned(findings, unknown, "The database of {} could not be identified: {}.",
              "Let the role execute pg_control_system(), allow it a second connection, and probe again.");
  addReasoned(findings, standbys, "{} reached a standby, and which primary it follows is not proven: {}.",
              "Grant pg_monitor to the probing role on the standby and on its primary, and probe again.");
}

void addUnreachable(Findings& findings, const View& view) {
  std::vector<const Server*> missing;
  for (const Server& server : view.snapshot().servers)
    if (!server.reached())
      missing.push_back(&server);
  if (missing.empty())
    return;
  // With a single server nothing else tells that nothing was proven.
  const bool nothingReached = view.snapshot().servers.size() == 1;
  const Severity severity = nothingReached ? Severity::error : Severity::warning;
  if (missing.size() == 1) {
    const Failure& failure = *missing.front()->failure;
    findings.push_back({"unreachable",
                        severity,
                        {missing.front()->name},
                        missing.front()->name + " was not reached",
                        fmt::format("It failed at stage {}: {}.", toString(failure.stage), failure.text),
                        failure.remedy.empty() ? "Mend its connection and probe again." : failure.remedy});
    return;
  }
  const bool all = missing.size() == view.snapshot().servers.size();
  std::string who = someOf(View::names(missing), shown);
  if (missing.size() <= 3) { // few enough to say why at once
    std::vector<std::string> reasons;
    for (const Server* each : missing)
      reasons.push_back(fmt::format("{} ({}: {})", each->name, toString(each->failure->stage), each->failure->text));
    who = inWords(reasons);
  }
  const std::string& remedy = missing.front()->failure->remedy;
  const bool shared = std::ranges::all_of(missing, [&](const Server* each) { return each->failure->remedy == remedy; });
  findings.push_back({"unreachable", severity, View::names(missing),
                      counted(missing.size(), "server") + " were not reached",
                      fmt::format("{}{}.{}", who, all ? "" : ": the others are complete",
                                  missing.size() <= 3 ? "" : " Reasons on their cards."),
                      shared && !remedy.empty() ? remedy : "Mend what each one's reason names, and probe again."});
}

// "Sessions of Dashboard were seen on A": a hint of where its name leads on the server itself.
std::string whereTheirSessionsAre(const std::vector<const Server*>& servers, const Sessions& sessions) {
  std::vector<std::string> owners, ids;
  for (const Server* server : servers)
    for (const SeenOn& seen : sessions.of(*server).seen) {
      if (seen.shared)
        continue;
      if (owners.empty() || owners.back() != server->name)
        owners.push_back(server->name);
      if (std::ranges::find(ids, seen.database->id) == ids.end())
        ids.push_back(seen.database->id);
    }
  return ids.empty() ? std::string()
                     : fmt::format(" Sessions of {} were seen on {}.", someOf(owners, 2), someOf(ids, shown));
}

void addLookedFromHere(Findings& findings, const View& view, const Sessions& sessions) {
  std::vector<std::pair<std::string, std::vector<const Server*>>> byAddress;
  for (const Server& server : view.snapshot().servers) {
    if (!server.lookedFromHere)
      continue;
    const std::string address = endpointText(server.connection);
    auto at = std::ranges::find(byAddress, address, &std::pair<std::string, std::vector<const Server*>>::first);
    if (at == byAddress.end())
      at = byAddress.insert(byAddress.end(), {address, {}});
    at->second.push_back(&server);
  }
  for (const auto& [address, servers] : byAddress) {
    const bool one = servers.size() == 1;
    findings.push_back(
        {"looked-from-here", Severity::warning, View::names(servers),
         fmt::format("{} was looked up from this computer", address),
         fmt::format("On {} that name may mean another machine, so that what answered here proves nothing about {}.{}",
                     someOf(View::names(servers), shown), one ? "it" : "them",
                     whereTheirSessionsAre(servers, sessions)),
         fmt::format("Let Whichbase look from where {} stand{}: via = \"ssh HOST\" in the project, or a command that "
                     "reaches it. Where this computer sees the address as the server does, say via = \"direct\".",
                     one ? servers.front()->name : "they", one ? "s" : "")});
  }
}

} // namespace

void addReachFindings(Findings& findings, const View& view, const Sessions& sessions) {
  addIdentityUnknown(findings, view);
  addUnreachable(findings, view);
  addLookedFromHere(findings, view, sessions);
}

} // namespace whichbase::topology
