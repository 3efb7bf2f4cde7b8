// Watching, recording and replaying, in the whole window, on real clusters and files.
#include "history/history.h"
#include "support/sample_snapshots.h"
#include "watched.h"
#include "window/live_chip.h"

#include <QLabel>

#include <gtest/gtest.h>

#include <algorithm>

namespace whichbase {

namespace {

using test::pathOf;
using test::Watched;
using test::WindowUnderTest;

// A recorded incident: the sample's sides one after the other.
void recordIncident(const QString& file) {
  auto opened = history::History::open(pathOf(file), history::History::Mode::record);
  ASSERT_TRUE(opened) << opened.error().text;
  auto first = samples::incidentBefore();
  first.side = topology::Side::after;
  ASSERT_TRUE((*opened)->begin(first.finishedAt));
  ASSERT_TRUE((*opened)->record(topology::Side::after, first));
  ASSERT_TRUE((*opened)->record(topology::Side::after, samples::incidentAfter()));
}

} // namespace

TEST(Live, AChangeInTheDatabaseIsSeenAndRecorded) {
  const Watched watched;
  watched.test.document().setInterval(std::chrono::seconds(1));
  ASSERT_TRUE(watched.waitFor(3));
  watched.insert(2);
  ASSERT_TRUE(watched.waitFor(5));
  EXPECT_TRUE(WindowUnderTest::wait([&] { return watched.recorded() == 5; }, 30000));
}

TEST(Live, PausedItSeesNothingUntilItStepsOrGoesOn) {
  const Watched watched;
  auto& document = watched.test.document();
  document.setInterval(std::chrono::seconds(1));
  ASSERT_TRUE(watched.waitFor(3));
  document.setPaused(true);
  EXPECT_EQ(watched.test.window->findChild<ui::LiveChip*>()->text(), QStringLiteral("Paused"));
  WindowUnderTest::wait([] { return false; }, 500); // a look that ran already
  watched.insert(1);
  WindowUnderTest::wait([] { return false; }, 2500);
  EXPECT_EQ(watched.shown(), 3);
  document.step();
  ASSERT_TRUE(watched.waitFor(4));
  document.setPaused(false);
  watched.insert(1);
  EXPECT_TRUE(watched.waitFor(5));
}

TEST(Live, WhatIsReplayedStandsUntilEscape) {
  const Watched watched;
  auto& document = watched.test.document();
  document.setInterval(std::chrono::seconds(1));
  ASSERT_TRUE(watched.waitFor(3));
  watched.insert(2);
  ASSERT_TRUE(watched.waitFor(5));
  const auto changes = [&] {
    const auto& overview = document.replay().overview();
    return overview ? overview->changes.size() : 0U;
  };
  ASSERT_TRUE(WindowUnderTest::wait([&] { return changes() >= 2; }, 30000));
  document.replay().scrubTo(document.replay().overview()->changes.front());
  ASSERT_TRUE(watched.waitFor(3));
  EXPECT_TRUE(document.view().replayedAt.has_value());
  bool marked = false;
  for (const auto* label : watched.test.window->findChildren<QLabel*>(QStringLiteral("replayed")))
    marked = marked || (label->isVisible() && label->text().startsWith(QStringLiteral("AS OF ")));
  EXPECT_TRUE(marked) << "clearly not the present";
  watched.insert(2);
  ASSERT_TRUE(WindowUnderTest::wait([&] { return watched.recorded() == 7; }, 60000)) << "records behind the replay";
  EXPECT_EQ(watched.shown(), 3);
  QTest::keyClick(watched.test.window.get(), Qt::Key_Escape);
  EXPECT_TRUE(watched.waitFor(7));
  EXPECT_FALSE(document.view().replayedAt.has_value());
}

TEST(History, OpensWithoutItsProjectAndWithoutADatabase) {
  WindowUnderTest test;
  const QString file = test.folder.filePath(QStringLiteral("incident.whichbase"));
  recordIncident(file);
  test.window->open(file);
  ASSERT_TRUE(test.wait([&] { return test.document().view().after != nullptr; }, 20000));
  EXPECT_EQ(test.document().view().after->servers.size(), samples::incidentAfter().servers.size());
  EXPECT_FALSE(test.document().project().has_value());
  EXPECT_TRUE(test.document().view().afterRecorded);
  auto& replay = test.document().replay();
  replay.step(-1);
  replay.scrubTo(replay.overview()->changes.front());
  const auto wanted = samples::incidentBefore().verdict.kind;
  EXPECT_TRUE(test.wait([&] { return test.document().view().after->verdict.kind == wanted; }, 20000));
}

TEST(History, AnyTwoMomentsCanBeCompared) {
  WindowUnderTest test;
  const QString file = test.folder.filePath(QStringLiteral("incident.whichbase"));
  recordIncident(file);
  test.window->open(file);
  ASSERT_TRUE(test.wait([&] { return test.document().view().after != nullptr; }, 20000));
  auto& replay = test.document().replay();
  replay.choose(replay.overview()->changes.front(), topology::Side::before);
  ASSERT_TRUE(test.wait([&] { return test.document().view().comparison != nullptr; }, 20000));
  EXPECT_TRUE(test.document().view().beforeAt.has_value());
  EXPECT_FALSE(test.document().view().comparison->changes.empty());
  replay.leave();
  EXPECT_EQ(test.document().view().comparison, nullptr);
}

TEST(History, ANoteGoesIntoTheFile) {
  const Watched watched;
  auto& document = watched.test.document();
  document.probe();
  ASSERT_TRUE(watched.waitFor(3));
  document.addNote(QStringLiteral("restarted staging"));
  const auto noted = [&] {
    const auto& overview = document.replay().overview();
    return overview && std::ranges::any_of(overview->events, [](const auto& event) {
             return event.kind == history::EventKind::note && event.text == "restarted staging";
           });
  };
  EXPECT_TRUE(WindowUnderTest::wait(noted, 20000));
}

TEST(History, TwoWindowsRecordOneProject) {
  const Watched watched;
  const WindowUnderTest other;
  watched.test.document().setInterval(std::chrono::seconds(1));
  ASSERT_TRUE(watched.waitFor(3));
  other.window->open(watched.file);
  ASSERT_TRUE(WindowUnderTest::wait([&] { return other.document().project().has_value(); }, 20000));
  other.document().setInterval(std::chrono::seconds(1));
  ASSERT_TRUE(WindowUnderTest::wait([&] { return other.document().interval().count() == 1; }));
  watched.insert(4);
  ASSERT_TRUE(watched.waitFor(7));
  ASSERT_TRUE(WindowUnderTest::wait([&] { return Watched::usersOf(other.document().view().after.get()) == 7; }, 60000));
  EXPECT_TRUE(WindowUnderTest::wait([&] { return watched.recorded() == 7; }, 20000));
  for (const auto* topic : {"history", "history-read"}) {
    EXPECT_TRUE(other.window->messages().text(QLatin1String(topic)).isEmpty());
    EXPECT_TRUE(watched.test.window->messages().text(QLatin1String(topic)).isEmpty());
  }
}

} // namespace whichbase
