#include "topology/findings.h"
#include "topology/split_words.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace whichbase::topology {

namespace {

constexpr std::size_t shown = 4;

std::vector<std::string> idsOf(const std::vector<const Database*>& databases) {
  std::vector<std::string> ids;
  for (const Database* each : databases)
    ids.push_back(each->id);
  return ids;
}

std::vector<std::string> both(std::vector<std::string> a, const std::vector<std::string>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// Used sources that are proven different from all others in the list, clones of one another told by a finding of their
// own.
std::vector<const Database*> differentSources(const View& view) {
  std::vector<const Database*> sources;
  for (const Database* each : view.used())
    if (each->identityProven && std::ranges::all_of(sources, [&](const Database* other) {
          return view.isDifferent(*each, *other) && !view.isClone(*each, *other);
        }))
      sources.push_back(each);
  return sources;
}

void addSplit(Findings& findings, const View& view) {
  const auto sources = differentSources(view);
  if (sources.size() < 2)
    return;
  std::vector<std::string> sentences, servers;
  for (const Database* source : sources) {
    const auto names = View::names(view.on(*source));
    servers.insert(servers.end(), names.begin(), names.end());
    if (sentences.size() < shown)
      sentences.push_back(
          fmt::format("{} {} {}", someOf(names, 3), names.size() == 1 ? "leads to" : "lead to", View::named(*source)));
  }
  findings.push_back({"split", Severity::error, both(idsOf(sources), servers),
                      fmt::format("The servers are on {} databases", sources.size()),
                      fmt::format("{}. What is written to one is not seen in the other{}.", fmt::join(sentences, "; "),
                                  sources.size() == 2 ? "" : "s"),
                      "Decide which database holds the truth, copy into it what only the others have, and point every "
                      "server there."});
}

void addWritersApart(Findings& findings, const View& view) {
  std::vector<const Server*> writers, readers;
  std::set<std::string> written;
  for (const Database* each : view.used())
    for (const Server* server : view.on(*each))
      if (server->role == Role::writes && each->identityProven)
        written.insert(view.source(*each).id);
  std::set<std::string> apartFrom;
  for (const Database* each : view.used()) {
    if (written.contains(view.source(*each).id))
      continue;
    const auto other = std::ranges::find_if(
        written, [&](const std::string& id) { return view.isDifferent(*each, *view.database(id)); });
    if (other == written.end())
      continue;
    const std::size_t known = readers.size();
    std::ranges::copy_if(view.on(*each), std::back_inserter(readers),
                         [](const Server* server) { return server->role == Role::reads; });
    if (readers.size() > known)
      apartFrom.insert(each->id);
  }
  if (readers.empty())
    return;
  for (const std::string& id : written)
    std::ranges::copy_if(view.on(*view.database(id)), std::back_inserter(writers),
                         [](const Server* server) { return server->role == Role::writes; });
  const std::vector<std::string> writtenIds(written.begin(), written.end());
  const std::vector<std::string> readIds(apartFrom.begin(), apartFrom.end());
  findings.push_back(
      {"writers-and-readers-apart", Severity::error,
       both(both(writtenIds, readIds), both(View::names(writers), View::names(readers))),
       "Writers and readers are apart",
       fmt::format("{} {} to {}, but {} {} {}, where none of it arrives.", someOf(View::names(writers), 3),
                   writers.size() == 1 ? "writes" : "write", someOf(writtenIds, shown), someOf(View::names(readers), 3),
                   readers.size() == 1 ? "reads" : "read", someOf(readIds, shown)),
       "Point the readers and the writers at one database, after copying what only one of them has."});
}

void addClones(Findings& findings, const View& view) {
  std::vector<const Database*> databases;
  for (const Database& each : view.snapshot().databases)
    databases.push_back(&each);
  for (std::size_t i = 0; i < databases.size(); ++i)
    for (std::size_t j = i + 1; j < databases.size(); ++j) {
      const Database& a = *databases[i];
      const Database& b = *databases[j];
      if (!view.isClone(a, b))
        continue;
      const bool bothUsed = !view.on(a).empty() && !view.on(b).empty();
      const Database& smaller = view.on(a).size() <= view.on(b).size() ? a : b;
      const auto& servers = view.on(smaller);
      const bool tied = view.on(a).size() == view.on(b).size();
      const std::string apart = apartFor(a, b, view.snapshot().finishedAt);
      std::string text = fmt::format("{} and {} carry one system identifier and run as two{}.", View::named(a),
                                     View::named(b), apart.empty() ? "" : ", " + apart);
      if (!servers.empty())
        text += fmt::format(" {} {} {}.", someOf(View::names(servers), 3), servers.size() == 1 ? "is on" : "are on",
                            smaller.id);
      if (const std::string users = usersIn({&a, &b}); !users.empty())
        text += " " + users;
      findings.push_back(
          {"clone", bothUsed ? Severity::error : Severity::warning, both({a.id, b.id}, View::names(servers)),
           bothUsed && !tied
               ? fmt::format("{} {} on a clone", counted(servers.size(), "server"), servers.size() == 1 ? "is" : "are")
               : fmt::format("{} and {} are clones", a.id, b.id),
           std::move(text),
           "Find out which of the two was copied; stop the copy, or move its servers to the original."});
    }
}

void addSameName(Findings& findings, const View& view) {
  std::vector<std::pair<std::string, std::vector<const Database*>>> byName;
  for (const Database* each : differentSources(view)) {
    auto at = std::ranges::find(byName, each->name, &std::pair<std::string, std::vector<const Database*>>::first);
    if (at == byName.end())
      at = byName.insert(byName.end(), {each->name, {}});
    at->second.push_back(each);
  }
  for (const auto& [name, databases] : byName) {
    if (databases.size() < 2 || name.empty())
      continue;
    std::vector<std::string> places;
    for (const Database* each : databases)
      places.push_back(fmt::format("{} ({})", each->id, each->address));
    const std::string number = databases.size() == 2 ? "Two" : fmt::format("{}", databases.size());
    findings.push_back({"same-name-different-database", Severity::warning, idsOf(databases),
                        fmt::format("{} databases under the name “{}”", number, name),
                        fmt::format("{} are {}called “{}”, and are different databases.", someOf(places, shown),
                                    databases.size() == 2 ? "both " : "all ", name),
                        "Tell them apart by address or label, never by name, and rename the one that is not needed."});
  }
}

void addSiblings(Findings& findings, const View& view) {
  std::map<std::string, std::vector<const Database*>> byInstance;
  for (const Database* each : view.used())
    if (!each->instance.empty())
      byInstance[each->instance].push_back(each);
  for (const auto& [instance, databases] : byInstance) {
    if (databases.size() < 2)
      continue;
    std::vector<std::string> names;
    for (const Database* each : databases)
      names.push_back(fmt::format("“{}” ({})", each->name, each->id));
    findings.push_back({"sibling-database", Severity::info, idsOf(databases),
                        fmt::format("{} are in one instance", someOf(idsOf(databases), shown)),
                        fmt::format("{} are different databases of the same running PostgreSQL.", someOf(names, shown)),
                        "If the servers should share one database, compare the database names in their connection "
                        "strings."});
  }
}

void addReplicas(Findings& findings, const View& view) {
  for (const Database* each : view.used()) {
    if (each->replicaOf.empty())
      continue;
    const auto names = View::names(view.on(*each));
    const bool isLate = each->replayLag && *each->replayLag >= std::chrono::minutes(1);
    const std::string lag = each->replayLag ? toDuration(*each->replayLag) + " behind it"
                                            : "behind it by an unknown time: " + each->replayLag.reason;
    findings.push_back(
        {"reads-replica", isLate ? Severity::warning : Severity::info, both({each->id, each->replicaOf}, names),
         fmt::format("{} {} a standby of {}", someOf(names, 2), names.size() == 1 ? "reads" : "read", each->replicaOf),
         fmt::format("{} follows {} and is {}.", View::named(*each), each->replicaOf, lag),
         isLate ? "Find out why the standby does not keep up before trusting what is read there."
                : "Nothing is wrong. What was just written may not be seen there yet."});
  }
}

} // namespace

void addIdentityFindings(Findings& findings, const View& view) {
  addClones(findings, view);
  addSplit(findings, view);
  addWritersApart(findings, view);
  addSameName(findings, view);
  addSiblings(findings, view);
  addReplicas(findings, view);
}

} // namespace whichbase::topology
