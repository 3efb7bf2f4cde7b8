// Histories that were damaged, and windows that were killed while they recorded.
#include "recording_process.h"
#include "support/sample_snapshots.h"
#include "watched.h"

#include <QDir>

#include <algorithm>
#include <set>

namespace whichbase {

namespace {

using test::pathOf;
using test::Watched;
using test::WindowUnderTest;

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
  return file.readAll();
}

// Without the empty -wal and -shm that go with a file that somebody looked at the very moment.
QStringList setAsideIn(const QTemporaryDir& folder) {
  return QDir(folder.path()).entryList({QStringLiteral("*.damaged-*.whichbase")}, QDir::Files);
}

// A history of many pages; all but the first one, where the header is, are overwritten. Returns what the file is then.
QByteArray writeDamagedHistory(const QString& path) {
  {
    const auto opened = history::History::open(pathOf(path), history::History::Mode::record);
    EXPECT_TRUE(opened) << opened.error().text;
    auto snapshot = samples::incidentAfter();
    for (int second = 0; second < 30; ++second) {
      snapshot.finishedAt += std::chrono::seconds(1);
      snapshot.servers.front().name = "Server " + std::to_string(second);
      EXPECT_TRUE((*opened)->record(topology::Side::after, snapshot));
    }
  }
  constexpr qsizetype page = 4096;
  auto bytes = bytesOf(path);
  EXPECT_GT(bytes.size(), 4 * page);
  std::fill(bytes.begin() + page, bytes.end(), '\xA5');
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
  EXPECT_EQ(file.write(bytes), bytes.size());
  return bytes;
}

history::Overview overviewOf(const Watched& watched) {
  const auto opened = history::History::open(pathOf(watched.history), history::History::Mode::read);
  EXPECT_TRUE(opened) << opened.error().text;
  auto overview = opened ? (*opened)->overview() : std::unexpected(opened.error());
  EXPECT_TRUE(overview) << overview.error().text;
  return overview ? std::move(*overview) : history::Overview();
}

std::set<std::int64_t> countsIn(const history::Overview& overview) {
  std::set<std::int64_t> counts;
  for (const auto& point : overview.points)
    if (point.users)
      counts.insert(*point.users);
  return counts;
}

} // namespace

TEST(DamagedHistory, IsSetAsideWholeToldAndRecordingGoesOnInANewOne) {
  Watched watched;
  watched.closeWindow();
  const QByteArray damaged = writeDamagedHistory(watched.history);

  const WindowUnderTest next;
  const auto& messages = next.window->messages();
  const auto toldOf = [&](const char* topic) { return messages.text(QLatin1String(topic)); };
  next.window->open(watched.file);
  ASSERT_TRUE(
      WindowUnderTest::wait([&] { return toldOf("history-read").contains(QLatin1String("is damaged")); }, 60000));
  EXPECT_EQ(bytesOf(watched.history), damaged) << "who only looks changes nothing";

  next.document().probe();
  ASSERT_TRUE(WindowUnderTest::wait([&] { return watched.recorded() == 3; }, 60000));
  const auto aside = setAsideIn(watched.test.folder);
  ASSERT_EQ(aside.size(), 1) << aside.join(" ").toStdString();
  EXPECT_TRUE(aside.front().startsWith(QLatin1String("shop.damaged-20"))) << aside.front().toStdString();
  EXPECT_EQ(bytesOf(watched.test.folder.filePath(aside.front())), damaged);

  ASSERT_TRUE(WindowUnderTest::wait([&] { return !toldOf("history-damaged").isEmpty(); }, 60000));
  EXPECT_EQ(toldOf("history-damaged"), QStringLiteral("The history shop.whichbase was damaged. It was put aside as %1, "
                                                      "and a new one was begun.")
                                           .arg(aside.front()));
  // The window reads the new one, and says no longer that the history is damaged.
  const auto changes = [&] {
    const auto& overview = next.document().replay().overview();
    return overview ? overview->changes.size() : 0U;
  };
  EXPECT_TRUE(WindowUnderTest::wait([&] { return changes() == 1 && toldOf("history-read").isEmpty(); }, 60000))
      << changes() << ' ' << toldOf("history-read").toStdString();
  EXPECT_TRUE(toldOf("history").isEmpty()) << toldOf("history").toStdString();

  watched.insert(2);
  next.document().setInterval(std::chrono::seconds(1));
  EXPECT_TRUE(WindowUnderTest::wait([&] { return watched.recorded() == 5; }, 60000));
  EXPECT_EQ(setAsideIn(watched.test.folder), aside);
  EXPECT_FALSE(toldOf("history-damaged").isEmpty()) << "stands until another project is opened";
}

TEST(DamagedHistory, AWindowThatOnlyLooksReadsTheNewOneToo) {
  Watched watched;
  watched.closeWindow();
  writeDamagedHistory(watched.history);
  const WindowUnderTest looking;
  const auto told = [&] { return looking.window->messages().text(QStringLiteral("history-read")); };
  looking.window->open(watched.file);
  ASSERT_TRUE(WindowUnderTest::wait([&] { return told().contains(QLatin1String("is damaged")); }, 60000));
  const WindowUnderTest recording;
  recording.window->open(watched.file);
  ASSERT_TRUE(WindowUnderTest::wait([&] { return recording.document().project().has_value(); }, 60000));
  recording.document().probe();
  ASSERT_TRUE(WindowUnderTest::wait([&] { return watched.recorded() == 3; }, 60000));
  EXPECT_TRUE(WindowUnderTest::wait([&] { return told().isEmpty(); }, 60000)) << told().toStdString();
  const auto& overview = looking.document().replay().overview();
  EXPECT_TRUE(WindowUnderTest::wait([&] { return overview && overview->changes.size() == 1; }, 60000));
}

TEST(KilledWindow, LosesNothingThatWasRecordedAndTheNextOneGoesOn) {
  Watched watched;
  watched.closeWindow();
  std::set<std::int64_t> counts;
  std::int64_t users = 3;
  for (int round = 0; round < 3; ++round) {
    const auto process = test::startRecordingProcess(watched.file, watched.test.folder.path());
    for (int change = 0; change < 2; ++change) {
      ASSERT_TRUE(WindowUnderTest::wait([&] { return watched.recorded() == users; }, 120000))
          << users << ' ' << watched.recorded();
      counts.insert(users);
      watched.insert(1);
      ++users;
    }
    process->kill(); // while it may be writing what was inserted last
    ASSERT_TRUE(process->waitForFinished(60000));
    EXPECT_EQ(process->exitStatus(), QProcess::CrashExit) << "it ended before it was killed";
    const auto overview = overviewOf(watched);
    EXPECT_TRUE(std::ranges::includes(countsIn(overview), counts));
    EXPECT_GE(overview.recordedChanges, std::int64_t(counts.size()));
  }
  const WindowUnderTest next;
  next.window->open(watched.file);
  ASSERT_TRUE(WindowUnderTest::wait([&] { return next.document().project().has_value(); }, 60000));
  next.document().setInterval(std::chrono::seconds(1));
  EXPECT_TRUE(WindowUnderTest::wait([&] { return watched.recorded() == users; }, 120000));
  counts.insert(users);
  EXPECT_TRUE(std::ranges::includes(countsIn(overviewOf(watched)), counts));
  EXPECT_TRUE(setAsideIn(watched.test.folder).isEmpty());
  EXPECT_TRUE(next.window->messages().text().isEmpty()) << next.window->messages().text().toStdString();
}

} // namespace whichbase
