// Properties that hold for every diagram, over seeded random topologies and widths.
#include "layout/diagram.h"
#include "shapes.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace whichbase::layout {
namespace {

using topology::Comparison;
using topology::Role;
using topology::Snapshot;

class Random {
public:
  explicit Random(unsigned seed) : m_engine(seed) {}
  int below(int limit) { return static_cast<int>(m_engine() % static_cast<unsigned>(limit)); }
  bool once(int in) { return below(in) == 0; }

private:
  std::mt19937 m_engine;
};

std::string databaseId(int index) {
  if (index >= 26)
    return {'A', static_cast<char>('A' + index % 26)};
  return {static_cast<char>('A' + index)};
}

Snapshot randomSnapshot(Random& random, int servers, int databases) {
  constexpr const char* environments[] = {"production", "staging", "", "an environment of some length"};
  Snapshot snapshot;
  for (int i = 0; i < databases; ++i)
    snapshot.databases.push_back(tests::database(databaseId(i), random.below(100000)));
  if (random.once(3))
    snapshot.databases.push_back(tests::database("?1"));
  for (int i = 0; i < servers; ++i) {
    const auto& on =
        snapshot.databases[static_cast<std::size_t>(random.below(static_cast<int>(snapshot.databases.size())))];
    snapshot.servers.push_back(tests::server("Server " + std::to_string(i), random.once(8) ? "" : on.id,
                                             static_cast<Role>(random.below(3)), environments[random.below(4)]));
    if (random.once(6))
      snapshot.findings.push_back(
          {"connected-elsewhere", topology::Severity::warning, {"Server " + std::to_string(i)}, "", "", ""});
  }
  return snapshot;
}

Comparison randomComparison(Random& random) {
  Comparison comparison;
  const int servers = random.below(random.once(4) ? 80 : 14);
  const int databases = 1 + random.below(random.once(4) ? 30 : 4);
  comparison.before = randomSnapshot(random, servers, databases);
  comparison.after =
      randomSnapshot(random, random.once(3) ? servers + random.below(5) : servers, databases + random.below(2));
  comparison.findings = comparison.after.findings;
  return comparison;
}

TEST(RandomTopologies, AreLaidOutWithoutFault) {
  for (unsigned seed = 0; seed < 600; ++seed) {
    Random random(seed);
    const Comparison comparison = randomComparison(random);
    Options options;
    options.width = 300 + random.below(1200);
    options.stackFrom = random.once(2) ? 9 : 0;
    const auto [before, after] = layOut(comparison, options);
    const Diagram alone = layOut(comparison.after, options);
    for (const Diagram* diagram : {&before, &after, &alone})
      ASSERT_EQ(problemsOf(*diagram), std::vector<std::string>{}) << "seed " << seed << ", width " << options.width;
  }
}

TEST(RandomTopologies, ShowEveryServerOnceAndLinkEveryReachedOne) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    Random random(seed);
    const Comparison comparison = randomComparison(random);
    const auto diagrams = layOut(comparison, {});
    for (const auto& [snapshot, diagram] :
         {std::pair(&comparison.before, &diagrams.before), std::pair(&comparison.after, &diagrams.after)}) {
      std::map<std::string, const Box*> shown;
      for (const Box& box : diagram->boxes)
        for (const std::string& name : box.members)
          ASSERT_TRUE(shown.emplace(name, &box).second) << name << " twice, seed " << seed;
      ASSERT_EQ(shown.size(), snapshot->servers.size()) << "seed " << seed;
      std::map<std::string, std::string> links;
      for (const Path& path : diagram->paths)
        links[path.fromKey] = path.toKey;
      for (const auto& server : snapshot->servers)
        ASSERT_EQ(links[shown[server.name]->key], server.reached() ? "db:" + server.database : "") << "seed " << seed;
    }
  }
}

TEST(RandomTopologies, KeepPlacesOnBothSides) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    Random random(seed);
    const auto [before, after] = layOut(randomComparison(random), {});
    std::map<std::string, const Box*> others;
    for (const Box& box : after.boxes)
      others[box.key] = &box;
    for (const Box& box : before.boxes)
      if (const auto other = others.find(box.key); other != others.end()) {
        const bool sameGroup = (box.kind == BoxKind::notReached) == (other->second->kind == BoxKind::notReached);
        if (!sameGroup)
          continue;
        ASSERT_EQ(box.rect, other->second->rect) << box.key << ", seed " << seed;
      }
  }
}

} // namespace
} // namespace whichbase::layout
