#include "topology/evidence.h"

#include "topology/merging.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace whichbase::topology {

namespace {

constexpr std::size_t namesShown = 3;

struct SeenIdentifier {
  std::uint64_t identifier = 0;
  std::vector<std::string> servers;
};

std::vector<SeenIdentifier> identifiersSeen(const Sighting& sighting, const std::vector<PlacedDatabase>& placed) {
  std::vector<SeenIdentifier> seen;
  for (const PlacedDatabase& database : placed)
    for (const std::size_t index : database.observations) {
      const auto& identifier = sighting.observations[index].facts->systemIdentifier;
      if (!identifier)
        continue;
      auto at = std::ranges::find(seen, *identifier, &SeenIdentifier::identifier);
      if (at == seen.end())
        at = seen.insert(seen.end(), {*identifier, {}});
      const auto names = namesAt(sighting, index);
      at->servers.insert(at->servers.end(), names.begin(), names.end());
    }
  return seen;
}

Evidence differentInstances(const SeenIdentifier& a, const SeenIdentifier& b) {
  Evidence evidence{"system-identifiers", a.servers, "different-instance", {}};
  evidence.servers.insert(evidence.servers.end(), b.servers.begin(), b.servers.end());
  const auto apart = initializedAt(a.identifier) - initializedAt(b.identifier);
  const std::string initialised =
      apart.count() == 0 ? std::string() : fmt::format(", initialised {} apart", toDuration(apart));
  evidence.text = fmt::format("{} lead to one instance, {} to another: their system identifiers are {} and {}{}.",
                              someOf(a.servers, namesShown), someOf(b.servers, namesShown), a.identifier, b.identifier,
                              initialised);
  if (a.servers.size() == 1)
    evidence.text.replace(evidence.text.find(" lead to one"), 5, " leads");
  return evidence;
}

// Every pair while they are few; then each against the first, so that a thousand databases stay readable.
void addIdentifiers(std::vector<Evidence>& evidence, const std::vector<SeenIdentifier>& seen) {
  const std::size_t against = seen.size() <= 6 ? seen.size() : 1;
  for (std::size_t a = 0; a < against; ++a)
    for (std::size_t b = a + 1; b < seen.size(); ++b)
      evidence.push_back(differentInstances(seen[a], seen[b]));
}

// `a` and `b` each name the servers of one target.
std::string meetingText(const Meeting& meeting, const std::string& a, const std::string& b) {
  switch (meeting.says) {
  case Says::sameDatabase:
    if (meeting.means == "backend")
      return fmt::format("The session for {} and that for {} had one and the same backend: one database.", a, b);
    return fmt::format("The session for {} saw the flag of that for {} in its own database: one database.", a, b);
  case Says::sameInstance:
    return fmt::format("The session for {} saw the flag of that for {} in another database of its instance: two "
                       "databases of one instance.",
                       a, b);
  case Says::apart:
    return fmt::format("The session for {} and that for {} held their flags at once, and neither saw the other's: "
                       "two instances.",
                       a, b);
  case Says::unclear:
    return fmt::format("Whether the session for {} and that for {} are in one database could not be proven: {}.", a, b,
                       meeting.reason.empty() ? "the meeting gave no answer" : meeting.reason);
  }
  return {};
}

std::string saysText(Says says) {
  switch (says) {
  case Says::sameDatabase:
    return "same-database";
  case Says::sameInstance:
    return "same-instance";
  case Says::apart:
    return "apart";
  case Says::unclear:
    return "unknown";
  }
  return {};
}

void addMeetings(std::vector<Evidence>& evidence, const Sighting& sighting) {
  for (const Meeting& meeting : sighting.meetings) {
    const auto a = namesAt(sighting, meeting.a);
    const auto b = namesAt(sighting, meeting.b);
    if (a.empty() || b.empty())
      continue;
    Evidence each{meeting.means.empty() ? "flags" : meeting.means, a, saysText(meeting.says), {}};
    each.servers.insert(each.servers.end(), b.begin(), b.end());
    each.text = meetingText(meeting, someOf(a, namesShown), someOf(b, namesShown));
    evidence.push_back(each);
  }
}

void addSameTargets(std::vector<Evidence>& evidence, const Sighting& sighting,
                    const std::vector<PlacedDatabase>& placed) {
  for (const PlacedDatabase& database : placed)
    for (const std::size_t index : database.observations) {
      const auto names = namesAt(sighting, index);
      if (names.size() < 2)
        continue;
      evidence.push_back({"same-target", names, "same-database",
                          fmt::format("{} have the same connection string over the same route: one visit stands for "
                                      "all of them.",
                                      someOf(names, namesShown))});
    }
}

} // namespace

std::vector<std::string> namesAt(const Sighting& sighting, std::size_t observation) {
  std::vector<std::string> names;
  for (const ServerSpec& server : sighting.servers)
    if (server.observation == observation)
      names.push_back(server.name);
  if (!names.empty())
    return names;
  for (const Sighting::Ghost& ghost : sighting.ghosts)
    if (ghost.observation == observation && names.empty())
      names.push_back(ghost.remembered.label.empty() ? ghost.remembered.name : ghost.remembered.label);
  return names;
}

std::vector<Evidence> gatherEvidence(const Sighting& sighting, const std::vector<PlacedDatabase>& placed) {
  std::vector<Evidence> evidence;
  addIdentifiers(evidence, identifiersSeen(sighting, placed));
  addMeetings(evidence, sighting);
  addSameTargets(evidence, sighting, placed);
  return evidence;
}

} // namespace whichbase::topology
