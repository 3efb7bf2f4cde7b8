#include "layout/diagram.h"
#include "shapes.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whichbase::layout {
namespace {

using tests::database;
using tests::incident;
using tests::server;
using topology::Role;
using topology::Snapshot;

const Box* find(const Diagram& diagram, const std::string& key) {
  const auto at = std::ranges::find(diagram.boxes, key, &Box::key);
  return at == diagram.boxes.end() ? nullptr : &*at;
}

const Path* findPath(const Diagram& diagram, const std::string& key) {
  const auto at = std::ranges::find(diagram.paths, key, &Path::key);
  return at == diagram.paths.end() ? nullptr : &*at;
}

// 24 alike servers on B, two on A, one not reached.
Snapshot manyAlike() {
  Snapshot snapshot;
  snapshot.databases = {database("A"), database("B")};
  snapshot.servers = {server("Billing Worker", "A", Role::writes), server("Invoice Cron", "A")};
  for (int i = 1; i <= 24; ++i) {
    snapshot.servers.push_back(server("Storefront " + std::to_string(i), "B"));
    snapshot.servers.back().address = "203.0.113." + std::to_string(39 + i);
  }
  snapshot.servers.push_back(server("Mailer", ""));
  return snapshot;
}

TEST(Layout, PutsDatabasesAboveTheirServers) {
  const auto [before, after] = layOut(incident(), {});
  EXPECT_EQ(problemsOf(before), std::vector<std::string>{});
  const Box* a = find(before, "db:A");
  const Box* b = find(before, "db:B");
  const Box* production = find(before, "server:Production Backend");
  ASSERT_TRUE(a && b && production);
  EXPECT_LT(a->rect.x, b->rect.x);
  EXPECT_EQ(a->rect.y, b->rect.y);
  EXPECT_GT(production->rect.y, a->rect.y + a->rect.height);
  EXPECT_EQ(production->databaseId, "A");
  EXPECT_EQ(production->environment, "PROD");
  EXPECT_EQ(production->role, "writes");
  EXPECT_EQ(production->moved, "");
  EXPECT_EQ(a->usersText + " " + a->usersWord, "22 users");
  EXPECT_EQ(b->usersText + " " + b->usersWord, "1 user");
}

TEST(Layout, KeepsThePlaceOfWhatIsOnBothSides) {
  const auto [before, after] = layOut(incident(), {});
  for (const Box& box : before.boxes) {
    const Box* same = find(after, box.key);
    ASSERT_TRUE(same) << box.key;
    EXPECT_EQ(same->rect, box.rect) << box.key;
  }
  EXPECT_EQ(before.width, after.width);
  EXPECT_EQ(before.height, after.height);
}

TEST(Layout, ShowsWhatIsNoLongerUsedAsAGhostAndWhatMovedWithItsPast) {
  const auto [before, after] = layOut(incident(), {});
  EXPECT_EQ(find(before, "db:A")->kind, BoxKind::database);
  EXPECT_EQ(find(after, "db:A")->kind, BoxKind::ghost);
  EXPECT_EQ(find(after, "db:A")->subtitle, "not in use here");
  EXPECT_EQ(find(after, "server:Production Backend")->moved, "was A");
  EXPECT_EQ(find(after, "server:Dashboard")->moved, "");
  EXPECT_EQ(findPath(after, "link:Production Backend")->toKey, "db:B");
}

TEST(Layout, ShowsWhatWasNotThereBeforeAsAnOutline) {
  auto comparison = incident();
  comparison.after.databases.push_back(database("C"));
  comparison.after.servers[2].database = "C";
  const auto [before, after] = layOut(comparison, {});
  EXPECT_EQ(find(before, "db:C")->kind, BoxKind::outline);
  EXPECT_EQ(find(before, "db:C")->usersText, "");
  EXPECT_EQ(find(before, "db:C")->lines, std::vector<Box::Line>{});
  EXPECT_EQ(find(before, "db:C")->rect, find(after, "db:C")->rect);
}

TEST(Layout, TellsWritesReadsAndUnknownApart) {
  Snapshot snapshot;
  snapshot.databases = {database("A"), database("?1")};
  snapshot.servers = {server("Writer", "A", Role::writes), server("Reader", "A"),
                      server("Nobody said", "A", Role::unstated), server("Which database", "?1", Role::writes)};
  const Diagram diagram = layOut(snapshot, {});
  EXPECT_EQ(findPath(diagram, "link:Writer")->style, LineStyle::solid);
  EXPECT_EQ(findPath(diagram, "link:Reader")->style, LineStyle::dashed);
  EXPECT_EQ(findPath(diagram, "link:Nobody said")->style, LineStyle::dotted);
  EXPECT_EQ(findPath(diagram, "link:Which database")->style, LineStyle::dotted);
  EXPECT_FALSE(find(diagram, "server:Which database")->identityProven);
  EXPECT_FALSE(find(diagram, "db:?1")->identityProven);
}

TEST(Layout, NeverSaysThatAServerMovedFromOrToAnUnknownIdentity) {
  auto comparison = incident();
  comparison.after.databases.push_back(database("?1"));
  comparison.after.servers[0].database = "?1";
  const Diagram after = layOut(comparison, {}).after;
  EXPECT_EQ(find(after, "server:Production Backend")->moved, "");
}

TEST(Layout, PutsServersThatWereNotReachedInAGroupOfTheirOwn) {
  const Diagram diagram = layOut(manyAlike(), {});
  ASSERT_EQ(diagram.captions.size(), 1U);
  EXPECT_EQ(diagram.captions[0].text, "Not reached · 1");
  const Box* mailer = find(diagram, "server:Mailer");
  ASSERT_TRUE(mailer);
  EXPECT_EQ(mailer->kind, BoxKind::notReached);
  EXPECT_EQ(mailer->failure, "connect: refused");
  EXPECT_EQ(findPath(diagram, "link:Mailer"), nullptr);
  for (const Box& box : diagram.boxes) {
    if (box.key == mailer->key)
      continue;
    EXPECT_LT(box.rect.y + box.rect.height, mailer->rect.y) << box.key;
  }
}

TEST(Layout, StacksServersThatAreAlikeFromNineASide) {
  const Diagram diagram = layOut(manyAlike(), {});
  const auto stack = std::ranges::find(diagram.boxes, BoxKind::stack, &Box::kind);
  ASSERT_NE(stack, diagram.boxes.end());
  EXPECT_EQ(stack->title, "Storefront ×24");
  EXPECT_EQ(stack->subtitle, "203.0.113.40 … .63");
  EXPECT_EQ(stack->members.size(), 24U);
  EXPECT_EQ(diagram.boxes.size(), 6U);

  Snapshot eight = manyAlike();
  eight.servers.resize(8);
  EXPECT_EQ(layOut(eight, {}).boxes.size(), 10U);
  EXPECT_EQ(layOut(manyAlike(), {.stackFrom = 0}).boxes.size(), 29U);
}

TEST(Layout, UnfoldsAStackByItsKeyAndRemembersIt) {
  const Diagram folded = layOut(manyAlike(), {});
  const std::string key = std::ranges::find(folded.boxes, BoxKind::stack, &Box::kind)->key;
  const Diagram unfolded = layOut(manyAlike(), {.unfolded = {key}});
  EXPECT_EQ(unfolded.boxes.size(), 29U);
  EXPECT_EQ(find(unfolded, "server:Storefront 7")->stackKey, key);
  EXPECT_EQ(find(unfolded, "server:Billing Worker")->stackKey, "");
}

TEST(Layout, LetsAServerWithAFindingOfItsOwnStandAloneAndFirst) {
  Snapshot snapshot = manyAlike();
  snapshot.findings.push_back(
      {"connected-elsewhere", topology::Severity::warning, {"Storefront 7"}, "title", "text", "remedy"});
  const Diagram diagram = layOut(snapshot, {.width = 1060});
  const Box* alone = find(diagram, "server:Storefront 7");
  const auto stack = std::ranges::find(diagram.boxes, BoxKind::stack, &Box::kind);
  ASSERT_TRUE(alone);
  EXPECT_EQ(stack->members.size(), 23U);
  EXPECT_LT(alone->rect.x, stack->rect.x);
}

TEST(Layout, StacksOnWhereAFindingConcernsThemAll) {
  Snapshot snapshot = manyAlike();
  for (int i = 1; i <= 24; ++i) // one finding for each, all alike
    snapshot.findings.push_back(
        {"unencrypted", topology::Severity::warning, {"Storefront " + std::to_string(i)}, "title", "text", "remedy"});
  const Diagram diagram = layOut(snapshot, {});
  EXPECT_EQ(std::ranges::find(diagram.boxes, BoxKind::stack, &Box::kind)->members.size(), 24U);
}

TEST(Layout, WrapsServersThatDoNotFitAndLeadsTheirEdgesBetweenTheRowsAbove) {
  const Diagram diagram = layOut(manyAlike(), {.width = 390, .stackFrom = 0});
  EXPECT_EQ(problemsOf(diagram), std::vector<std::string>{});
  EXPECT_LE(diagram.width, 800);
  const bool anyLead = std::ranges::any_of(diagram.paths, [](const Path& path) { return !path.lead.empty(); });
  EXPECT_TRUE(anyLead);
}

TEST(Layout, FitsTheNarrowPanesOfASmallWindow) {
  const auto [before, after] = layOut(incident(), {.width = 390});
  EXPECT_EQ(before.width, 390);
  EXPECT_EQ(problemsOf(before), std::vector<std::string>{});
  EXPECT_EQ(problemsOf(after), std::vector<std::string>{});
}

TEST(Layout, OfNothingIsEmpty) {
  const Diagram diagram = layOut(Snapshot{}, {});
  EXPECT_TRUE(diagram.boxes.empty());
  EXPECT_EQ(problemsOf(diagram), std::vector<std::string>{});
}

TEST(Layout, ShortensEnvironmentsToWords) {
  Snapshot snapshot;
  snapshot.databases = {database("A")};
  snapshot.servers = {server("a", "A", Role::reads, "development"), server("b", "A", Role::reads, "Test"),
                      server("c", "A", Role::reads, "pre-production-eu"), server("d", "A", Role::reads, "")};
  const Diagram diagram = layOut(snapshot, {});
  EXPECT_EQ(find(diagram, "server:a")->environment, "DEV");
  EXPECT_EQ(find(diagram, "server:b")->environment, "TEST");
  EXPECT_EQ(find(diagram, "server:c")->environment, "PRE-PRODUC");
  EXPECT_EQ(find(diagram, "server:d")->environment, "");
}

TEST(Layout, SaysWhatASessionMayDoWhereNobodyStatedTheRole) {
  Snapshot snapshot;
  snapshot.databases = {database("A")};
  snapshot.servers = {server("a", "A", Role::unstated), server("b", "A", Role::unstated),
                      server("c", "A", Role::unstated)};
  snapshot.servers[0].canInsertUsers = topology::Known<bool>::of(true);
  snapshot.servers[1].canInsertUsers = topology::Known<bool>::of(true);
  snapshot.servers[1].readOnly = true;
  const Diagram diagram = layOut(snapshot, {});
  EXPECT_EQ(find(diagram, "server:a")->role, "can write");
  EXPECT_EQ(find(diagram, "server:b")->role, "read only");
  EXPECT_EQ(find(diagram, "server:c")->role, "");
}

TEST(ProblemsOf, SeesOverlapsAndLoosePaths) {
  Diagram diagram = layOut(incident(), {}).before;
  diagram.boxes[1].rect = diagram.boxes[0].rect;
  diagram.paths[0].from.y += 5;
  EXPECT_GE(problemsOf(diagram).size(), 2U);
}

} // namespace
} // namespace whichbase::layout
