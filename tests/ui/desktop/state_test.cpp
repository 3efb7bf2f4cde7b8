// Each project is found as it was left.
#include "support/sample_snapshots.h"
#include "ui/window/window_under_test.h"
#include "window/project_states.h"
#include "window/recordings.h"

#include <QFile>
#include <QSettings>
#include <QTabWidget>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

ui::ProjectState unusual() {
  ui::ProjectState state;
  state.workspace.layout = QByteArray("\1\2\3", 3);
  state.workspace.tab = 3;
  state.workspace.belowTab = 1;
  state.workspace.bottom = false;
  state.workspace.selection = {QStringLiteral("Dashboard"), {}};
  state.workspace.unfolded = {"stack:B/staging/reads"};
  state.workspace.sides = ui::ShownSides::after;
  state.workspace.zoomAfter = 1.5;
  state.interval = std::chrono::seconds(5);
  return state;
}

} // namespace

TEST(ProjectStates, AreReadAsTheyWereKept) {
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  EXPECT_FALSE(ui::keptState(settings, QStringLiteral("/a.toml")));
  ui::keepState(settings, QStringLiteral("/a.toml"), unusual());
  EXPECT_EQ(ui::keptState(settings, QStringLiteral("/a.toml")), unusual());
  EXPECT_FALSE(ui::keptState(settings, QStringLiteral("/b.toml")));
}

TEST(ProjectStates, AFileIsTheSameByALinkToIt) {
  const QTemporaryDir folder;
  const QString file = folder.filePath(QStringLiteral("a.toml")), link = folder.filePath(QStringLiteral("b.toml"));
  QFile made(file);
  ASSERT_TRUE(made.open(QIODevice::WriteOnly));
  ASSERT_TRUE(QFile::link(file, link));
  QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  ui::keepState(settings, file, unusual());
  EXPECT_EQ(ui::keptState(settings, link), unusual());
}

TEST(ProjectStates, TheLastFiftyAreKept) {
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  for (int i = 0; i <= ui::mostProjectStates; ++i)
    ui::keepState(settings, QStringLiteral("/%1.toml").arg(i), unusual());
  EXPECT_FALSE(ui::keptState(settings, QStringLiteral("/0.toml")));
  EXPECT_TRUE(ui::keptState(settings, QStringLiteral("/1.toml")));
  settings.beginGroup(QStringLiteral("projects"));
  EXPECT_EQ(settings.childGroups().size(), ui::mostProjectStates);
}

TEST(ProjectStates, NoPathAndNoConnectionStandsInTheSettings) {
  const QTemporaryDir folder;
  const QString file = folder.filePath(QStringLiteral("s.ini"));
  auto state = unusual();
  state.workspace.unfolded.insert("stack:!connect: postgresql://ops@203.0.113.196:5432/x/production");
  {
    QSettings settings(file, QSettings::IniFormat);
    ui::keepState(settings, QStringLiteral("/home/ops/secret-client.toml"), state);
  }
  QFile written(file);
  ASSERT_TRUE(written.open(QIODevice::ReadOnly));
  const QByteArray text = written.readAll();
  EXPECT_FALSE(text.contains("secret-client"));
  EXPECT_FALSE(text.contains("postgresql:"));
}

TEST(ProjectStates, AProjectIsShownAsItWasLeftAndAnotherOneIsNot) {
  const test::WindowUnderTest test;
  const auto make = [&](const char* name) {
    const QString before = test.folder.filePath(QStringLiteral("before.json"));
    EXPECT_TRUE(ui::writeSnapshot(samples::incidentBefore(), before).isEmpty());
    project::Project project;
    project.title = name;
    project.beforeSnapshot = "before.json";
    auto& server = project.servers.emplace_back();
    server.name = "Dashboard";
    server.present = project::ConnectionSpec{"postgresql://ops@203.0.113.196:5432/TovPlay", {}};
    const QString file = test.folder.filePath(QString::fromLatin1(name) + QStringLiteral(".whichbase.toml"));
    EXPECT_TRUE(project::save(project, file.toStdString()));
    return file;
  };
  const QString one = make("one"), other = make("other");
  const auto open = [&](const QString& file) {
    test.window->open(file);
    EXPECT_TRUE(test.wait([&] { return test.document().file() == file && !test.document().view().empty(); }, 20000));
    test.wait([] { return false; }, 30);
  };
  auto& workspace = test.window->workspace();
  open(one);
  workspace.showTab(2);
  workspace.showSides(ui::ShownSides::before);
  workspace.setSelection({QStringLiteral("Dashboard"), {}});
  workspace.zoomIn();
  const auto left = workspace.state();
  ASSERT_TRUE(left.zoomBefore);
  open(other);
  EXPECT_EQ(workspace.shownSides(), ui::ShownSides::both);
  EXPECT_EQ(workspace.selection(), ui::Selection{});
  EXPECT_FALSE(workspace.state().zoomBefore);
  open(one);
  EXPECT_EQ(workspace.shownSides(), ui::ShownSides::before);
  EXPECT_EQ(workspace.selection().server, QStringLiteral("Dashboard"));
  EXPECT_EQ(workspace.state().tab, 2);
  EXPECT_DOUBLE_EQ(workspace.state().zoomBefore.value_or(0), *left.zoomBefore);
  EXPECT_EQ(test.document().interval().count(), 0); // opening connects to nothing
}

} // namespace whichbase
