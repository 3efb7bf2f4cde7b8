// Preferences: kept, applied at once, taken back by Cancel; and environments shown alike on every surface.
#include "diagram/diagram_scene.h"
#include "model/connection_rows.h"
#include "model/details_text.h"
#include "model/findings_model.h"
#include "model/matrix_model.h"
#include "model/server_lines_model.h"
#include "model/topology_table_model.h"
#include "style/environment_chip.h"
#include "support/sample_snapshots.h"
#include "ui/window/pictures.h"
#include "ui/window/window_under_test.h"
#include "window/preferences_dialog.h"
#include "window/side_pane.h"

#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QSettings>
#include <QTableWidget>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

ui::Preferences unusual() {
  ui::Preferences preferences;
  preferences.interval = std::chrono::seconds(5);
  preferences.sweepDeadline = std::chrono::seconds(60);
  preferences.probeDeadline = std::chrono::seconds(20);
  preferences.usersRelation = "public.\"Account\"";
  preferences.theme = ui::ThemeChoice::dark;
  preferences.reducedMotion = true;
  preferences.environments = {{"production", "LIVE", ui::EnvironmentMark::red},
                              {"staging", "TRY", ui::EnvironmentMark::outlined}};
  return preferences;
}

ui::Theme marked() {
  auto theme = ui::Theme::light();
  theme.environments = unusual().environments;
  return theme;
}

topology::Snapshot sample() {
  auto snapshot = samples::incidentBefore();
  for (auto& server : snapshot.servers)
    server.environment = server.name.starts_with("Staging") ? "staging" : "Production";
  return snapshot;
}

ui::PreferencesDialog* dialogOf(const test::WindowUnderTest& test) {
  for (auto* action : test.window->findChildren<QAction*>())
    if (action->shortcut() == QKeySequence(QStringLiteral("Ctrl+,")))
      action->trigger();
  return test.window->findChild<ui::PreferencesDialog*>();
}

std::vector<std::string> wordsOnCards(const test::WindowUnderTest& test) {
  std::vector<std::string> words;
  for (const auto* pane : test.window->findChildren<ui::SidePane*>())
    for (const auto& box : pane->diagram()->diagramScene()->diagram().boxes)
      if (!box.environment.empty())
        words.push_back(box.environment);
  return words;
}

} // namespace

TEST(Preferences, AreKeptInTheSettings) {
  const QTemporaryDir folder;
  const QString file = folder.filePath(QStringLiteral("s.ini"));
  {
    QSettings settings(file, QSettings::IniFormat);
    EXPECT_EQ(ui::readPreferences(settings), ui::Preferences{});
    ui::writePreferences(settings, unusual());
  }
  QSettings settings(file, QSettings::IniFormat);
  EXPECT_EQ(ui::readPreferences(settings), unusual());
}

TEST(Preferences, WhatMakesNoSenseIsAsUsual) {
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  settings.setValue(QStringLiteral("live/seconds"), QStringLiteral("soon"));
  settings.setValue(QStringLiteral("probe/sweepSeconds"), -4);
  settings.setValue(QStringLiteral("probe/probeSeconds"), 100);
  settings.setValue(QStringLiteral("look/theme"), QStringLiteral("purple"));
  const auto preferences = ui::readPreferences(settings);
  EXPECT_EQ(preferences.interval, std::chrono::seconds(30));
  EXPECT_EQ(preferences.sweepDeadline, std::chrono::seconds(5));
  EXPECT_EQ(preferences.probeDeadline, std::chrono::seconds(5)); // never longer than the sweep
  EXPECT_EQ(preferences.theme, ui::ThemeChoice::system);
}

TEST(Environments, AWordIsFoundWhateverItsCaseAndOthersGetAShortForm) {
  const auto looks = unusual().environments;
  EXPECT_EQ(ui::wordOf(looks, "PRODUCTION"), "LIVE");
  EXPECT_EQ(ui::wordOf(looks, "development"), "DEV");
  EXPECT_EQ(ui::wordOf(looks, ""), "");
  EXPECT_EQ(ui::markOf(looks, "Production"), ui::EnvironmentMark::red);
  EXPECT_EQ(ui::markOf(looks, "development"), ui::EnvironmentMark::plain);
  EXPECT_EQ(ui::wordOf({{"x", "ABCDEFGHIJKLMNOP", {}}}, "x"), "ABCDEFGHIJ");
}

TEST(Environments, ALookNeedsNoDatabasesColourAndCanBeRead) {
  for (auto theme : {ui::Theme::light(), ui::Theme::dark_()})
    for (const auto mark : ui::allEnvironmentMarks) {
      theme.environments = {{"production", "PROD", mark}};
      const QImage picture = ui::environmentPixmap(theme, "production").toImage();
      ASSERT_FALSE(picture.isNull());
      for (const char* letter : {"A", "B", "C", "D", "E"})
        for (int x = 0; x < picture.width(); ++x)
          ASSERT_NE(picture.pixelColor(x, picture.height() / 2), theme.database(letter));
    }
}

TEST(Environments, AreShownOnEverySurfaceOfAServer) {
  const auto theme = marked();
  const auto view = test::oneSide(sample());
  EXPECT_TRUE(ui::detailsHtml(view, {QStringLiteral("Dashboard"), {}}, theme).contains(QStringLiteral("[LIVE]")));
  const auto rows = ui::connectionRows(view, nullptr);
  EXPECT_TRUE(ui::connectionsHtml(rows, false, {}, theme).contains(QStringLiteral("[TRY]")));
  ui::TopologyTableModel table;
  table.setView(view);
  table.setTheme(theme);
  EXPECT_FALSE(table.data(table.index(0, ui::TopologyTableModel::environmentColumn), Qt::DecorationRole)
                   .value<QPixmap>()
                   .isNull());
  ui::MatrixModel matrix;
  matrix.setSnapshot(view.after);
  matrix.setTheme(theme);
  EXPECT_FALSE(matrix.headerData(0, Qt::Vertical, Qt::DecorationRole).value<QPixmap>().isNull());
  ui::ServerLinesModel lines;
  lines.setLines({ui::waitingLine(QStringLiteral("Dashboard"), QStringLiteral("B"))});
  lines.setEnvironments(*view.after);
  lines.setTheme(theme);
  EXPECT_FALSE(lines.data(lines.index(0, 0), Qt::DecorationRole).value<QPixmap>().isNull());
  ui::FindingsModel findings;
  findings.setView(view);
  QStringList environments;
  for (int row = 0; row < findings.rowCount(); ++row)
    environments << findings.data(findings.index(row), ui::FindingsModel::environmentsRole).toStringList();
  EXPECT_TRUE(environments.contains(QStringLiteral("Production")));
}

TEST(PreferencesDialog, AChangeIsAppliedAtOnceAndCancelTakesItBack) {
  const test::WindowUnderTest test;
  test.document().openView(test::oneSide(sample()));
  test.wait([] { return false; }, 30);
  auto* dialog = dialogOf(test);
  ASSERT_TRUE(dialog);
  auto* table = dialog->findChild<QTableWidget*>();
  table->item(0, 1)->setText(QStringLiteral("LIVE"));
  const auto has = [&](const std::string& word) { return std::ranges::count(wordsOnCards(test), word) > 0; };
  EXPECT_TRUE(test.wait([&] { return has("LIVE"); }));
  EXPECT_EQ(test.window->preferences().environments.front().word, "LIVE");
  dialog->reject();
  EXPECT_TRUE(test.wait([&] { return has("PROD") && !has("LIVE"); }));
  EXPECT_EQ(test.window->preferences(), ui::Preferences{});
}

TEST(PreferencesDialog, RestoresWhatIsUsual) {
  const QTemporaryDir folder;
  ui::PreferencesDialog dialog(unusual(), ui::Theme::light(), nullptr);
  EXPECT_EQ(dialog.preferences(), unusual());
  dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::RestoreDefaults)->click();
  EXPECT_EQ(dialog.preferences(), ui::Preferences{});
}

TEST(PreferencesDialog, OneIsKeptForTheNextWindow) {
  const QTemporaryDir folder;
  const auto open = [&] {
    ui::WindowOptions options;
    options.settingsFile = folder.filePath(QStringLiteral("s.ini"));
    options.keptFolder = folder.path();
    return std::make_unique<ui::MainWindow>(std::move(options));
  };
  {
    const auto window = open();
    for (auto* action : window->findChildren<QAction*>())
      if (action->shortcut() == QKeySequence(QStringLiteral("Ctrl+,")))
        action->trigger();
    auto* dialog = window->findChild<ui::PreferencesDialog*>();
    ASSERT_TRUE(dialog);
    dialog->fill(unusual());
    Q_EMIT dialog->changed(unusual());
    dialog->accept();
    EXPECT_LT(window->palette().color(QPalette::Window).lightness(), 80); // dark at once
  }
  EXPECT_EQ(open()->preferences(), unusual());
}

TEST(PreferencesDialog, Pictures) {
  for (const bool dark : {false, true})
    for (const QSize size : {QSize(1440, 900), QSize(1024, 700)}) {
      ui::WindowOptions options;
      options.dark = dark;
      const test::WindowUnderTest test(options, size);
      test.document().openView(test::bothSides(sample(), samples::incidentAfter()));
      auto* dialog = dialogOf(test);
      ASSERT_TRUE(dialog);
      auto preferences = unusual();
      dialog->fill(preferences);
      Q_EMIT dialog->changed(preferences);
      test.wait([] { return false; }, 100);
      const std::string name =
          std::string("environments-") + (dark ? "dark-" : "light-") + std::to_string(size.width());
      test::save(*test.window, name);
      test::save(*dialog, name + "-dialog");
      test::expectNothingCut(*dialog, name);
      EXPECT_LE(dialog->height(), 700);
    }
}

} // namespace whichbase
