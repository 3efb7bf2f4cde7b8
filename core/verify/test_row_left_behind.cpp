#include "topology/wording.h"
#include "verify/test_row.h"
#include "verify/test_row_removal.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::verify {
namespace {

using namespace std::chrono_literals;
using Result = RemovalTry::Result;

// The targets that may lead to where the row was written: the writer's first, each once.
std::vector<const Participant*> candidatesFor(const JournalEntry& entry, const std::vector<Participant>& participants) {
  std::vector<const Participant*> candidates;
  const auto add = [&](const Participant& participant) {
    const bool known =
        std::ranges::any_of(candidates, [&](const Participant* other) { return other->target == participant.target; });
    if (!known)
      candidates.push_back(&participant);
  };
  for (const auto& participant : participants)
    if (participant.server == entry.server)
      add(participant);
  for (const auto& participant : participants)
    add(participant);
  return candidates;
}

bool isThisDatabase(const JournalEntry& entry, const Participant& participant) {
  return entry.systemIdentifier && participant.systemIdentifier == entry.systemIdentifier &&
         participant.oid == entry.oid;
}

std::string beginning(const JournalEntry& entry) {
  return fmt::format("The test row {} of {}, written through {} into {}", entry.token, topology::toIso8601(entry.at),
                     entry.server, entry.address);
}

// Looks over every connection: a copy of the database, made meanwhile, may hold the row as well, and what is said of a
// copy says nothing of the original.
Removal removeEntry(const JournalEntry& entry, const std::vector<Participant>& participants, Journal& journal,
                    probe::Connector& connector, pg::TimePoint deadline) {
  bool removed = false;
  bool settled = false; // at the place where it was written
  std::string why;
  for (const Participant* participant : candidatesFor(entry, participants)) {
    const auto tried = removeOver(participant->target, entry, connector, deadline, 10s);
    const bool isGone = tried.result == Result::removed || tried.result == Result::nothingThere;
    removed = removed || tried.result == Result::removed;
    settled = settled || (isGone && tried.samePlace);
    if (!isGone && (participant->server == entry.server || tried.samePlace))
      why = fmt::format("{}: {}", participant->server, tried.text);
    if (settled && !removed)
      break;
  }
  if (!settled && (!removed || !why.empty()))
    return {entry, false,
            fmt::format("{}, may still be there ({}). {}", beginning(entry),
                        why.empty() ? "no connection leads there now" : why, whatToRun(entry, journal))};
  if (const auto gone = journal.remove(entry.token); !gone)
    return {entry, false, fmt::format("{}, is gone, but {}.", beginning(entry), gone.error().text)};
  return {entry, true,
          removed ? fmt::format("{}, was left behind and has been removed.", beginning(entry))
                  : fmt::format("{}, is not there any more: nothing is left of it.", beginning(entry))};
}

} // namespace

std::vector<Removal> removeLeftBehind(const std::vector<Participant>& participants, Journal& journal,
                                      const std::string& project, probe::Connector& connector, pg::TimePoint deadline) {
  const auto entries = journal.leftBehind();
  if (!entries)
    return {{{}, false, entries.error().text + ". " + entries.error().remedy}};
  std::vector<Removal> removals;
  for (const auto& entry : *entries) {
    const bool isOfDatabase =
        std::ranges::any_of(participants, [&](const Participant& p) { return isThisDatabase(entry, p); });
    if (entry.project == projectPath(project) || isOfDatabase)
      removals.push_back(removeEntry(entry, participants, journal, connector, deadline));
  }
  for (const auto& problem : journal.unreadable())
    removals.push_back({{}, false, problem.text + ". " + problem.remedy});
  return removals;
}

} // namespace whichbase::verify
