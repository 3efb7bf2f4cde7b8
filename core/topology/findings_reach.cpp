#include "topology/findings.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

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

void addLookedFromHere(Findings& findings, const View& view) {
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
  for (const auto& [address, servers] : byAddress)
    findings.push_back({"looked-from-here", Severity::warning, View::names(servers),
                        fmt::format("{} was looked up from this computer", address),
                        fmt::format("On {} that name may mean another machine, so that what answered here proves "
                                    "nothing about {}.",
                                    someOf(View::names(servers), shown), servers.size() == 1 ? "it" : "them"),
                        "If this computer sees the address as the server does, say via = \"direct\" in the project; "
                        "otherwise run Whichbase on the server."});
}

// `link` is "or" where it cannot be told whose of them the sessions are.
void addStray(Findings& findings, const Sessions& sessions, const Stray& stray, const std::string& link) {
  const Server& first = *stray.servers.front();
  const auto names = View::names(stray.servers);
  const std::string who = names.size() <= 2 ? fmt::format("{}", fmt::join(names, fmt::format(" {} ", link)))
                                            : counted(names.size(), "server");
  const bool still = sessions.of(first).onOwn;
  std::vector<std::string> subjects = names;
  subjects.insert(subjects.end(), {first.database, stray.database->id});
  findings.push_back({"connected-elsewhere", Severity::warning, subjects,
                      fmt::format("Sessions of {} on {}", who, stray.database->id),
                      fmt::format("{} {} configured for {}, but {} of {} {} {}on {}.", someOf(names, shown),
                                  names.size() == 1 ? "is" : "are", first.database,
                                  counted(static_cast<std::size_t>(stray.sessions), "session"),
                                  names.size() == 1 ? "it" : (link == "or" ? "one of them" : "theirs"),
                                  stray.sessions == 1 ? "is" : "are", still ? "still " : "", stray.database->id),
                      fmt::format("Restart {} to connect anew, and look again.", someOf(names, shown))});
}

// Only a database that is proven to be another one than each of theirs; what is unknown may be their own.
bool isElsewhere(const View& view, const Stray& stray) {
  return std::ranges::all_of(stray.servers, [&](const Server* server) {
    const Database* own = view.databaseOf(*server);
    return own && view.isDifferent(*own, *stray.database);
  });
}

// Servers of one database whose sessions are on one other are told together.
void addConnectedElsewhere(Findings& findings, const View& view, const Sessions& sessions) {
  std::map<std::pair<std::string, std::string>, Stray> together;
  for (const Stray& stray : sessions.strays()) {
    if (!isElsewhere(view, stray))
      continue;
    if (stray.servers.size() > 1) {
      addStray(findings, sessions, stray, "or");
      continue;
    }
    Stray& sum = together[{stray.servers.front()->database, stray.database->id}];
    sum.database = stray.database;
    sum.sessions += stray.sessions;
    if (std::ranges::find(sum.servers, stray.servers.front()) == sum.servers.end())
      sum.servers.push_back(stray.servers.front());
  }
  for (const auto& [databases, stray] : together)
    addStray(findings, sessions, stray, "and");
}

} // namespace

void addReachFindings(Findings& findings, const View& view, const Sessions& sessions) {
  addIdentityUnknown(findings, view);
  addUnreachable(findings, view);
  addLookedFromHere(findings, view);
  addConnectedElsewhere(findings, view, sessions);
}

} // namespace whichbase::topology
