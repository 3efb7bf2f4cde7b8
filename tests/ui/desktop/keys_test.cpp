// Keys: each command has its own, and the sheet (F1) says them all.
#include "style/own_keys.h"
#include "support/sample_snapshots.h"
#include "ui/window/pictures.h"
#include "ui/window/window_under_test.h"
#include "window/shortcut_sheet.h"

#include <QAction>
#include <QMenuBar>

#include <gtest/gtest.h>

#include <map>

namespace whichbase {

namespace {

// What may be pressed at the moment, by key.
std::map<QString, QStringList> usable(const ui::MainWindow& window) {
  std::map<QString, QStringList> all;
  for (const auto* action : window.findChildren<QAction*>())
    if (action->isEnabled() && action->isVisible())
      for (const auto& shortcut : action->shortcuts())
        if (!shortcut.isEmpty())
          all[shortcut.toString()] << action->text();
  return all;
}

void expectNoneTwice(const ui::MainWindow& window, const char* state) {
  for (const auto& [key, actions] : usable(window))
    EXPECT_EQ(actions.size(), 1) << state << ": " << key.toStdString() << " is "
                                 << actions.join(QStringLiteral(", ")).toStdString();
}

void open(const test::WindowUnderTest& test) {
  test.document().openView(ui::makeView(std::make_shared<const topology::Snapshot>(samples::incidentBefore()),
                                        std::make_shared<const topology::Snapshot>(samples::incidentAfter())));
  test.wait([] { return false; }, 30);
}

QString allOf(const std::vector<ui::KeyGroup>& groups) {
  QString text;
  for (const auto& group : groups)
    for (const auto& line : group.lines)
      text += line.keys + QLatin1Char('\t') + line.does + QLatin1Char('\n');
  return text;
}

} // namespace

TEST(Keys, NoTwoCommandsShareOneAtATime) {
  const test::WindowUnderTest test;
  expectNoneTwice(*test.window, "welcome");
  open(test);
  expectNoneTwice(*test.window, "open");
}

TEST(Keys, OnlyEscapeBelongsToTwoCommandsAndNeverAtOnce) {
  const test::WindowUnderTest test;
  std::map<QString, int> all;
  for (const auto* action : test.window->findChildren<QAction*>())
    for (const auto& shortcut : action->shortcuts())
      ++all[shortcut.toString()];
  for (const auto& [key, count] : all)
    EXPECT_TRUE(count == 1 || key == QStringLiteral("Esc") || key.isEmpty()) << key.toStdString();
}

TEST(Keys, EveryMenuCommandWithAShortcutStandsInTheSheet) {
  const test::WindowUnderTest test;
  const QString sheet = allOf(ui::keyGroups(*test.window->menuBar()));
  int found = 0;
  for (const auto* menu : test.window->menuBar()->findChildren<QMenu*>())
    for (const auto* action : menu->actions())
      if (const QString key = action->shortcut().toString(QKeySequence::NativeText);
          !key.isEmpty() && action->isVisible()) {
        ++found;
        QString text = action->text();
        text.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
        EXPECT_TRUE(sheet.contains(text)) << text.toStdString();
        EXPECT_TRUE(sheet.contains(key)) << key.toStdString();
      }
  EXPECT_GT(found, 20);
  for (const auto& own : ui::timeKeys())
    EXPECT_TRUE(sheet.contains(own.does)) << own.does.toStdString();
}

TEST(Keys, F1OpensTheSheetAndF1OrEscapeClosesIt) {
  const test::WindowUnderTest test;
  const auto sheet = [&] { return test.window->findChild<ui::ShortcutSheet*>(); };
  for (const auto key : {Qt::Key_F1, Qt::Key_Escape}) {
    test.window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(test.window.get()));
    QTest::keyClick(test.window.get(), Qt::Key_F1);
    ASSERT_TRUE(test.wait([&] { return sheet() != nullptr; }));
    QTest::keyClick(sheet(), key);
    EXPECT_TRUE(test.wait([&] { return !sheet(); }));
  }
}

TEST(Keys, TheSheetFitsASmallWindow) {
  for (const bool dark : {false, true}) {
    ui::WindowOptions options;
    options.dark = dark;
    const test::WindowUnderTest test(options, {1024, 700});
    open(test);
    ui::showShortcuts(*test.window);
    auto* sheet = test.window->findChild<ui::ShortcutSheet*>();
    ASSERT_TRUE(sheet);
    test.wait([] { return false; }, 30);
    test::save(*sheet, dark ? "shortcuts-dark" : "shortcuts-light");
    test::expectNothingCut(*sheet, "shortcuts");
    EXPECT_LE(sheet->width(), 1024);
    EXPECT_LE(sheet->height(), 700);
  }
}

} // namespace whichbase
