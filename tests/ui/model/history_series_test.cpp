#include "model/history_marks.h"
#include "model/history_series.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whichbase::ui {

namespace {

using history::EventKind;
using history::Point;
using std::chrono::hours;
using std::chrono::minutes;
using topology::CountKind;

const topology::UtcTime start(std::chrono::sys_days(std::chrono::year(2025) / 12 / 3) + hours(13));

history::Overview overviewOf(std::vector<Point> points) {
  history::Overview overview;
  overview.spans = {{start, start + minutes(100)}};
  overview.points = std::move(points);
  return overview;
}

HistorySeries seriesFor(const history::Overview& overview, double width = 1000) {
  return seriesOf(pointsByDatabase(overview), TimeScale(overview.spans, wholeRange(overview), width));
}

} // namespace

TEST(TimeScale, WatchedTimesHaveOneScaleAndLongGapsArePressedTogether) {
  const std::vector<history::Span> spans = {{start, start + hours(1)}, {start + hours(20), start + hours(21)}};
  const TimeScale scale(spans, {start, start + hours(21)}, 1000);
  ASSERT_EQ(scale.stretches().size(), 3U);
  EXPECT_TRUE(scale.stretches()[1].compressed);
  EXPECT_FALSE(scale.stretches()[1].watched);
  EXPECT_NEAR(scale.stretches()[0].right, 483, 1);
  EXPECT_NEAR(scale.stretches()[1].left, 483, 1);
  EXPECT_NEAR(scale.xOf(start + hours(21)), 1000, 0.01);
  for (const auto time : {start, start + minutes(30), start + hours(10), start + hours(20) + minutes(7)})
    EXPECT_LT(std::chrono::abs(scale.timeAt(scale.xOf(time)) - time), std::chrono::seconds(1));
}

TEST(TimeScale, TicksStandAtRoundTimesAndNameTheDayWhereThereAreSeveral) {
  const TimeScale one({{start, start + hours(1)}}, {start, start + hours(1)}, 900);
  const auto ticks = one.ticks(90);
  ASSERT_GE(ticks.size(), 5U);
  EXPECT_EQ(ticks[1].text, "13:10");
  const TimeScale days({{start, start + hours(48)}}, {start, start + hours(48)}, 900);
  const auto across = days.ticks(90);
  EXPECT_EQ(across.front().text.substr(0, 7), "3 Dec, ");
  EXPECT_TRUE(std::ranges::any_of(across, [](const TimeTick& tick) { return tick.text == "4 Dec, 00:00"; }));
}

TEST(HistorySeries, AnUnknownCountBreaksTheLineAndIsNeverZero) {
  const auto series = seriesFor(overviewOf({{start, "A", 20, CountKind::exact},
                                            {start + minutes(30), "A", std::nullopt, CountKind::exact},
                                            {start + minutes(60), "A", 22, CountKind::exact}}));
  ASSERT_EQ(series.lines.size(), 1U);
  ASSERT_EQ(series.lines[0].runs.size(), 2U);
  EXPECT_NEAR(series.lines[0].runs[0].points.back().x, 300, 1);
  EXPECT_NEAR(series.lines[0].runs[1].points.front().x, 600, 1);
  for (const auto& run : series.lines[0].runs)
    for (const auto& point : run.points)
      EXPECT_GE(point.users, 20);
}

TEST(HistorySeries, NothingIsDrawnWhereNobodyWatched) {
  auto overview = overviewOf({{start, "A", 20, CountKind::exact}});
  overview.spans = {{start, start + minutes(40)}, {start + minutes(60), start + minutes(100)}};
  const TimeScale scale(overview.spans, wholeRange(overview), 1000);
  const auto series = seriesOf(pointsByDatabase(overview), scale);
  ASSERT_EQ(series.lines[0].runs.size(), 2U);
  EXPECT_NEAR(series.lines[0].runs[0].points.back().x, scale.stretches()[1].left, 1);
  EXPECT_NEAR(series.lines[0].runs[1].points.front().x, scale.stretches()[1].right, 1);
}

TEST(HistorySeries, AnEstimateIsDashed) {
  const auto series =
      seriesFor(overviewOf({{start, "A", 20, CountKind::exact}, {start + minutes(50), "A", 21, CountKind::estimate}}));
  ASSERT_EQ(series.lines[0].runs.size(), 2U);
  EXPECT_FALSE(series.lines[0].runs[0].estimate);
  EXPECT_TRUE(series.lines[0].runs[1].estimate);
}

TEST(HistorySeries, ADatabaseThatIsLeftSaysSinceWhen) {
  auto overview = overviewOf({{start, "A", 20, CountKind::exact}});
  overview.events = {{start + minutes(50), EventKind::databaseUnreached, topology::Side::after, {"A"}, "A is left."}};
  const auto series = seriesFor(overview);
  ASSERT_TRUE(series.lines[0].end);
  EXPECT_EQ(series.lines[0].end->text, "A not reached since 13:50");
  EXPECT_NEAR(series.lines[0].runs.back().points.back().x, 500, 1);
  EXPECT_FALSE(series.lines[0].last);
}

TEST(HistorySeries, TwentyThousandPointsAreThinnedToThePixels) {
  std::vector<Point> points;
  for (int i = 0; i < 20'000; ++i)
    points.push_back({start + std::chrono::milliseconds(i * 300), "A", i % 97, CountKind::exact});
  const auto series = seriesFor(overviewOf(std::move(points)), 900);
  ASSERT_EQ(series.lines[0].runs.size(), 1U);
  EXPECT_LE(series.lines[0].runs[0].points.size(), 900U * 5);
  EXPECT_EQ(series.greatest, 96);
}

TEST(HistoryMarks, LabelsNeverOverlapAndTheWeightiestComeFirst) {
  std::vector<history::Event> events;
  for (int i = 0; i < 200; ++i)
    events.push_back({start + std::chrono::seconds(i * 30),
                      i == 100 ? EventKind::verdictChanged : EventKind::serverMoved,
                      topology::Side::after,
                      {"S"},
                      "Production moved to B."});
  const TimeScale scale({{start, start + minutes(100)}}, {start, start + minutes(100)}, 900);
  const auto marks = marksOf(events, scale, [](const std::string&) { return 120.0; }, 190);
  double free = 0;
  int labelled = 0;
  bool verdict = false;
  for (const auto& mark : marks) {
    if (!mark.labelled)
      continue;
    ++labelled;
    verdict = verdict || mark.event == 100;
    EXPECT_GE(mark.labelLeft, free);
    EXPECT_LE(mark.labelLeft + mark.labelWidth, 900);
    free = mark.labelLeft + mark.labelWidth;
  }
  EXPECT_GE(labelled, 4);
  EXPECT_TRUE(verdict);
}

TEST(HistoryMarks, WhatSomebodyProvedIsNamedOnTheAxis) {
  const auto label = [](const std::string& text, EventKind kind = EventKind::verification) {
    return labelOf({start, kind, topology::Side::after, {}, text});
  };
  EXPECT_EQ(label("Write test: seen by all 3 in 4 ms."), "write test");
  EXPECT_EQ(label("Write test failed: not seen by Dashboard."), "write test failed");
  EXPECT_EQ(label("Rows compared: 22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both."), "rows compared");
  EXPECT_EQ(label("Rows copied: all of them.", EventKind::note), "Rows copied: all of them");
}

} // namespace whichbase::ui
