#include "topology/changes.h"

#include "topology/inventory.h"
#include "topology/view.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace whichbase::topology {

namespace {

// Proven to be two across time: by system identifier, by oid, or because after knows both as two.
bool areProvenTwo(const Database& before, const Database& after, const View& now) {
  if (!before.identityProven || !after.identityProven || before.id == after.id)
    return false;
  if (before.systemIdentifier && after.systemIdentifier && before.systemIdentifier != after.systemIdentifier)
    return true;
  if (before.systemIdentifier && after.systemIdentifier && before.oid != after.oid)
    return true;
  // Two that stand side by side in one snapshot were proven to be two there.
  const Database* still = now.database(before.id);
  return still && still->answered && still->identityProven;
}

bool isEveryServerPlaced(const View& now) {
  return std::ranges::all_of(now.snapshot().servers, [&](const Server& server) {
    const Database* database = now.databaseOf(server);
    return database && database->identityProven;
  });
}

void addMoves(std::vector<Change>& changes, const Snapshot& before, const View& now) {
  for (const Server& server : now.snapshot().servers) {
    const Server* was = before.server(server.name);
    const Database* from = was ? before.database(was->database) : nullptr;
    const Database* to = now.databaseOf(server);
    if (from && to && areProvenTwo(*from, *to, now))
      changes.push_back({"server-moved",
                         {server.name, from->id, to->id},
                         fmt::format("{} moved from {} to {}.", server.name, View::named(*from), View::named(*to))});
  }
}

void addLeft(std::vector<Change>& changes, const Snapshot& before, const View& now) {
  const bool isEveryServerKnown = isEveryServerPlaced(now);
  for (const Database& was : before.databases) {
    const Database* is = now.database(was.id);
    if (!is || !is->ghost)
      continue;
    if (is->gone) {
      changes.push_back({"database-gone",
                         {is->id},
                         fmt::format("{} does not exist any more: its instance says so.", View::named(*is))});
      continue;
    }
    if (was.ghost || !isEveryServerKnown)
      continue;
    std::string state;
    if (is->answered)
      state = "; it still answers";
    else if (is->lastReachedAt)
      state = fmt::format("; not reached since {}", toShortClock(*is->lastReachedAt, now.snapshot().finishedAt));
    changes.push_back(
        {"database-unused", {is->id}, fmt::format("No server uses {} any more{}.", View::named(*is), state)});
  }
}

void addNew(std::vector<Change>& changes, const Snapshot& before, const View& now) {
  for (const Database* is : now.used()) {
    const bool isNew = is->identityProven && std::ranges::all_of(before.databases, [&](const Database& was) {
                         return areProvenTwo(was, *is, now);
                       });
    if (isNew)
      changes.push_back({"database-new", {is->id}, fmt::format("{} was not there before.", View::named(*is))});
  }
}

void addUserCounts(std::vector<Change>& changes, const Snapshot& before, const View& now) {
  for (const Database& was : before.databases) {
    const Database* is = now.database(was.id);
    if (!is || !is->answered || !haveComparableUsers(was, *is) || *was.users->count == *is->users->count)
      continue;
    changes.push_back(
        {"user-count-changed",
         {is->id},
         fmt::format("{} had {} before and has {} now.", is->id,
                     usersText(was.users) + (*was.users->count == 1 ? " user" : " users"), usersText(is->users))});
  }
}

void addTables(std::vector<Change>& changes, const Snapshot& before, const View& now) {
  for (const Database& was : before.databases) {
    const Database* is = now.database(was.id);
    if (!is || !is->answered || !is->tables || !was.tables || *is->tables == *was.tables)
      continue;
    const std::vector<std::string>& old = *was.tables;
    const std::vector<std::string>& present = *is->tables;
    std::vector<std::string> gained, lost, parts;
    for (const std::string& table : present)
      if (std::ranges::find(old, table) == old.end())
        gained.push_back(table);
    for (const std::string& table : old)
      if (std::ranges::find(present, table) == present.end())
        lost.push_back(table);
    if (!gained.empty())
      parts.push_back(fmt::format("gained {} ({})", counted(gained.size(), "table"), someOf(shortNames(gained), 8)));
    if (!lost.empty())
      parts.push_back(fmt::format("lost {} ({})", counted(lost.size(), "table"), someOf(shortNames(lost), 8)));
    if (!parts.empty())
      changes.push_back({"tables-changed", {is->id}, fmt::format("{} {}.", is->id, inWords(parts))});
  }
}

} // namespace

std::vector<Change> findChanges(const Snapshot& before, const Snapshot& after, const std::vector<Finding>& fixed) {
  const View now(after);
  std::vector<Change> changes;
  if (before.servers.empty())
    return changes;
  if (before.verdict.kind != after.verdict.kind)
    changes.push_back(
        {"verdict-changed", {}, fmt::format("Before: {}. Now: {}.", before.verdict.text, after.verdict.text)});
  addMoves(changes, before, now);
  addLeft(changes, before, now);
  addNew(changes, before, now);
  addUserCounts(changes, before, now);
  addTables(changes, before, now);
  for (const Finding& finding : fixed)
    changes.push_back({"finding-fixed", finding.subjects, "Fixed: " + finding.title + "."});
  return changes;
}

} // namespace whichbase::topology
