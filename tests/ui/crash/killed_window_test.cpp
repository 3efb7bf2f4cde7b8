// A window that is killed while it writes: what it has written before is whole, and the next start has it.
#include "history/history.h"
#include "window/main_window.h"
#include "window/workspace.h"
#include "writing_process.h"

#include <QAction>
#include <QDir>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace whichbase {
namespace {

struct Written {
  bool fingerprint = false;
  bool notify = false;
  QString mine;
  bool operator==(const Written&) const = default;
};

Written settingsIn(const QString& file) {
  const QSettings settings(file, QSettings::IniFormat);
  EXPECT_EQ(settings.status(), QSettings::NoError);
  return {settings.value(QStringLiteral("keep/fingerprint")).toBool(),
          settings.value(QStringLiteral("live/notify")).toBool(),
          settings.value(QStringLiteral("test/mine")).toString()};
}

std::int64_t changesIn(const QString& file) {
  const auto history = history::History::open(file.toStdString(), history::History::Mode::read);
  EXPECT_TRUE(history) << (history ? "" : history.error().text);
  const auto overview = history ? (*history)->overview() : std::unexpected(history::Error{"not open"});
  EXPECT_TRUE(overview) << (overview ? "" : overview.error().text);
  return overview ? overview->recordedChanges : -1;
}

class KilledWindow : public testing::Test {
protected:
  QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

  // Killed at a random moment while it writes. False where it never wrote.
  bool killOneWhileItWrites() {
    const auto process = test::startWritingProcess(m_folder.path());
    const bool wrote = process->waitForReadyRead(60'000);
    QTest::qSleep(int(m_random() % 120));
    process->kill();
    return process->waitForFinished(60'000) && wrote && process->exitStatus() == QProcess::CrashExit;
  }

  QTemporaryDir m_folder;
  std::mt19937 m_random{11};
};

} // namespace

TEST_F(KilledWindow, LeavesSettingsAndHistoryWhole) {
  QSettings(path("settings.ini"), QSettings::IniFormat).setValue(QStringLiteral("test/mine"), QStringLiteral("kept"));
  std::int64_t changes = 0;
  std::set<bool> seen;
  for (int round = 0; round < 12; ++round) {
    ASSERT_TRUE(killOneWhileItWrites()) << "round " << round;
    const auto written = settingsIn(path("settings.ini"));
    EXPECT_EQ(written.mine, QStringLiteral("kept")) << "round " << round;
    EXPECT_EQ(written.fingerprint, written.notify) << "torn in round " << round;
    seen.insert(written.fingerprint);
    const auto now = changesIn(path("incident.whichbase"));
    EXPECT_GT(now, changes) << "round " << round;
    changes = now;
  }
  EXPECT_EQ(seen.size(), 2U) << "the settings were not written between the kills";
  EXPECT_TRUE(QDir(m_folder.path()).entryList({QStringLiteral("*.damaged-*")}).isEmpty());
}

TEST_F(KilledWindow, IsStartedAgainAsItWas) {
  ASSERT_TRUE(killOneWhileItWrites());
  const auto written = settingsIn(path("settings.ini"));
  ui::WindowOptions options;
  options.settingsFile = path("settings.ini");
  options.keptFolder = path("recordings");
  options.animated = false;
  ui::MainWindow window(std::move(options));
  window.show();
  EXPECT_EQ(window.findChild<QAction*>(QStringLiteral("fingerprintUsers"))->isChecked(), written.fingerprint);
  EXPECT_EQ(window.findChild<QAction*>(QStringLiteral("notifyMe"))->isChecked(), written.notify);
  QString problem;
  QObject::connect(&window.document(), &ui::Document::problem, &window,
                   [&](const QString&, ui::Sign, const QString& text) { problem = text; });
  window.open(path("incident.whichbase"));
  EXPECT_TRUE(QTest::qWaitFor([&] { return window.document().isOpen() && window.document().view().after; }, 60'000));
  EXPECT_TRUE(problem.isEmpty()) << problem.toStdString();
}

} // namespace whichbase
