// Opening, keeping, reloading and editing, in the whole window, with real files and ports.
#include "report/json.h"
#include "support/odd_ports.h"
#include "support/sample_snapshots.h"
#include "window/trust_dialog.h"
#include "window_under_test.h"

#include <QElapsedTimer>
#include <QFile>
#include <QPushButton>
#include <QTextBrowser>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

std::filesystem::path pathOf(const QString& file) {
  return QFile::encodeName(file).toStdString();
}

project::Project projectOn(int port) {
  project::Project project;
  project.title = "Shop";
  for (const auto* name : {"Production Backend", "Dashboard"}) {
    auto& server = project.servers.emplace_back();
    server.name = name;
    server.present = project::ConnectionSpec{"postgresql://u@127.0.0.1:" + std::to_string(port) + "/db", "direct"};
  }
  return project;
}

QString textOf(const QWidget& dialog) {
  QStringList texts;
  for (const auto* browser : dialog.findChildren<QTextBrowser*>())
    texts << browser->toPlainText();
  return texts.join(QLatin1Char('\n'));
}

// A project on disk, with a recording of its last run.
struct Saved {
  test::WindowUnderTest& test;
  QString file = test.folder.filePath(QStringLiteral("shop.whichbase.toml"));

  void project(const project::Project& project) const { ASSERT_TRUE(project::save(project, pathOf(file))); }
  void recording(const topology::Snapshot& snapshot) const {
    const auto kept =
        ui::keptRecording(test.folder.filePath(QStringLiteral("recordings")), file, topology::Side::after);
    ASSERT_EQ(ui::writeSnapshot(snapshot, kept), QString());
  }
};

} // namespace

TEST(Opening, ShowsTheLastRecordingAndConnectsToNothing) {
  const test::OddPort port;
  test::WindowUnderTest test;
  const Saved saved{test};
  saved.project(projectOn(port.port()));
  saved.recording(samples::incidentBefore());
  test.window->open(saved.file);
  ASSERT_TRUE(test.wait([&] { return test.document().view().after != nullptr; }));
  EXPECT_TRUE(test.document().view().afterRecorded);
  EXPECT_EQ(test.document().interval().count(), 0) << "live is off at first";
  test.wait([] { return false; }, 300);
  EXPECT_EQ(port.accepted(), 0);
  EXPECT_TRUE(test.window->windowTitle().startsWith(QStringLiteral("Shop")));
}

TEST(Opening, AFileThatCannotBeReadSaysWhyAndLeavesWhatWasOpen) {
  test::WindowUnderTest test;
  const Saved saved{test};
  saved.project(projectOn(1));
  test.window->open(saved.file);
  ASSERT_TRUE(test.wait([&] { return test.document().isOpen(); }));
  test.window->open(test.folder.filePath(QStringLiteral("absent.whichbase.toml")));
  ASSERT_TRUE(test.wait([&] { return !test.window->messages().text().isEmpty(); }));
  EXPECT_TRUE(test.window->messages().text().contains(QStringLiteral("absent.whichbase.toml")));
  EXPECT_EQ(test.document().file(), saved.file);
}

TEST(Opening, RecordedSnapshotsNeedNoProjectAndNoDatabase) {
  test::WindowUnderTest test;
  const QString before = test.folder.filePath(QStringLiteral("b.json"));
  const QString after = test.folder.filePath(QStringLiteral("a.json"));
  ASSERT_EQ(ui::writeSnapshot(samples::incidentBefore(), before), QString());
  ASSERT_EQ(ui::writeSnapshot(samples::incidentAfter(), after), QString());
  test.window->openRecordings(before, after);
  ASSERT_TRUE(test.wait([&] { return test.document().view().comparison != nullptr; }));
  EXPECT_FALSE(test.document().view().comparison->fixed.empty());
  test.window->openRecordings(before, {});
  EXPECT_TRUE(test.wait([&] { return test.document().view().before && !test.document().view().comparison; }));
}

TEST(Opening, AsksBeforeAnUnsavedProjectIsLeft) {
  test::WindowUnderTest test;
  const Saved saved{test};
  saved.project(projectOn(1));
  auto unsaved = projectOn(2);
  unsaved.title = "Pasted";
  test.document().adopt(unsaved, {}, {});
  test.window->open(saved.file);
  test.wait([] { return false; }, 150);
  EXPECT_EQ(test.document().project()->title, "Pasted");
  EXPECT_FALSE(test.window->messages().text().isEmpty());
  for (auto* button : test.window->messages().findChildren<QPushButton*>())
    if (button->text() == QStringLiteral("Leave it"))
      button->click();
  EXPECT_TRUE(test.wait([&] { return test.document().project()->title == "Shop"; }));
}

TEST(Reloading, FollowsAFileThatWasReplacedByARename) {
  test::WindowUnderTest test;
  const Saved saved{test};
  auto project = projectOn(1);
  saved.project(project);
  test.window->open(saved.file);
  ASSERT_TRUE(test.wait([&] { return test.document().isOpen(); }));
  for (const auto* title : {"Second", "Third"}) {
    project.title = title;
    saved.project(project); // save() writes beside it and renames
    ASSERT_TRUE(test.wait([&] { return test.document().project()->title == title; })) << title;
  }
}

TEST(Reloading, AnInvalidFileKeepsTheLastGoodVersionAndSaysSo) {
  test::WindowUnderTest test;
  const Saved saved{test};
  saved.project(projectOn(1));
  test.window->open(saved.file);
  ASSERT_TRUE(test.wait([&] { return test.document().isOpen(); }));
  ASSERT_TRUE(report::saveText("[project\n", pathOf(saved.file)));
  ASSERT_TRUE(test.wait([&] { return !test.window->messages().text().isEmpty(); }));
  EXPECT_EQ(test.document().project()->servers.size(), 2U);
  saved.project(projectOn(2));
  EXPECT_TRUE(test.wait([&] { return test.window->messages().text().isEmpty(); })) << "mended: the message goes";
}

TEST(Keeping, RecordsTheStateAsANewBeforeSideAndCanBeUndone) {
  test::WindowUnderTest test;
  const Saved saved{test};
  saved.project(projectOn(1));
  saved.recording(samples::incidentBefore());
  test.window->open(saved.file);
  ASSERT_TRUE(test.wait([&] { return test.document().view().after != nullptr; }));
  test.document().keepAsBefore();
  ASSERT_TRUE(test.wait([&] { return test.document().view().comparison != nullptr; }));
  const auto named = test.document().project()->beforeSnapshot;
  EXPECT_TRUE(named.starts_with("shop.before-")) << named;
  EXPECT_TRUE(QFile::exists(test.folder.filePath(QString::fromStdString(named))));
  EXPECT_TRUE(test.wait([&] { return project::load(pathOf(saved.file))->beforeSnapshot == named; }));
  test.document().undoStack().undo();
  ASSERT_TRUE(test.wait([&] { return test.document().view().before == nullptr; }));
  EXPECT_TRUE(test.wait([&] { return project::load(pathOf(saved.file))->beforeSnapshot.empty(); }));
  EXPECT_TRUE(QFile::exists(test.folder.filePath(QString::fromStdString(named)))) << "nothing recorded is lost";
  test.document().undoStack().redo();
  EXPECT_TRUE(test.wait([&] { return test.document().view().before != nullptr; }));
}

TEST(Probing, ASweepThatReachesNothingKeepsTheLastStateAndTellsItsAge) {
  const test::OddPort http("HTTP/1.1 400 Bad Request\r\n\r\n");
  test::WindowUnderTest test;
  const Saved saved{test};
  saved.project(projectOn(http.port()));
  saved.recording(samples::incidentBefore());
  test.window->open(saved.file);
  ASSERT_TRUE(test.wait([&] { return test.document().view().after != nullptr; }));
  test.document().probe();
  ASSERT_TRUE(test.wait([&] { return !test.document().view().stale.isEmpty(); }, 15000));
  EXPECT_EQ(test.document().view().after->verdict.text, samples::incidentBefore().verdict.text);
  EXPECT_TRUE(test.document().view().stale.contains(QStringLiteral("14:02 UTC")))
      << test.document().view().stale.toStdString();
}

TEST(Probing, AProjectFromElsewhereIsAskedAboutBeforeItGetsASecret) {
  qputenv("WHICHBASE_TEST_SECRET", "hunter2");
  const test::OddPort port;
  test::WindowUnderTest test;
  auto project = projectOn(port.port());
  project.servers[0].present->url =
      "postgresql://u:${WHICHBASE_TEST_SECRET}@127.0.0.1:" + std::to_string(port.port()) + "/db";
  const Saved saved{test};
  saved.project(project);
  test.window->open(saved.file);
  ASSERT_TRUE(test.wait([&] { return test.document().isOpen(); }));
  test.document().probe();
  ui::TrustDialog* asks = nullptr;
  ASSERT_TRUE(test.wait([&] { return (asks = test.window->findChild<ui::TrustDialog*>()) != nullptr; }));
  EXPECT_TRUE(textOf(*asks).contains(QStringLiteral("${WHICHBASE_TEST_SECRET} to 127.0.0.1")));
  EXPECT_EQ(port.accepted(), 0);
  EXPECT_FALSE(test.document().secretIfTrusted("WHICHBASE_TEST_SECRET").has_value());
  asks->accept();
  EXPECT_TRUE(test.wait([&] { return port.accepted() > 0; }));
  test.document().cancel();
  qunsetenv("WHICHBASE_TEST_SECRET");
}

TEST(Probing, AProjectMadeAndSavedHereIsNotAskedAboutWhenItIsOpenedAgain) {
  qputenv("WHICHBASE_TEST_SECRET", "hunter2");
  const test::OddPort port;
  const test::WindowUnderTest test;
  auto project = projectOn(port.port());
  project.servers[0].present->url =
      "postgresql://u:${WHICHBASE_TEST_SECRET}@127.0.0.1:" + std::to_string(port.port()) + "/db";
  const QString file = test.folder.filePath(QStringLiteral("own.whichbase.toml"));
  test.document().adopt(project, file, {});
  ASSERT_TRUE(test.wait([&] { return QFile::exists(file); }));
  test.window->open(file);
  ASSERT_TRUE(test.wait([&] { return test.window->windowTitle().startsWith(QStringLiteral("Shop")); }));
  test.wait([] { return false; }, 100);
  test.document().probe();
  EXPECT_TRUE(test.wait([&] { return port.accepted() > 0; }));
  test.document().cancel();
  qunsetenv("WHICHBASE_TEST_SECRET");
}

TEST(Probing, AsksForWhatNoSourceSuppliesAndNeverWritesIt) {
  const test::OddPort port;
  test::WindowUnderTest test;
  auto project = projectOn(port.port());
  project.servers[0].present->url =
      "postgresql://u:${WHICHBASE_TEST_ABSENT}@127.0.0.1:" + std::to_string(port.port()) + "/db";
  const QString file = test.folder.filePath(QStringLiteral("own.whichbase.toml"));
  test.document().adopt(project, file, {});
  test.document().probe();
  ASSERT_TRUE(
      test.wait([&] { return test.window->messages().text().contains(QStringLiteral("WHICHBASE_TEST_ABSENT")); }));
  test.document().supply({{"WHICHBASE_TEST_ABSENT", "hunter2"}}, false);
  EXPECT_TRUE(test.wait([&] { return port.accepted() > 0; }));
  test.document().cancel();
  ASSERT_TRUE(test.wait([&] { return QFile::exists(file); }));
  QFile written(file);
  ASSERT_TRUE(written.open(QIODevice::ReadOnly));
  EXPECT_FALSE(written.readAll().contains("hunter2"));
}

TEST(Closing, AsksOnceBeforeAPastedProjectIsLost) {
  test::WindowUnderTest test;
  test.document().adopt(projectOn(1), {}, {});
  EXPECT_FALSE(test.window->close());
  EXPECT_TRUE(test.window->messages().isVisible());
  EXPECT_TRUE(test.window->close());
}

TEST(Closing, IsImmediateWhileASweepHangs) {
  const test::OddPort tarpit;
  test::WindowUnderTest test;
  test.document().adopt(projectOn(tarpit.port()), {}, {});
  test.document().probe();
  ASSERT_TRUE(test.wait([&] { return tarpit.accepted() > 0; }));
  QElapsedTimer clock;
  clock.start();
  EXPECT_TRUE(test.window->close());
  test.window.reset();
  EXPECT_LT(clock.elapsed(), 200);
  EXPECT_TRUE(test.wait([] { return ui::ProbeController::threadsAlive() == 0; }));
}

TEST(Window, PgVariablesOfTheEnvironmentHaveTheirValueInAProject) {
  ui::WindowOptions options;
  options.dropped = {{"PGPASSWORD", "of the environment"}, {"PGUSER", ""}};
  const test::WindowUnderTest tested(std::move(options));
  EXPECT_EQ(tested.document().secret("PGPASSWORD"), "of the environment");
  EXPECT_EQ(tested.document().secret("PGUSER"), std::nullopt);
}

} // namespace whichbase
