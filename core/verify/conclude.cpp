#include "verify/conclude.h"

#include "verify/attendee.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

namespace whichbase::verify {

namespace {

using topology::Facts;
using topology::ServerCheck;

using Group = std::vector<std::size_t>;

// Where the last sweep saw it lead, as long as it does.
std::string stillLeadsTo(const Participant& participant, const Facts& facts) {
  const bool isOther = (participant.oid != 0 && participant.oid != facts.databaseOid) ||
                       (participant.systemIdentifier && facts.systemIdentifier &&
                        *participant.systemIdentifier != *facts.systemIdentifier);
  return isOther ? std::string() : participant.database;
}

// Of a whole group: one id that its members know, and none that contradicts it.
std::string databaseOf(const Group& group, const std::vector<Participant>& participants,
                       const std::vector<std::optional<Facts>>& facts) {
  std::string id;
  for (const std::size_t index : group) {
    const std::string own = stillLeadsTo(participants[index], *facts[index]);
    if (!own.empty() && !id.empty() && own != id)
      return {};
    id = id.empty() ? own : id;
  }
  return id;
}

std::string replicaOf(const Group& group, const std::vector<Participant>& participants) {
  for (const std::size_t index : group)
    if (!participants[index].replicaOf.empty())
      return participants[index].replicaOf;
  return {};
}

// What a group was proven to be: its primary's database, or why that is not known.
struct Place {
  std::string database;
  std::string source; // the primary's id; empty: not proven
  bool isStandby = false;
};

Place placeOf(const Group& group, const std::vector<Participant>& participants,
              const std::vector<std::optional<Facts>>& facts) {
  Place place;
  place.database = databaseOf(group, participants, facts);
  place.isStandby = facts[group.front()]->inRecovery;
  place.source = place.isStandby && !place.database.empty() ? replicaOf(group, participants) : place.database;
  return place;
}

std::string standbyNote(const Place& place, const Ability& ability) {
  const std::string lag = lagText(ability.lag);
  return fmt::format("reads a standby{}{}{}", place.source.empty() ? "" : " of " + place.source,
                     lag.empty() ? "" : ", " + lag, place.source.empty() ? ", whose primary is not proven" : "");
}

// Of a server that is not among those that see one another: what is known beside that.
std::string apartNote(const CheckResult& result, const std::vector<std::optional<Facts>>& facts, std::size_t index,
                      const Group& main) {
  const auto& own = facts[index]->systemIdentifier;
  const auto& others = facts[main.front()]->systemIdentifier;
  if (own && others && *own != *others)
    return {}; // another instance: it does not see the flags, which is what is told then
  for (const std::size_t other : main) {
    const Sight seen = result.sights[index][other];
    const Sight shown = result.sights[other][index];
    if (seen == Sight::sameInstance || shown == Sight::sameInstance)
      return "is in another database of the same instance";
    if (seen == Sight::notSeen || shown == Sight::notSeen)
      return {};
  }
  for (const std::size_t other : main)
    if (!result.reasons[index][other].empty())
      return "cannot tell: " + result.reasons[index][other];
  return "cannot tell";
}

} // namespace

std::vector<Group> groupsOf(const CheckResult& result) {
  std::vector<std::size_t> leader(result.servers.size());
  std::iota(leader.begin(), leader.end(), std::size_t{0});
  const auto leaderOf = [&](std::size_t index) {
    while (leader[index] != index)
      index = leader[index] = leader[leader[index]];
    return index;
  };
  for (std::size_t row = 0; row < leader.size(); ++row)
    for (std::size_t column = 0; column < leader.size(); ++column)
      if (result.sights[row][column] == Sight::sameDatabase)
        leader[std::max(leaderOf(row), leaderOf(column))] = std::min(leaderOf(row), leaderOf(column));
  std::vector<Group> groups(leader.size());
  for (std::size_t index = 0; index < leader.size(); ++index)
    if (result.abilities[index].reached)
      groups[leaderOf(index)].push_back(index);
  std::erase_if(groups, [](const Group& group) { return group.empty(); });
  std::ranges::stable_sort(groups, std::greater{}, &Group::size);
  return groups;
}

void conclude(CheckResult& result, const std::vector<Participant>& participants,
              const std::vector<std::optional<Facts>>& facts, const std::vector<Group>& groups) {
  topology::Verification& verification = result.verification;
  verification.means = topology::Verification::Means::flags;
  verification.servers.resize(participants.size());
  bool isOne = !groups.empty();
  for (std::size_t index = 0; index < participants.size(); ++index) {
    ServerCheck& check = verification.servers[index];
    check.server = participants[index].server;
    check.reached = result.abilities[index].reached;
    check.note = result.abilities[index].failure;
    isOne = isOne && check.reached;
  }
  // Servers on standbys never see a primary's flags: the sources decide whose flags the others are held against.
  const auto isPrimary = [&](const Group& group) { return !facts[group.front()]->inRecovery; };
  const auto main = std::ranges::find_if(groups, isPrimary) == groups.end() ? groups.begin()
                                                                            : std::ranges::find_if(groups, isPrimary);
  const bool isTied =
      main != groups.end() && main->size() == 1 && std::ranges::count_if(groups, isPrimary) > 1; // nobody sees anybody
  for (auto group = groups.begin(); group != groups.end(); ++group) {
    const Place place = placeOf(*group, participants, facts);
    const Place mainPlace = placeOf(*main, participants, facts);
    const bool isSame = group == main;
    const bool follows = place.isStandby && !place.source.empty() && place.source == mainPlace.source;
    isOne = isOne && (isSame || follows);
    for (const std::size_t index : *group) {
      ServerCheck& check = verification.servers[index];
      check.database = place.database;
      check.saw = isSame && !isTied;
      if (place.isStandby)
        check.note = standbyNote(place, result.abilities[index]);
      else if (!isSame && !isTied)
        check.note = apartNote(result, facts, index, *main);
      if (check.database.empty() && check.note.empty())
        check.note = participants[index].database.empty() ? "was not reached by the last probe"
                                                          : "leads elsewhere than at the last probe";
    }
  }
  verification.everyoneSees = isOne;
}

} // namespace whichbase::verify
