#include "live/sighted.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>

namespace whichbase::live {
namespace {

using topology::Facts;
using topology::Known;
using topology::Meeting;
using topology::Observation;
using topology::Says;
using topology::Sighting;
using topology::UtcTime;

constexpr const char* elsewhere = "read through another server's session";

// What a says of the one between, and the one between of b, together say of a and b. Nothing where it is not proven.
std::optional<Says> through(Says a, Says b) {
  const bool together = a != Says::apart && b != Says::apart;
  if (a == Says::unclear || b == Says::unclear || (a == Says::apart && b == Says::apart))
    return std::nullopt;
  if (!together)
    return Says::apart; // apart from one of the instance is apart from all of it
  if (a == Says::sameDatabase && b == Says::sameDatabase)
    return Says::sameDatabase;
  // Two of one instance that both differ from a third may be one database: their oids tell.
  return a == Says::sameInstance && b == Says::sameInstance ? std::nullopt : std::optional(Says::sameInstance);
}

std::optional<Meeting> bridge(const Sighting& sighting, const Meeting& one, const Meeting& other, std::size_t between) {
  Meeting meeting = one;
  meeting.a = one.a == between ? one.b : one.a;
  meeting.b = other.a == between ? other.b : other.a;
  if (meeting.a == meeting.b)
    return std::nullopt;
  auto says = through(one.says, other.says);
  if (!says && one.says == Says::sameInstance && other.says == Says::sameInstance) {
    const auto& a = sighting.observations[meeting.a].facts;
    const auto& b = sighting.observations[meeting.b].facts;
    if (a && b && a->databaseOid != 0 && b->databaseOid != 0)
      says = a->databaseOid == b->databaseOid ? Says::sameDatabase : Says::sameInstance;
  }
  if (!says)
    return std::nullopt;
  meeting.says = *says;
  return meeting;
}

// The meetings of others that follow from those with `between`.
void keepWhatFollows(Sighting& sighting, std::size_t between) {
  std::vector<Meeting> with;
  std::ranges::copy_if(sighting.meetings, std::back_inserter(with),
                       [&](const Meeting& meeting) { return meeting.a == between || meeting.b == between; });
  if (with.empty())
    return;
  std::erase_if(sighting.meetings,
                [&](const Meeting& meeting) { return meeting.a == between || meeting.b == between; });
  // One of its own instance stands in for it; without one, whoever is left.
  const auto close = std::ranges::max_element(with, {}, [](const Meeting& meeting) {
    return meeting.says == Says::sameDatabase ? 2 : meeting.says == Says::sameInstance ? 1 : 0;
  });
  const Meeting standIn = *close;
  for (const Meeting& other : with)
    if (const auto follows = bridge(sighting, standIn, other, between))
      sighting.meetings.push_back(*follows);
}

template <class T>
void takeOver(Known<T>& to, const Known<T>& from) {
  if (!to && from)
    to = from;
}

void takeOver(Facts& to, const Facts& from) {
  takeOver(to.sizeBytes, from.sizeBytes);
  takeOver(to.tables, from.tables);
  takeOver(to.triggers, from.triggers);
  takeOver(to.clients, from.clients);
  takeOver(to.replayLag, from.replayLag);
  takeOver(to.receiver, from.receiver);
  takeOver(to.senders, from.senders);
  if (to.users && from.users && to.users->relation == from.users->relation && !to.users->count &&
      to.users->kind == topology::CountKind::exact && from.users->kind != topology::CountKind::visibleOnly)
    to.users = from.users;
}

} // namespace

Markers markersOf(const Facts& facts) {
  return {facts.systemIdentifier.value, facts.databaseOid, facts.startedAt.value, facts.timeline, facts.inRecovery,
          facts.serverAddress,          facts.serverPort};
}

bool leadToTheSame(const Markers& a, const Markers& b) {
  const auto agree = [](const auto& x, const auto& y) { return !x || !y || *x == *y; };
  return agree(a.systemIdentifier, b.systemIdentifier) && agree(a.startedAt, b.startedAt) &&
         a.databaseOid == b.databaseOid && a.timeline == b.timeline && a.inRecovery == b.inRecovery &&
         a.serverAddress == b.serverAddress && a.serverPort == b.serverPort;
}

void writePulse(const Pulse& pulse, bool isClientsReader, UtcTime now, Observation& observation) {
  Facts& facts = *observation.facts;
  observation.startedAt = std::min(std::max(observation.startedAt, observation.finishedAt), now);
  observation.finishedAt = now;
  if (isClientsReader && pulse.clients)
    facts.clients = pulse.clients;
  else if (!isClientsReader)
    facts.clients = {std::nullopt, elsewhere};
  if (facts.inRecovery && pulse.replayLag)
    facts.replayLag = pulse.replayLag;
}

std::vector<std::size_t> groupsOf(const Sighting& sighting) {
  const std::size_t size = sighting.observations.size();
  std::vector<std::size_t> instance(size);
  std::iota(instance.begin(), instance.end(), 0u);
  const auto rootOf = [&](std::size_t at) {
    while (instance[at] != at)
      at = instance[at] = instance[instance[at]];
    return at;
  };
  for (const Meeting& meeting : sighting.meetings)
    if (meeting.says == Says::sameDatabase || meeting.says == Says::sameInstance)
      instance[std::max(rootOf(meeting.a), rootOf(meeting.b))] = std::min(rootOf(meeting.a), rootOf(meeting.b));
  std::vector<std::size_t> group(size);
  std::iota(group.begin(), group.end(), 0u);
  std::map<std::pair<std::size_t, std::uint32_t>, std::size_t> first; // within one instance an oid names one database
  for (std::size_t at = 0; at < size; ++at) {
    const auto& facts = sighting.observations[at].facts;
    if (facts && facts->databaseOid != 0)
      group[at] = first.emplace(std::pair(rootOf(at), facts->databaseOid), at).first->second;
  }
  return group;
}

void loseReach(Sighting& sighting, std::size_t observation, const topology::Failure& failure, UtcTime now) {
  Observation& lost = sighting.observations[observation];
  if (lost.facts) {
    const auto group = groupsOf(sighting);
    for (std::size_t other = 0; other < group.size(); ++other)
      if (other != observation && group[other] == group[observation] && sighting.observations[other].facts) {
        takeOver(*sighting.observations[other].facts, *lost.facts);
        break;
      }
    keepWhatFollows(sighting, observation);
  }
  lost.startedAt = std::min(std::max(lost.startedAt, lost.finishedAt), now);
  lost.finishedAt = now;
  lost.facts.reset();
  lost.failure = failure;
  lost.timingsMs.clear();
}

} // namespace whichbase::live
