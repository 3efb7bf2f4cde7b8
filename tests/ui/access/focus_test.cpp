// The keyboard's way through the window and every dialog: each control once, in reading order, always to be seen.
// Return does what the default button says, Escape closes.
#include "compare/databases.h"
#include "support/sample_snapshots.h"
#include "tab_way.h"
#include "ui/window/pictures.h"
#include "ui/window/window_under_test.h"
#include "window/check_dialog.h"
#include "window/compare_dialog.h"
#include "window/import_dialog.h"
#include "window/login_dialog.h"
#include "window/project_dialog.h"
#include "window/recordings_dialog.h"
#include "window/secrets_dialog.h"
#include "window/ssh_dialog.h"
#include "window/stop_dialog.h"
#include "window/test_row_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTextBrowser>

#include <gtest/gtest.h>

namespace whichbase::ui {
namespace {

Document::Surroundings surroundings() {
  Document::Surroundings around;
  around.snapshot = std::make_shared<const topology::Snapshot>(samples::incidentBefore());
  return around;
}

class Focus : public testing::Test {
protected:
  static void SetUpTestSuite() { qApp->setStyleSheet(Theme::light().styleSheet()); }

  static void show(QWidget& window) {
    window.show();
    window.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window, 20000));
  }
  static void expectGoodWay(QWidget& window, std::size_t leastStops) {
    ASSERT_TRUE(QApplication::focusWidget()) << "nothing has the keyboard when it opens";
    const auto way = test::tabWay(window);
    EXPECT_GE(way.size(), leastStops);
    for (const auto& problem : test::problemsOf(way))
      ADD_FAILURE() << window.windowTitle().toStdString() << ": " << problem;
  }
  static void expectEscapeCloses(QDialog& dialog) {
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &dialog, Qt::Key_Escape);
    EXPECT_FALSE(dialog.isVisible()) << dialog.windowTitle().toStdString();
  }

  ProbeController controller;
};

QPushButton* defaultOf(const QDialog& dialog) {
  for (auto* button : dialog.findChildren<QPushButton*>())
    if (button->isDefault() && button->isVisible())
      return button;
  return nullptr;
}

} // namespace

TEST_F(Focus, GoesThroughTheMainWindow) {
  const test::WindowUnderTest test({}, {1440, 900});
  test.window->workspace().setView(test::bothSides(samples::incidentBefore(), samples::incidentAfter()), nullptr);
  if (auto* pages = test.window->findChild<QStackedWidget*>())
    pages->setCurrentWidget(&test.window->workspace());
  show(*test.window);
  test.window->workspace().showTab(0);
  QTest::qWait(20);
  expectGoodWay(*test.window, 10);
}

TEST_F(Focus, IsSeenInEveryTab) {
  const test::WindowUnderTest test({}, {1440, 900});
  test.window->workspace().setView(test::bothSides(samples::incidentBefore(), samples::incidentAfter()), nullptr);
  if (auto* pages = test.window->findChild<QStackedWidget*>())
    pages->setCurrentWidget(&test.window->workspace());
  show(*test.window);
  for (int tab = 0; tab < 5; ++tab) {
    SCOPED_TRACE(tab);
    test.window->workspace().showTab(tab);
    QTest::qWait(20);
    QWidget* widget = QApplication::focusWidget();
    ASSERT_TRUE(widget);
    const QImage with = widget->grab().toImage();
    widget->clearFocus();
    EXPECT_NE(with, widget->grab().toImage()) << widget->metaObject()->className();
  }
}

TEST_F(Focus, GoesThroughTheWelcomePage) {
  const test::WindowUnderTest test({}, {1440, 900});
  show(*test.window);
  test.window->findChild<QPlainTextEdit*>()->setFocus();
  expectGoodWay(*test.window, 6);
}

TEST_F(Focus, GoesThroughEveryDialogThatEscapeCloses) {
  ProjectDialog project({}, {}, nullptr);
  auto* recordings = new RecordingsDialog(nullptr);
  auto* ssh = new SshDialog(QStringLiteral("prod"), true, nullptr);
  CompareDialog compare(controller, surroundings(), Theme::light(), nullptr);
  StopDialog stop(controller, surroundings(), Theme::light(), nullptr);
  CheckDialog check(controller);
  TestRowDialog row(controller, surroundings(), {});
  const std::vector<std::pair<QPointer<QDialog>, std::size_t>> dialogs = {
      {&project, 6}, {recordings, 5}, {ssh, 2}, {&compare, 6}, {&stop, 5}, {&check, 2}, {&row, 4}};
  check.begin(*surroundings().snapshot);
  for (const auto& [dialog, stops] : dialogs) {
    SCOPED_TRACE(dialog->metaObject()->className());
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    show(*dialog);
    expectGoodWay(*dialog, stops);
    expectEscapeCloses(*dialog);
  }
  delete recordings;
  delete ssh;
}

TEST_F(Focus, BeginsWhereOneChooses) {
  CompareDialog compare(controller, surroundings(), Theme::light(), nullptr);
  show(compare);
  EXPECT_TRUE(qobject_cast<QComboBox*>(QApplication::focusWidget()));
  StopDialog stop(controller, surroundings(), Theme::light(), nullptr);
  show(stop);
  EXPECT_TRUE(qobject_cast<QComboBox*>(QApplication::focusWidget()));
}

TEST_F(Focus, ReturnComparesAndReturnAsks) {
  CompareDialog compare(controller, surroundings(), Theme::light(), nullptr);
  show(compare);
  ASSERT_TRUE(defaultOf(compare));
  QSignalSpy compared(defaultOf(compare), &QPushButton::clicked);
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  EXPECT_EQ(compared.size(), 1);
  StopDialog stop(controller, surroundings(), Theme::light(), nullptr);
  show(stop);
  ASSERT_TRUE(defaultOf(stop));
  QSignalSpy asked(defaultOf(stop), &QPushButton::clicked);
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  EXPECT_EQ(asked.size(), 1);
}

TEST_F(Focus, ReturnNeverWritesAndNeverCancelsACheckThatRuns) {
  TestRowDialog row(controller, surroundings(), {});
  show(row);
  row.showPage(TestRowDialog::Page::sql);
  EXPECT_EQ(defaultOf(row), nullptr);
  CheckDialog check(controller);
  check.begin(*surroundings().snapshot);
  show(check);
  auto* close = defaultOf(check);
  ASSERT_TRUE(close) << "nothing runs: Return closes";
  QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &check, Qt::Key_Return);
  EXPECT_FALSE(check.isVisible());
}

} // namespace whichbase::ui
