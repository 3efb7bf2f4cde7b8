#include "topology/changes.h"
#include "topology/sessions.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace whichbase::topology {

namespace {

bool isPlaced(const Snapshot& snapshot, const Server& server) {
  const Database* database = snapshot.database(server.database);
  return database && database->identityProven && !server.lookedFromHere;
}

bool isEveryServerPlaced(const Snapshot& snapshot) {
  return !snapshot.servers.empty() &&
         std::ranges::all_of(snapshot.servers, [&](const Server& each) { return isPlaced(snapshot, each); });
}

// Servers of before that after does not have any more were not looked at.
bool areAllServersStillThere(const Snapshot& before, const Snapshot& after) {
  return std::ranges::all_of(before.servers, [&](const Server& each) { return after.server(each.name) != nullptr; });
}

bool isInUse(const Snapshot& snapshot, const Database& database) {
  return std::ranges::any_of(snapshot.servers, [&](const Server& each) { return each.database == database.id; });
}

bool areUsersCounted(const Snapshot& after) {
  return std::ranges::all_of(after.databases, [&](const Database& each) {
    return !isInUse(after, each) || (each.users && each.users->count && each.users->kind == CountKind::exact);
  });
}

// The first subject of these findings is the database that lacks something, the second the one that has it.
bool isInventoryKnown(const Finding& finding, const Snapshot& after) {
  const Database* poor = finding.subjects.empty() ? nullptr : after.database(finding.subjects.front());
  const Database* full = finding.subjects.size() < 2 ? nullptr : after.database(finding.subjects[1]);
  if (!poor || !full || !poor->answered || !isInUse(after, *poor))
    return false;
  if (finding.code == "tables-missing")
    return poor->tables && full->tables;
  if (finding.code == "triggers-missing")
    return poor->triggers && full->triggers;
  return poor->users && full->users && poor->users->newestAt && full->users->newestAt;
}

bool areSubjectServersPlaced(const Finding& finding, const Snapshot& after) {
  return std::ranges::all_of(finding.subjects,
                             [&](const std::string& subject) {
                               const Server* server = after.server(subject);
                               const Database* database = after.database(subject);
                               return server ? isPlaced(after, *server) : (!database || database->identityProven);
                             }) &&
         std::ranges::any_of(finding.subjects, [&](const std::string& subject) { return after.server(subject); });
}

bool areSubjectServersReached(const Finding& finding, const Snapshot& after) {
  return std::ranges::all_of(finding.subjects, [&](const std::string& subject) {
    const Server* server = after.server(subject);
    return server ? server->reached() : after.database(subject) != nullptr;
  });
}

// All sessions of every database that answered can be seen, and those that were named did answer.
bool areSessionsKnown(const Finding& finding, const Snapshot& after) {
  return areSubjectServersPlaced(finding, after) &&
         std::ranges::all_of(finding.subjects, [&](const std::string& subject) {
           const Database* database = after.database(subject);
           return !database || database->gone || (database->answered && Sessions::areFullySeen(*database));
         });
}

bool isOneOf(std::string_view code, std::initializer_list<std::string_view> codes) {
  return std::ranges::find(codes, code) != codes.end();
}

// Whether after knows enough to say that the finding would be there if it were true.
bool canJudge(const Finding& finding, const Snapshot& before, const Snapshot& after) {
  if (isOneOf(finding.code, {"split", "clone"}))
    return after.verdict.kind == VerdictKind::singleSource && areAllServersStillThere(before, after);
  if (isOneOf(finding.code, {"writers-and-readers-apart", "same-name-different-database",
                             "same-address-different-database", "route-changes-the-answer"}))
    return isEveryServerPlaced(after) && areAllServersStillThere(before, after) &&
           after.verdict.kind != VerdictKind::undetermined;
  if (finding.code == "user-counts-differ")
    return isEveryServerPlaced(after) && areAllServersStillThere(before, after) && areUsersCounted(after);
  if (isOneOf(finding.code, {"tables-missing", "triggers-missing", "stale-database"}))
    return isInventoryKnown(finding, after);
  if (isOneOf(finding.code, {"identity-unknown", "looked-from-here"}))
    return areSubjectServersPlaced(finding, after);
  if (finding.code == "connected-elsewhere")
    return areSessionsKnown(finding, after);
  if (isOneOf(finding.code, {"unreachable", "cannot-write", "users-not-found", "count-visible-only"}))
    return areSubjectServersReached(finding, after);
  if (isOneOf(finding.code, {"incomplete-connection-string", "url-read-differently", "password-in-project-file"}))
    return std::ranges::all_of(finding.subjects, [&](const std::string& name) { return after.server(name); });
  return false;
}

// Of one side or of all servers: there is but one such finding, whatever its subjects.
bool isOfTheWholeSide(std::string_view code) {
  return isOneOf(code, {"split", "writers-and-readers-apart"});
}

bool isStillOpen(const Finding& finding, const std::vector<Finding>& open) {
  return std::ranges::any_of(open, [&](const Finding& other) {
    // What was missing beside a database in use is left behind once that one is a ghost; and that one address leads to
    // two databases is told by the route once routes are known.
    const bool sameCode =
        other.code == finding.code || (finding.code == "tables-missing" && other.code == "left-behind") ||
        (finding.code == "same-address-different-database" && other.code == "route-changes-the-answer");
    return sameCode &&
           (isOfTheWholeSide(finding.code) || std::ranges::any_of(other.subjects, [&](const std::string& each) {
              return std::ranges::find(finding.subjects, each) != finding.subjects.end();
            }));
  });
}

// "User counts differ: 22 and 1" → "User counts differed: 22 and 1".
std::string inPastTense(const Finding& finding) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> verbs = {{
      {" differ:", " differed:"},
      {" cannot write ", " could not write "},
      {" could not be ", " could not be "},
      {" are ", " were "},
      {" is ", " was "},
      {"cannot tell", "could not be told"},
      {" cannot be ", " could not be "},
      {" leads ", " led "},
      {" reads ", " read "},
      {" leaves ", " left "},
      {" stands ", " stood "},
      {" hides ", " hid "},
      {"Drivers read ", "Drivers read "},
      {" read a ", " read a "},
  }};
  std::string title = finding.title;
  for (const auto& [present, past] : verbs)
    if (const std::size_t at = title.find(present); at != std::string::npos)
      return title.replace(at, present.size(), past);
  return title;
}

} // namespace

std::vector<Finding> findFixed(const Snapshot& before, const Snapshot& after) {
  std::vector<Finding> fixed;
  for (const Finding& finding : before.findings) {
    if (finding.severity == Severity::info || isStillOpen(finding, after.findings) || !canJudge(finding, before, after))
      continue;
    Finding past = finding;
    past.title = inPastTense(finding);
    past.remedy.clear();
    fixed.push_back(std::move(past));
  }
  // That writers and readers were apart says all that the split says, and why it hurt.
  const auto isApart = [](const Finding& each) { return each.code == "writers-and-readers-apart"; };
  if (std::ranges::any_of(fixed, isApart))
    std::erase_if(fixed, [](const Finding& each) { return each.code == "split"; });
  return fixed;
}

} // namespace whichbase::topology
