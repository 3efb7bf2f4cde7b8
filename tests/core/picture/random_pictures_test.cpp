// Properties that hold for every picture, over seeded random topologies, names and widths.
#include "odd_names.h"
#include "shapes_of.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

#include <random>

namespace whichbase::picture {
namespace {

using tests::problemsOf;
using topology::Comparison;
using topology::Database;
using topology::Role;
using topology::Server;
using topology::Snapshot;

class Random {
public:
  explicit Random(unsigned seed) : m_engine(seed) {}
  std::size_t below(std::size_t limit) { return m_engine() % limit; }
  bool once(std::size_t in) { return below(in) == 0; }
  const std::string& of(const std::vector<std::string>& texts) { return texts[below(texts.size())]; }

private:
  std::mt19937 m_engine;
};

std::string databaseId(std::size_t index) {
  if (index >= 26)
    return {'A', static_cast<char>('A' + index % 26)};
  return {static_cast<char>('A' + index)};
}

Database randomDatabase(Random& random, const std::string& id) {
  static const auto names = tests::oddNames();
  Database database;
  database.id = id;
  database.identityProven = !id.starts_with('?');
  database.identityReason = database.identityProven ? "" : "no privilege on pg_control_system(), and no second session";
  database.name = random.of(names);
  database.label = random.once(3) ? "" : random.of(names);
  database.address = random.once(4) ? "db.example.org:5432" : random.of(names);
  if (!random.once(4)) {
    topology::UsersFact fact;
    fact.relation = "public.\"User\"";
    if (!random.once(4))
      fact.count = topology::Known<std::int64_t>::of(static_cast<std::int64_t>(random.below(2'000'000'000)));
    fact.kind = static_cast<topology::CountKind>(random.below(3));
    database.users = topology::Known<topology::UsersFact>::of(fact);
  }
  if (!random.once(4))
    database.tables = topology::Known<std::vector<std::string>>::of(std::vector<std::string>(random.below(90), "t"));
  return database;
}

Server randomServer(Random& random, std::size_t number, const Snapshot& snapshot) {
  static const auto names = tests::oddNames();
  Server server;
  server.name = random.of(names) + " " + std::to_string(number);
  server.address = random.once(2) ? "203.0.113.20" : random.of(names);
  server.environment = random.once(2) ? "production" : random.of(names);
  server.role = static_cast<Role>(random.below(3));
  server.database = snapshot.databases[random.below(snapshot.databases.size())].id;
  if (random.once(8)) {
    server.database.clear();
    server.failure = topology::Failure{topology::Stage::connect, random.of(names), "", false, {}};
  }
  return server;
}

Snapshot randomSnapshot(Random& random, std::size_t servers, std::size_t databases) {
  static const auto names = tests::oddNames();
  Snapshot snapshot;
  snapshot.verdict = {static_cast<topology::VerdictKind>(random.below(4)), false,
                      random.of(names) + " writes to A; the others read " + random.of(names), random.of(names)};
  snapshot.finishedAt = topology::UtcTime(std::chrono::hours(490'000));
  for (std::size_t i = 0; i < databases; ++i)
    snapshot.databases.push_back(randomDatabase(random, databaseId(i)));
  if (random.once(3))
    snapshot.databases.push_back(randomDatabase(random, "?1"));
  for (std::size_t i = 0; i < servers; ++i)
    snapshot.servers.push_back(randomServer(random, i, snapshot));
  return snapshot;
}

Comparison randomComparison(Random& random) {
  Comparison comparison;
  const std::size_t servers = 1 + random.below(random.once(3) ? 60 : 9);
  const std::size_t databases = 1 + random.below(random.once(4) ? 30 : 4);
  comparison.before = randomSnapshot(random, servers, databases);
  comparison.after = comparison.before;
  for (Server& server : comparison.after.servers)
    if (server.reached() && random.once(2))
      server.database = databaseId(random.below(databases));
  return comparison;
}

TEST(RandomPictures, HaveNoTextThatCoversAnotherOrSticksOut) {
  for (unsigned seed = 0; seed < 250; ++seed) {
    Random random(seed);
    const Comparison comparison = randomComparison(random);
    DrawingOptions options;
    options.width = 500 + static_cast<double>(random.below(1400));
    options.stackFrom = random.once(2) ? 9 : 0;
    options.showAddresses = !random.once(4);
    ASSERT_EQ(problemsOf(topologyDrawing(comparison, options)), std::vector<std::string>{}) << "seed " << seed;
    ASSERT_EQ(problemsOf(topologyDrawing(comparison.after, options)), std::vector<std::string>{}) << "seed " << seed;
    ASSERT_EQ(problemsOf(usersDrawing(comparison, options.width)), std::vector<std::string>{}) << "seed " << seed;
  }
}

TEST(ProblemsOf, SeesTextsThatCoverAnotherStickOutOrAreTooWide) {
  const Drawing sound = topologyDrawing(samples::incident());
  const auto spoilt = [&](const auto& spoil) {
    Drawing drawing = sound;
    for (Shape& shape : drawing.shapes)
      if (auto* words = std::get_if<Words>(&shape.what); words && words->text == "Dashboard") {
        spoil(*words);
        break;
      }
    return problemsOf(drawing).size();
  };
  EXPECT_EQ(problemsOf(sound).size(), 0U);
  EXPECT_GT(spoilt([](Words& words) { words.text = "Dashboard with a name that does not fit"; }), 0U);
  EXPECT_GT(spoilt([](Words& words) { words.at.x += 120; }), 0U);
  EXPECT_GT(spoilt([](Words& words) { words.at.y += 8; }), 0U);
  EXPECT_GT(spoilt([](Words& words) { words.at.x = -5; }), 0U);
}

TEST(RandomPictures, ShowEveryServerAndEveryDatabaseByNameOrNumber) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    Random random(seed);
    const Snapshot snapshot = randomComparison(random).after;
    const Drawing drawing = topologyDrawing(snapshot, {.stackFrom = 0});
    std::size_t spoken = 0;
    for (const Shape& shape : drawing.shapes)
      spoken += shape.spoken.empty() ? 0 : 1;
    ASSERT_GE(spoken, snapshot.servers.size() + snapshot.databases.size()) << "seed " << seed;
    for (const Server& server : snapshot.servers)
      ASSERT_TRUE(drawing.description.contains(cleaned(server.name))) << server.name << ", seed " << seed;
  }
}

TEST(RandomPictures, AreTheSameEveryTime) {
  Random first(7);
  Random second(7);
  const Drawing drawing = topologyDrawing(randomComparison(first));
  EXPECT_EQ(drawing, topologyDrawing(randomComparison(second)));
  EXPECT_EQ(toSvg(drawing, Look::adaptive), toSvg(drawing, Look::adaptive));
}

TEST(ThousandServers, AreDrawnOneByOneWithoutFault) {
  const Drawing drawing = topologyDrawing(samples::manyServers(1000, 12), {.stackFrom = 0});
  EXPECT_EQ(problemsOf(drawing), std::vector<std::string>{});
  EXPECT_TRUE(drawing.description.contains("Server 1000,"));
  const auto words = tests::wordsOf(drawing);
  EXPECT_GT(words.size(), 3000U);
}

TEST(ThousandServers, AreDrawnWithinSeconds) {
  const Snapshot snapshot = samples::manyServers(1000, 12);
  const auto start = std::chrono::steady_clock::now();
  const std::string svg = toSvg(topologyDrawing(snapshot, {.stackFrom = 0}), Look::light);
  // Some 0.1 s by itself; ten times that and more on a computer that is busy.
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
  EXPECT_GT(svg.size(), 500'000U);
}

} // namespace
} // namespace whichbase::picture
