// The report and the presentation, as they are reached in the window.
#include "present/presentation.h"
#include "shown_report.h"
#include "ui/window/window_under_test.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMimeData>
#include <QToolBar>
#include <QToolButton>

namespace whichbase {
namespace {

using test::patience;
using test::ShownReport;
using test::WindowUnderTest;

QAction* actionWith(const ui::MainWindow& window, const QKeySequence& shortcut) {
  for (auto* action : window.findChildren<QAction*>())
    if (action->shortcut() == shortcut)
      return action;
  ADD_FAILURE() << "no action has " << shortcut.toString().toStdString();
  return nullptr;
}

TEST(ReportInTheWindow, IsGreyedWhileThereIsNothingToTell) {
  const WindowUnderTest test;
  for (const auto* shortcut : {"Ctrl+Shift+E", "F5", "Ctrl+Alt+C", "Ctrl+Alt+M", "Ctrl+Alt+T"})
    EXPECT_FALSE(actionWith(*test.window, QKeySequence(QLatin1String(shortcut)))->isEnabled()) << shortcut;
}

TEST(ReportInTheWindow, NoTwoActionsShareAShortcut) {
  const WindowUnderTest test;
  std::map<QString, QString> taken;
  for (const auto* action : test.window->findChildren<QAction*>())
    for (const auto& shortcut : action->shortcuts()) {
      const QString keys = shortcut.toString();
      if (keys == QStringLiteral("Esc"))
        continue; // cancels or leaves the replay: one of them is greyed
      EXPECT_TRUE(taken.emplace(keys, action->text()).second)
          << keys.toStdString() << ": " << action->text().toStdString() << " and " << taken[keys].toStdString();
    }
}

TEST(ReportInTheWindow, LeavesRoomForTheSearchFieldInASmallWindow) {
  for (const QSize size : {QSize(1024, 700), QSize(1440, 900)}) {
    const WindowUnderTest test({}, size);
    test.document().openView(ShownReport::incident());
    const auto* bar = test.window->findChild<QToolBar*>();
    EXPECT_TRUE(WindowUnderTest::wait([&] { return bar->findChild<QLineEdit*>()->isVisible(); })) << size.width();
    for (const auto* button : bar->findChildren<QToolButton*>()) {
      if (button->text() == QStringLiteral("Report…") || button->text() == QStringLiteral("Present F5")) {
        EXPECT_TRUE(button->isVisible()) << size.width() << ": " << button->text().toStdString();
      }
    }
  }
}

TEST(ReportInTheWindow, OpensOnceAndGoesWithWhatItIsAbout) {
  const WindowUnderTest test;
  test.document().openView(ShownReport::incident());
  auto* action = actionWith(*test.window, QKeySequence(QStringLiteral("Ctrl+Shift+E")));
  ASSERT_TRUE(action->isEnabled());
  action->trigger();
  action->trigger();
  const auto dialogs = test.window->findChildren<ui::ReportDialog*>();
  ASSERT_EQ(dialogs.size(), 1);
  EXPECT_FALSE(dialogs.front()->isModal());
  test.document().openView(ShownReport::incident());
  EXPECT_TRUE(
      WindowUnderTest::wait([&] { return test.window->findChildren<ui::ReportDialog*>().isEmpty(); }, patience));
}

TEST(ReportInTheWindow, ItsPagesStandOnADarkGroundInTheDarkTheme) {
  ui::WindowOptions options;
  options.dark = true;
  const WindowUnderTest test(std::move(options));
  test.document().openView(ShownReport::incident());
  actionWith(*test.window, QKeySequence(QStringLiteral("Ctrl+Shift+E")))->trigger();
  auto* dialog = test.window->findChild<ui::ReportDialog*>();
  ASSERT_NE(dialog, nullptr);
  EXPECT_TRUE(WindowUnderTest::wait([&] { return dialog->preview().pages() > 0; }, patience));
  EXPECT_LT(dialog->preview().viewport()->grab().toImage().pixelColor(2, 2).lightness(), 80);
}

TEST(ReportInTheWindow, IsCopiedFromTheMenuOfADiagram) {
  const WindowUnderTest test;
  test.document().openView(ShownReport::incident());
  QApplication::clipboard()->clear();
  const auto diagrams = test.window->findChildren<ui::DiagramView*>();
  ASSERT_FALSE(diagrams.isEmpty());
  auto* copy = actionWith(*test.window, QKeySequence(QStringLiteral("Ctrl+Alt+M")));
  for (const auto* diagram : diagrams) {
    EXPECT_EQ(diagram->contextMenuPolicy(), Qt::ActionsContextMenu);
    EXPECT_TRUE(diagram->actions().contains(copy));
  }
  copy->trigger();
  EXPECT_TRUE(WindowUnderTest::wait(
      [] { return QApplication::clipboard()->text().contains(QStringLiteral("Production writes to A")); }, patience));
}

TEST(PresentInTheWindow, ShowsTheMomentAtWhichItBeganWhateverComesAfterwards) {
  const WindowUnderTest test;
  test.document().openView(ShownReport::incident());
  actionWith(*test.window, QKeySequence(Qt::Key_F5))->trigger();
  const auto shown = [&] { return test.window->findChild<ui::Presentation*>(); };
  ASSERT_TRUE(WindowUnderTest::wait([&] { return shown() != nullptr; }, patience));
  EXPECT_TRUE(shown()->isFullScreen());
  const QString before = shown()->slides().when;
  auto later = samples::incidentAfter();
  later.finishedAt += std::chrono::minutes(5);
  test.document().openView(ui::makeView(nullptr, std::make_shared<const topology::Snapshot>(later)));
  EXPECT_EQ(shown()->slides().when, before);
  QTest::keyClick(shown(), Qt::Key_Escape);
  EXPECT_TRUE(WindowUnderTest::wait([&] { return shown() == nullptr; }, patience));
}

} // namespace
} // namespace whichbase
