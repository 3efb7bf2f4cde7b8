#include "picture/palette.h"
#include "shapes_of.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

namespace whichbase::picture {
namespace {

const Words* find(const Drawing& drawing, const std::string& text, double from = 0) {
  for (const Shape& shape : drawing.shapes)
    if (const auto* words = std::get_if<Words>(&shape.what); words && words->text == text && words->at.x >= from)
      return words;
  return nullptr;
}

std::size_t count(const Drawing& drawing, const std::string& text) {
  std::size_t number = 0;
  for (const Shape& shape : drawing.shapes)
    if (const auto* words = std::get_if<Words>(&shape.what); words && words->text == text)
      ++number;
  return number;
}

const Block* frameOf(const Drawing& drawing, const std::string& spoken, std::size_t which = 0) {
  for (const Shape& shape : drawing.shapes)
    if (const auto* block = std::get_if<Block>(&shape.what); block && shape.spoken.starts_with(spoken) && which-- == 0)
      return block;
  return nullptr;
}

TEST(TopologyDrawing, SetsBeforeAndAfterBesideOneAnotherUnderTheirSentences) {
  const Drawing drawing = topologyDrawing(samples::incident());
  EXPECT_EQ(drawing.width, 1200);
  const Words* before = find(drawing, "BEFORE");
  const Words* after = find(drawing, "AFTER");
  ASSERT_TRUE(before && after);
  EXPECT_LT(before->at.x, after->at.x);
  EXPECT_EQ(before->at.y, after->at.y);
  const Words* split = find(drawing, "Production writes to A; the others read B");
  const Words* fixed = find(drawing, "All 3 servers are on B");
  ASSERT_TRUE(split && fixed);
  EXPECT_TRUE(split->bold);
  EXPECT_LT(split->at.x, after->at.x);
  EXPECT_GT(fixed->at.x, after->at.x);
  EXPECT_TRUE(find(drawing, "probed 14:02:11 UTC, 3 Dec 2025"));
}

TEST(TopologyDrawing, DrawsDatabasesAboveTheirServersAsTheWindowDoes) {
  const Drawing drawing = topologyDrawing(samples::incident());
  const Block* local = frameOf(drawing, "Local container");
  const Block* production = frameOf(drawing, "Production Backend");
  ASSERT_TRUE(local && production);
  EXPECT_LT(local->rect.y + local->rect.height, production->rect.y);
  EXPECT_EQ(local->stroke, (Colour{Tone::database, 0}));
  EXPECT_EQ(local->strokeWidth, 2);
  const Block* ghost = frameOf(drawing, "Local container", 1);
  ASSERT_TRUE(ghost);
  EXPECT_EQ(ghost->dash, Dash::dashed);
  EXPECT_EQ(ghost->stroke, (Colour{Tone::databaseSoft, 0}));
  EXPECT_EQ(count(drawing, "was A"), 1U);
  EXPECT_EQ(count(drawing, "PROD"), 2U);
  std::size_t solid = 0;
  std::size_t dashed = 0;
  for (const Shape& shape : drawing.shapes)
    if (const auto* curve = std::get_if<Curve>(&shape.what)) {
      EXPECT_TRUE(curve->arrow);
      solid += curve->path.style == layout::LineStyle::solid ? 1 : 0;
      dashed += curve->path.style == layout::LineStyle::dashed ? 1 : 0;
    }
  EXPECT_EQ(solid, 2U);
  EXPECT_EQ(dashed, 4U);
}

TEST(TopologyDrawing, SaysInItsDescriptionWhatItShows) {
  const Drawing drawing = topologyDrawing(samples::incident());
  for (const char* part :
       {"BEFORE, probed 14:02:11 UTC, 3 Dec 2025: Production writes to A; the others read B.", "AFTER",
        "Database: Local container, database A, postgres:5432 · TovPlay, 22 users, 17 tables, 3 protection triggers.",
        "Server: Production Backend, database B, 203.0.113.20, PROD, writes, was A."})
    EXPECT_TRUE(drawing.description.contains(part)) << part << "\n" << drawing.description;
}

TEST(TopologyDrawing, LeavesAddressesOutWhereTheyAreNotToBeSeen) {
  const std::string svg = toSvg(topologyDrawing(samples::incident(), {.showAddresses = false}), Look::light);
  for (const char* address : {"203.0.113.", "postgres:5432", ":7777", "example.org"})
    EXPECT_FALSE(svg.contains(address)) << address;
  EXPECT_TRUE(svg.contains("Production Backend"));
  EXPECT_TRUE(svg.contains("TovPlay"));
  const std::string failed = toSvg(topologyDrawing(samples::allUnreachable(), {.showAddresses = false}), Look::light);
  EXPECT_FALSE(failed.contains("203.0.113."));
}

TEST(TopologyDrawing, StacksAlikeServersUnlessToldOtherwise) {
  const Drawing stacked = topologyDrawing(samples::sixtyServers());
  EXPECT_TRUE(find(stacked, "Storefront ×24"));
  const Drawing single = topologyDrawing(samples::sixtyServers(), {.stackFrom = 0});
  EXPECT_FALSE(find(single, "Storefront ×24"));
  EXPECT_TRUE(find(single, "Storefront 17"));
}

TEST(TopologyDrawing, DrawsAnUnknownIdentityWithoutLetterAndColour) {
  const Drawing drawing = topologyDrawing(samples::sixtyServers());
  const Block* unknown = frameOf(drawing, "legacy-proxy, database of unknown identity");
  ASSERT_TRUE(unknown);
  EXPECT_EQ(rgbOf(unknown->stroke, lightPalette()), lightPalette().faint);
}

TEST(TopologyDrawing, OfNothingIsAnEmptyPane) {
  const Drawing drawing = topologyDrawing(topology::Snapshot{});
  EXPECT_GT(drawing.height, 0);
  EXPECT_EQ(tests::problemsOf(drawing), std::vector<std::string>{});
}

TEST(UsersDrawing, ShowsWhatIsUnknownHatchedAndNeverAsZero) {
  topology::Snapshot snapshot = samples::incidentBefore();
  snapshot.databases[1].users = topology::Known<topology::UsersFact>::unknown("no privilege");
  const Drawing drawing = usersDrawing(snapshot);
  const Block* unknown = frameOf(drawing, "B External: unknown");
  ASSERT_TRUE(unknown);
  EXPECT_TRUE(unknown->hatched);
  EXPECT_GT(unknown->rect.height, 10);
  EXPECT_TRUE(find(drawing, "?"));
  EXPECT_TRUE(drawing.description.contains("B External unknown"));
  const Block* known = frameOf(drawing, "A Local container: 22");
  ASSERT_TRUE(known);
  EXPECT_FALSE(known->hatched);
}

TEST(UsersDrawing, SaysWhereACountIsOnlyWhatItsRoleMaySee) {
  topology::Snapshot snapshot = samples::incidentBefore();
  snapshot.databases[0].users.value->kind = topology::CountKind::visibleOnly;
  EXPECT_TRUE(find(usersDrawing(snapshot), "22 visible"));
}

TEST(UsersDrawing, KeepsBarsOnOneScaleAndInTheirDatabasesColours) {
  const Drawing drawing = usersDrawing(samples::incident());
  const Block* before = frameOf(drawing, "A Local container: 22");
  const Block* after = frameOf(drawing, "B External: 22");
  ASSERT_TRUE(before && after);
  EXPECT_EQ(before->rect.height, after->rect.height);
  EXPECT_EQ(before->fill, (Colour{Tone::database, 0}));
  EXPECT_EQ(after->fill, (Colour{Tone::database, 1}));
  EXPECT_TRUE(frameOf(drawing, "A Local container: 17")); // tables
}

TEST(UsersDrawing, MarksEstimatesAndFindsRoomForManyDatabases) {
  EXPECT_TRUE(find(usersDrawing(samples::sixtyServers()), "~51,900"));
  const Drawing drawing = usersDrawing(samples::manyServers(300, 60));
  EXPECT_EQ(tests::problemsOf(drawing), std::vector<std::string>{});
  std::size_t bars = 0;
  for (const Shape& shape : drawing.shapes)
    bars += std::holds_alternative<Block>(shape.what) && !shape.spoken.empty() ? 1 : 0;
  EXPECT_EQ(bars, 120U); // users and tables
}

} // namespace
} // namespace whichbase::picture
