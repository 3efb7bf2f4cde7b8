#include "chart/history_chart.h"
#include "chart/time_scrubber.h"
#include "window/history_pane.h"

#include <QElapsedTimer>
#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QPixmap>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace whichbase::ui {

namespace {

using history::EventKind;
using std::chrono::minutes;
using std::chrono::seconds;

topology::UtcTime clock(int hours, int minute) {
  return topology::UtcTime(std::chrono::sys_days(std::chrono::year(2025) / 12 / 3)) + std::chrono::hours(hours) +
         minutes(minute);
}

// The incident: A grows, B gets its rows, Production moves, A is left.
history::Overview incident() {
  history::Overview overview;
  overview.labels = {{"A", "Local container"}, {"B", "External"}};
  overview.spans = {{clock(13, 40), clock(14, 40)}};
  const auto at = [&](const char* id, topology::UtcTime when, std::optional<std::int64_t> users) {
    overview.points.push_back({when, id, users, topology::CountKind::exact});
  };
  at("A", clock(13, 40), 18);
  at("B", clock(13, 40), 1);
  at("A", clock(13, 48), 19);
  at("A", clock(13, 56), 20);
  at("A", clock(14, 2), 22);
  at("B", clock(14, 11), 22);
  at("A", clock(14, 20), std::nullopt);
  overview.events = {
      {clock(14, 11), EventKind::note, topology::Side::after, {}, "rows copied"},
      {clock(14, 14),
       EventKind::serverMoved,
       topology::Side::after,
       {"Production Backend", "A", "B"},
       "Production Backend moved from A to B."},
      {clock(14, 20), EventKind::databaseUnreached, topology::Side::after, {"A"}, "A is not reached any more."},
      {clock(14, 31), EventKind::verification, topology::Side::after, {"B"}, "Write test: seen by all 3."}};
  overview.recordedChanges = 38;
  return overview;
}

history::Overview large() {
  history::Overview overview;
  overview.spans = {{clock(0, 0), clock(24, 0)}};
  for (int i = 0; i < 20'000; ++i)
    overview.points.push_back({clock(0, 0) + seconds(i * 4), std::string(1, static_cast<char>('A' + i % 3)),
                               1000 + (i * 7919) % 500,
                               i % 50 == 0 ? topology::CountKind::estimate : topology::CountKind::exact});
  for (int i = 0; i < 2'000; ++i)
    overview.events.push_back({clock(0, 0) + seconds(i * 43),
                               i % 4 == 0 ? EventKind::serverMoved : EventKind::usersChanged,
                               topology::Side::after,
                               {"A"},
                               "Server " + std::to_string(i) + " moved from A to B."});
  overview.recordedChanges = 20'000;
  return overview;
}

void save(const QPixmap& picture, const char* name) {
  if (const auto folder = qgetenv("WHICHBASE_PICTURES"); !folder.isEmpty())
    picture.save(QString::fromLocal8Bit(folder) + QLatin1Char('/') + QString::fromLatin1(name));
}

int pixelsOf(const QImage& image, const QColor& color) {
  int pixels = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      pixels += image.pixelColor(x, y) == color ? 1 : 0;
  return pixels;
}

struct Shown {
  HistoryPane pane;
  explicit Shown(const history::Overview& overview, QSize size = {900, 190}, bool recording = true) {
    pane.resize(size);
    pane.setOverview(overview, recording);
    pane.show();
    pane.grab();
  }
  TimeScrubber* scrubber() { return pane.findChild<TimeScrubber*>(); }
};

} // namespace

TEST(HistoryChart, LinesHaveTheirDatabasesColoursInLightAndDark) {
  for (const auto& theme : {Theme::light(), Theme::dark_()}) {
    Shown shown(incident());
    shown.pane.setTheme(theme);
    QPixmap picture(shown.pane.size());
    picture.fill(theme.pane);
    shown.pane.render(&picture, QPoint(), QRegion(), QWidget::DrawChildren);
    save(picture, theme.dark ? "history-dark.png" : "history-light.png");
    EXPECT_GT(pixelsOf(picture.toImage(), theme.database("A")), 300);
    EXPECT_GT(pixelsOf(picture.toImage(), theme.database("B")), 300);
  }
}

TEST(HistoryChart, MovingTheCursorDrawsNoPictureAnew) {
  Shown shown(large());
  const int before = shown.pane.chart()->pictures();
  ASSERT_GT(before, 0);
  for (int i = 0; i < 50; ++i) {
    shown.pane.setCursor(clock(3, i));
    shown.pane.grab();
  }
  EXPECT_EQ(shown.pane.chart()->pictures(), before);
}

TEST(HistoryChart, AWatchThatGoesOnDrawsNothingAnewUntilItIsAPixel) {
  auto overview = large();
  Shown shown(overview);
  const int before = shown.pane.chart()->pictures();
  for (int i = 0; i < 5; ++i) {
    overview.spans.back().until += seconds(5);
    shown.pane.setOverview(overview, true);
    shown.pane.grab();
  }
  EXPECT_EQ(shown.pane.chart()->pictures(), before);
  overview.spans.back().until += minutes(10);
  shown.pane.setOverview(overview, true);
  shown.pane.grab();
  EXPECT_EQ(shown.pane.chart()->pictures(), before + 1);
}

TEST(HistoryChart, KeysMoveStepPlayAndLeadBack) {
  Shown shown(incident());
  QSignalSpy scrubbed(&shown.pane, &HistoryPane::scrubbed);
  QSignalSpy live(&shown.pane, &HistoryPane::liveRequested);
  QSignalSpy steps(&shown.pane, &HistoryPane::eventStepRequested);
  QSignalSpy plays(&shown.pane, &HistoryPane::playRequested);
  QTest::keyClick(shown.scrubber(), Qt::Key_Home);
  ASSERT_EQ(scrubbed.count(), 1);
  EXPECT_EQ(scrubbed[0][0].value<topology::UtcTime>(), clock(13, 40));
  QTest::keyClick(shown.scrubber(), Qt::Key_Right);
  ASSERT_EQ(scrubbed.count(), 2);
  EXPECT_GT(scrubbed[1][0].value<topology::UtcTime>(), clock(13, 40));
  QTest::keyClick(shown.scrubber(), Qt::Key_BracketRight);
  QTest::keyClick(shown.scrubber(), Qt::Key_Left, Qt::ControlModifier);
  ASSERT_EQ(steps.count(), 2);
  EXPECT_EQ(steps[0][0].toInt(), 1);
  EXPECT_EQ(steps[1][0].toInt(), -1);
  QTest::keyClick(shown.scrubber(), Qt::Key_Space);
  ASSERT_EQ(plays.count(), 1);
  EXPECT_TRUE(plays[0][0].toBool());
  for (const auto key : {Qt::Key_End, Qt::Key_Escape, Qt::Key_L})
    QTest::keyClick(shown.scrubber(), key);
  EXPECT_EQ(live.count(), 3);
}

TEST(HistoryPane, ANoteIsEnteredOnceAndOnlyWhereChangesAreRecorded) {
  Shown shown(incident());
  QSignalSpy notes(&shown.pane, &HistoryPane::noteEntered);
  auto* field = shown.pane.findChild<QLineEdit*>();
  ASSERT_TRUE(field->isVisibleTo(&shown.pane));
  QTest::keyClicks(field, QStringLiteral(" restarted staging "));
  QTest::keyClick(field, Qt::Key_Return);
  QTest::keyClick(field, Qt::Key_Return);
  ASSERT_EQ(notes.count(), 1);
  EXPECT_EQ(notes[0][0].toString(), QStringLiteral("restarted staging"));
  shown.pane.setOverview(incident(), false);
  EXPECT_FALSE(field->isVisibleTo(&shown.pane));
}

TEST(HistoryPane, TwentyThousandChangesAreShownAtOnceAndScrubAtThirtyASecond) {
  const auto overview = large();
  Shown shown(incident());
  QElapsedTimer timer;
  timer.start();
  shown.pane.setOverview(overview, true);
  shown.pane.grab();
  const auto opened = timer.nsecsElapsed();
  timer.restart();
  QImage image(shown.pane.size(), QImage::Format_ARGB32_Premultiplied);
  for (int i = 0; i < 30; ++i) {
    shown.pane.setCursor(clock(5, i));
    shown.pane.render(&image);
  }
  const auto scrubs = timer.nsecsElapsed() / 30;
  // Beside it: the same points as one plain line.
  QPolygonF line;
  for (const auto& point : overview.points)
    line << QPointF(static_cast<double>(line.size()) / 20'000 * 850, static_cast<double>(*point.users) / 10);
  timer.restart();
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.drawPolyline(line);
  const auto plain = timer.nsecsElapsed();
  std::printf("shown in %.1f ms, a cursor's move %.2f ms, the plain line %.1f ms\n", static_cast<double>(opened) / 1e6,
              static_cast<double>(scrubs) / 1e6, static_cast<double>(plain) / 1e6);
  EXPECT_LT(opened, 60 * plain + 200'000'000);
  EXPECT_LT(scrubs, 2 * plain + 33'000'000);
}

} // namespace whichbase::ui
