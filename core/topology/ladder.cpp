#include "topology/ladder.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace whichbase::topology {

namespace {

using Pair = std::pair<std::size_t, std::size_t>;

Pair ordered(std::size_t a, std::size_t b) {
  return {std::min(a, b), std::max(a, b)};
}

class UnionFind {
public:
  explicit UnionFind(std::size_t size) : m_parent(size) { std::iota(m_parent.begin(), m_parent.end(), 0u); }
  std::size_t rootOf(std::size_t node) {
    while (m_parent[node] != node)
      node = m_parent[node] = m_parent[m_parent[node]];
    return node;
  }
  void unite(std::size_t a, std::size_t b) { m_parent[rootOf(a)] = rootOf(b); }

private:
  std::vector<std::size_t> m_parent;
};

// Observations proven to be of one instance, by meetings.
struct Group {
  std::vector<std::size_t> members;
  std::optional<std::uint64_t> systemIdentifier;
  std::string contradiction;
};

class Ladder {
public:
  explicit Ladder(const Sighting& sighting);
  std::vector<PlacedDatabase> place();

private:
  const Facts& factsOf(std::size_t observation) const { return *m_sighting.observations[observation].facts; }
  bool isReached(std::size_t observation) const;
  void listReached();
  void followMeetings();
  void splitByOid();
  void findContradictions();
  std::string contradictionOf(const Meeting& meeting);
  std::string whyUndecided(std::size_t newcomer, std::size_t accepted);
  std::string whyUnknown(std::size_t root);
  std::vector<std::size_t> byStrength() const;

  const Sighting& m_sighting;
  std::vector<std::size_t> m_reached; // in the order of servers, then ghosts
  UnionFind m_databases, m_instances;
  std::map<std::size_t, Group> m_groups; // by the root of m_instances
  std::set<Pair> m_apart;                // roots of m_instances
  std::map<Pair, std::string> m_unclear; // likewise; why
  // Roots that are a database of their own, by identifier.
  std::map<std::optional<std::uint64_t>, std::vector<std::size_t>> m_accepted;
};

Ladder::Ladder(const Sighting& sighting)
    : m_sighting(sighting), m_databases(sighting.observations.size()), m_instances(sighting.observations.size()) {
  listReached();
  followMeetings();
  splitByOid();
  findContradictions();
}

bool Ladder::isReached(std::size_t observation) const {
  return observation < m_sighting.observations.size() && m_sighting.observations[observation].facts.has_value();
}

void Ladder::listReached() {
  std::set<std::size_t> seen;
  const auto add = [&](std::size_t observation) {
    if (isReached(observation) && seen.insert(observation).second)
      m_reached.push_back(observation);
  };
  for (const ServerSpec& server : m_sighting.servers)
    add(server.observation);
  for (const Sighting::Ghost& ghost : m_sighting.ghosts)
    add(ghost.observation);
}

void Ladder::followMeetings() {
  for (const Meeting& meeting : m_sighting.meetings) {
    if (!isReached(meeting.a) || !isReached(meeting.b))
      continue;
    if (meeting.says == Says::sameDatabase)
      m_databases.unite(meeting.a, meeting.b);
    if (meeting.says == Says::sameDatabase || meeting.says == Says::sameInstance)
      m_instances.unite(meeting.a, meeting.b);
  }
  for (const std::size_t each : m_reached) {
    Group& group = m_groups[m_instances.rootOf(each)];
    group.members.push_back(each);
    const auto& identifier = factsOf(each).systemIdentifier;
    if (!identifier)
      continue;
    if (group.systemIdentifier && *group.systemIdentifier != *identifier)
      group.contradiction = "its sessions met as in one instance, but the system identifiers differ";
    group.systemIdentifier = *identifier;
  }
}

// Within one instance an oid names one database.
void Ladder::splitByOid() {
  for (auto& [root, group] : m_groups) {
    std::map<std::uint32_t, std::size_t> first;
    for (const std::size_t each : group.members) {
      const std::uint32_t oid = factsOf(each).databaseOid;
      if (oid == 0)
        continue;
      const auto [known, isNew] = first.emplace(oid, each);
      if (!isNew)
        m_databases.unite(each, known->second);
    }
  }
}

std::string Ladder::contradictionOf(const Meeting& meeting) {
  const std::uint32_t oidA = factsOf(meeting.a).databaseOid;
  const std::uint32_t oidB = factsOf(meeting.b).databaseOid;
  switch (meeting.says) {
  case Says::sameDatabase:
    return oidA != 0 && oidB != 0 && oidA != oidB ? "its sessions met in one database, but report different oids"
                                                  : std::string();
  case Says::sameInstance:
    return m_databases.rootOf(meeting.a) == m_databases.rootOf(meeting.b)
               ? "its meetings contradict each other: one database, and two of one instance"
               : std::string();
  case Says::apart:
    return m_instances.rootOf(meeting.a) == m_instances.rootOf(meeting.b)
               ? "its meetings contradict each other: together, and apart"
               : std::string();
  case Says::unclear:
    break;
  }
  return {};
}

void Ladder::findContradictions() {
  for (const Meeting& meeting : m_sighting.meetings) {
    if (!isReached(meeting.a) || !isReached(meeting.b))
      continue;
    const std::size_t root = m_instances.rootOf(meeting.a);
    const Pair pair = ordered(root, m_instances.rootOf(meeting.b));
    if (const std::string contradiction = contradictionOf(meeting); !contradiction.empty())
      m_groups[root].contradiction = contradiction;
    else if (meeting.says == Says::apart)
      m_apart.insert(pair);
    else if (meeting.says == Says::unclear)
      m_unclear.emplace(pair, meeting.reason);
  }
}

// Why it is unknown whether the two groups are one; empty where they are proven different.
std::string Ladder::whyUndecided(std::size_t newcomer, std::size_t accepted) {
  const auto& a = m_groups[newcomer].systemIdentifier;
  const auto& b = m_groups[accepted].systemIdentifier;
  if (a && b && *a != *b)
    return {};
  const Pair pair = ordered(newcomer, accepted);
  if (m_apart.contains(pair))
    return {};
  const auto unclear = m_unclear.find(pair);
  if (unclear != m_unclear.end() && !unclear->second.empty())
    return unclear->second;
  if (!a) {
    const std::string& reason = factsOf(m_groups[newcomer].members.front()).systemIdentifier.reason;
    return reason.empty() ? "its system identifier could not be read" : reason;
  }
  return b ? "it shares a system identifier with another database, and no two sessions could be compared"
           : "the system identifier of another database could not be read, and no two sessions could be compared";
}

// Against those accepted so far that do not differ by identifier alone.
std::string Ladder::whyUnknown(std::size_t root) {
  const Group& group = m_groups[root];
  if (!group.contradiction.empty())
    return group.contradiction;
  for (const auto& [identifier, accepted] : m_accepted) {
    if (group.systemIdentifier && identifier && identifier != group.systemIdentifier)
      continue;
    for (const std::size_t each : accepted)
      if (const std::string reason = whyUndecided(root, each); !reason.empty())
        return reason;
  }
  return {};
}

// Roots in the order in which they claim to be a database of their own: a known identifier before an unknown one, then
// what more targets lead to, then the order of servers. It decides which of two is called unknown, never whether.
std::vector<std::size_t> Ladder::byStrength() const {
  std::map<std::size_t, std::size_t> position;
  for (std::size_t i = 0; i < m_reached.size(); ++i)
    position.emplace(m_reached[i], i);
  std::vector<std::size_t> roots;
  for (const auto& [root, group] : m_groups)
    roots.push_back(root);
  std::ranges::sort(roots, {}, [&](std::size_t root) {
    const Group& group = m_groups.at(root);
    return std::tuple(!group.systemIdentifier.has_value(), -static_cast<std::ptrdiff_t>(group.members.size()),
                      position.at(group.members.front()));
  });
  return roots;
}

std::vector<PlacedDatabase> Ladder::place() {
  std::map<std::size_t, std::string> unknown;
  for (const std::size_t root : byStrength()) {
    const std::string reason = whyUnknown(root);
    if (reason.empty())
      m_accepted[m_groups[root].systemIdentifier].push_back(root);
    else
      unknown.emplace(root, reason);
  }
  std::vector<PlacedDatabase> proven, open;
  std::map<std::size_t, std::size_t> databaseAt, instanceAt;
  for (const std::size_t each : m_reached) {
    const std::size_t root = m_instances.rootOf(each);
    if (const auto found = unknown.find(root); found != unknown.end()) {
      open.push_back({{each}, false, found->second, 0});
      continue;
    }
    const std::size_t instance = instanceAt.emplace(root, instanceAt.size()).first->second;
    const auto [at, isNew] = databaseAt.emplace(m_databases.rootOf(each), proven.size());
    if (isNew)
      proven.push_back({{}, true, {}, instance});
    proven[at->second].observations.push_back(each);
  }
  proven.insert(proven.end(), open.begin(), open.end());
  return proven;
}

} // namespace

std::vector<PlacedDatabase> climbLadder(const Sighting& sighting) {
  return Ladder(sighting).place();
}

} // namespace whichbase::topology
