#include "shapes_of.h"
#include "support/sample_parts.h"

#include <gtest/gtest.h>

namespace whichbase::picture {
namespace {

using history::EventKind;
using topology::CountKind;
using topology::Side;

topology::UtcTime clock(const std::string& time) {
  return samples::at("2025-12-03T" + time + ":00.000Z");
}

// A grows to 22 and is lost at 14:20; B jumps to 22 at 14:11; nobody watched from 14:20 to 14:24.
history::Overview incident() {
  history::Overview overview;
  overview.labels = {{"A", "Local container"}, {"B", "External"}};
  overview.spans = {{clock("13:40"), clock("14:20")}, {clock("14:24"), clock("14:36")}};
  overview.points = {{clock("13:40"), "A", 18, CountKind::exact},
                     {clock("13:40"), "B", 1, CountKind::exact},
                     {clock("13:48"), "A", 19, CountKind::exact},
                     {clock("14:02"), "A", 22, CountKind::exact},
                     {clock("14:11"), "B", 22, CountKind::exact}};
  overview.events = {
      {clock("14:11"), EventKind::note, Side::after, {}, "rows copied"},
      {clock("14:14"), EventKind::serverMoved, Side::after, {"Production Backend"}, "Production Backend moved to B."},
      {clock("14:20"), EventKind::databaseUnreached, Side::after, {"A"}, "A is not reached any more."}};
  return overview;
}

std::vector<std::string> textsOf(const Drawing& drawing) {
  std::vector<std::string> texts;
  for (const auto& placed : tests::wordsOf(drawing))
    texts.push_back(placed.text);
  return texts;
}

bool shows(const Drawing& drawing, const std::string& text) {
  const auto texts = textsOf(drawing);
  return std::ranges::find(texts, text) != texts.end();
}

TEST(TimelineDrawing, ShowsUsersAsStepsOnAnAxisInUtc) {
  const Drawing drawing = timelineDrawing(incident());
  EXPECT_TRUE(shows(drawing, "Users over time, UTC"));
  EXPECT_TRUE(shows(drawing, "14:00"));
  EXPECT_TRUE(shows(drawing, "Local container")); // beside its letter
  EXPECT_TRUE(shows(drawing, "20"));
  std::size_t lines = 0;
  for (const Shape& shape : drawing.shapes)
    if (const auto* line = std::get_if<Polyline>(&shape.what); line && line->colour.tone == Tone::database)
      if (line->points.size() > 2) {
        ++lines;
        for (std::size_t i = 1; i < line->points.size(); ++i) // level or upright, never slanted by more than a pixel
          EXPECT_TRUE(std::abs(line->points[i].x - line->points[i - 1].x) <= 1 ||
                      line->points[i].y == line->points[i - 1].y);
      }
  EXPECT_GE(lines, 2U);
}

TEST(TimelineDrawing, LeavesOpenWhatNobodyWatchedAndWhatIsNotKnown) {
  const Drawing drawing = timelineDrawing(incident());
  const Block* gap = nullptr;
  for (const Shape& shape : drawing.shapes)
    if (const auto* block = std::get_if<Block>(&shape.what); block && block->hatched)
      gap = block;
  ASSERT_TRUE(gap);
  const auto crosses = [&](const Polyline& line) {
    for (std::size_t i = 1; i < line.points.size(); ++i)
      if (line.points[i - 1].x < gap->rect.x + 2 && line.points[i].x > gap->rect.x + gap->rect.width - 2)
        return true;
    return false;
  };
  for (const Shape& shape : drawing.shapes) {
    const auto* line = std::get_if<Polyline>(&shape.what);
    EXPECT_FALSE(line && line->colour.tone == Tone::database && crosses(*line));
  }
  EXPECT_TRUE(shows(drawing, "A not reached since 14:20"));
}

TEST(TimelineDrawing, LabelsWhatMattersWithoutOverlaps) {
  history::Overview overview = incident();
  EXPECT_TRUE(shows(timelineDrawing(overview), "rows copied"));
  for (int i = 0; i < 200; ++i)
    overview.events.push_back({clock("14:25") + std::chrono::seconds(3 * i),
                               EventKind::note,
                               Side::after,
                               {},
                               "A note of some length, number " + std::to_string(i)});
  for (const double width : {500.0, 900.0, 1200.0, 2400.0})
    EXPECT_EQ(tests::problemsOf(timelineDrawing(overview, width)), std::vector<std::string>{}) << width;
}

TEST(TimelineDrawing, OfManyDatabasesAndOfNothingIsWithoutFault) {
  EXPECT_EQ(tests::problemsOf(timelineDrawing({})), std::vector<std::string>{});
  EXPECT_EQ(textsOf(timelineDrawing({})), std::vector<std::string>{"Nothing was recorded."});
  history::Overview overview = incident();
  for (char letter = 'C'; letter <= 'Z'; ++letter)
    overview.points.push_back({clock("14:25"), std::string(1, letter), letter, CountKind::estimate});
  EXPECT_EQ(tests::problemsOf(timelineDrawing(overview)), std::vector<std::string>{});
}

TEST(TimelineDrawing, SaysInItsDescriptionWhatItShows) {
  const std::string text = timelineDrawing(incident()).description;
  EXPECT_TRUE(text.contains("A Local container: 18 to 22 users, not reached since 14:20 UTC.")) << text;
  EXPECT_TRUE(text.contains("B External: 1 to 22 users.")) << text;
}

} // namespace
} // namespace whichbase::picture
