#include "topology/findings.h"
#include "topology/standpoint.h"
#include "topology/wording.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace whichbase::topology {

namespace {

constexpr std::size_t shown = 6;

// "over ssh prod" where its configuration was not looked at from this computer.
std::string byRoute(const std::vector<const Server*>& servers) {
  const std::string& route = servers.front()->route;
  const bool same = std::ranges::all_of(servers, [&](const Server* each) { return each->route == route; });
  return same && !route.empty() && route != "direct" ? fmt::format(" (looked at {})", overRoute(route)) : "";
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
                      fmt::format("{} {} configured for {}{}, but {} of {} {} {}on {}.", someOf(names, shown),
                                  names.size() == 1 ? "is" : "are", first.database, byRoute(stray.servers),
                                  counted(static_cast<std::size_t>(stray.sessions), "session"),
                                  names.size() == 1 ? "it" : (link == "or" ? "one of them" : "theirs"),
                                  stray.sessions == 1 ? "is" : "are", still ? "still " : "", stray.database->id),
                      fmt::format("Restart {} to connect anew, and look again.", someOf(names, shown))});
}

// Servers of one database whose sessions are on one other are told together.
void addConnectedElsewhere(Findings& findings, const Sessions& sessions) {
  std::map<std::pair<std::string, std::string>, Stray> together;
  for (const Stray& stray : sessions.strays()) {
    if (!sessions.isProvenElsewhere(stray))
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

bool isPrivateIpv4(const std::string& address) {
  std::array<unsigned char, 4> bytes{};
  if (inet_pton(AF_INET, address.c_str(), bytes.data()) != 1)
    return false;
  return bytes[0] == 10 || (bytes[0] == 172 && bytes[1] / 16 == 1) || (bytes[0] == 192 && bytes[1] == 168);
}

// Where nobody said what its sessions look like, they bear its address only when they leave its machine, and by that
// address: to a database in a private network a server with a public address comes from another one.
bool isLookToBeExpected(const Server& server) {
  if (!server.client.empty())
    return true;
  const std::string& host = server.connection.host;
  const bool isOneLabel = host.find_first_of(".:") == std::string::npos;
  return !staysOnItsMachine(host) && !isOneLabel && (isPrivateIpv4(host) == isPrivateIpv4(server.address));
}

// Sessions of nobody's look that log in as it does: a pooler or a NAT between may have changed how its own look.
bool mayComeByAnotherWay(const Server& server, const std::vector<const ClientGroup*>& ofNobody) {
  return std::ranges::any_of(ofNobody, [&](const ClientGroup* group) {
    return group->user.empty() || group->user == server.connection.user || group->user == server.sessionRole;
  });
}

// With standbys the question is where it reads.
bool hasStandbys(const View& view, const Database& database) {
  return database.inRecovery || std::ranges::any_of(view.snapshot().databases, [&](const Database& other) {
           return other.replicaOf == database.id || (other.inRecovery && !view.isDifferent(other, database));
         });
}

bool isNotConnected(const View& view, const Sessions& sessions, const Server& server) {
  const Database* own = view.databaseOf(server);
  return own && server.reached() && !server.lookedFromHere && own->identityProven &&
         !Sessions::lookOf(server).empty() && sessions.of(server).seen.empty() && isLookToBeExpected(server) &&
         !hasStandbys(view, *own) && !mayComeByAnotherWay(server, sessions.ofNobody(*own));
}

// Every session on every database that answered.
bool isEverySessionSeen(const View& view) {
  return std::ranges::all_of(view.snapshot().databases, [](const Database& database) {
    return !database.answered || Sessions::areFullySeen(database);
  });
}

std::string otherDatabases(const View& view, const Database& own) {
  std::size_t others = 0;
  std::vector<std::string> missing;
  for (const Database& database : view.snapshot().databases) {
    if (database.answered && database.id != own.id)
      ++others;
    else if (!database.answered && !database.gone)
      missing.push_back(database.id);
  }
  std::string text = others == 0 ? "." : "; no other database shows one either.";
  if (!missing.empty())
    text += fmt::format(" {} {} not reached.", someOf(missing, shown), missing.size() == 1 ? "was" : "were");
  return text;
}

void addConfiguredNotConnected(Findings& findings, const View& view, const Sessions& sessions) {
  if (!isEverySessionSeen(view))
    return;
  for (const Database* database : view.used()) {
    std::vector<const Server*> servers;
    std::ranges::copy_if(view.on(*database), std::back_inserter(servers),
                         [&](const Server* server) { return isNotConnected(view, sessions, *server); });
    if (servers.empty())
      continue;
    const auto names = View::names(servers);
    const bool one = names.size() == 1;
    std::vector<std::string> subjects = names;
    subjects.push_back(database->id);
    findings.push_back(
        {"configured-not-connected", Severity::info, subjects,
         fmt::format("No session of {} on {}", one ? names.front() : counted(names.size(), "server"), database->id),
         fmt::format("{} {} configured for {}, where every session could be seen, and none looks like {}{} {} may be "
                     "stopped or idle, or come through a pooler or from another address.",
                     someOf(names, shown), one ? "is" : "are", database->id,
                     one ? fmt::format("its own ({})", inWords(Sessions::lookOf(*servers.front()))) : "theirs",
                     otherDatabases(view, *database), one ? "It" : "They"),
         fmt::format("Look whether {}, and connected since the configuration was changed. If {} sessions look "
                     "otherwise, say so in the project: client = [\"ADDRESS\", \"app:NAME\"].",
                     one ? "it runs" : "they run", one ? "its" : "their")});
  }
}

} // namespace

void addSessionFindings(Findings& findings, const View& view, const Sessions& sessions) {
  addConnectedElsewhere(findings, sessions);
  addConfiguredNotConnected(findings, view, sessions);
}

} // namespace whichbase::topology
