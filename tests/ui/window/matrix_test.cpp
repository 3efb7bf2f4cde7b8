// The tab of the matrix: selection both ways, both sides, keyboard, and what is copied.
#include "support/sample_snapshots.h"
#include "window/matrix_panel.h"
#include "window_under_test.h"

#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

constexpr int matrixTab = 3;

struct Shown {
  test::WindowUnderTest test;

  explicit Shown(const ui::View& view) {
    test.document().openView(view);
    test.window->workspace().showTab(matrixTab);
    test.wait([] { return false; }, 30);
  }
  ui::MatrixPanel* panel() const { return test.window->findChild<ui::MatrixPanel*>(); }
  ui::MatrixTable* table() const { return panel()->findChild<ui::MatrixTable*>(); }
  QTabBar* sides() const { return panel()->findChild<QTabBar*>(); }
  QString words() const { return panel()->findChild<QLabel*>()->text(); }
  QString head(int column) const {
    return table()->model()->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString();
  }
};

ui::View routes() {
  return ui::makeView(nullptr, std::make_shared<const topology::Snapshot>(samples::routes()));
}

ui::View incident() {
  return ui::makeView(std::make_shared<const topology::Snapshot>(samples::incidentBefore()),
                      std::make_shared<const topology::Snapshot>(samples::incidentAfter()));
}

} // namespace

TEST(MatrixTab, ACellSelectsItsServerEverywhere) {
  const Shown shown(routes());
  shown.table()->setCurrentIndex(shown.table()->model()->index(2, 1));
  EXPECT_EQ(shown.test.window->workspace().selection().server, QStringLiteral("Report Worker"));
  EXPECT_TRUE(shown.words().contains(QStringLiteral("2 sessions, but configured for another")))
      << shown.words().toStdString();
}

TEST(MatrixTab, ASelectedServerIsTheCurrentRowOnItsOwnDatabase) {
  const Shown shown(routes());
  shown.test.window->workspace().setSelection({QStringLiteral("Staging Backend"), {}});
  EXPECT_EQ(shown.table()->currentIndex(), shown.table()->model()->index(1, 1));
  EXPECT_TRUE(shown.words().startsWith(QStringLiteral("Staging Backend is configured for localhost:5432/app")));
}

TEST(MatrixTab, WithoutASelectionItSaysWhatTheMarksMean) {
  const Shown shown(routes());
  EXPECT_TRUE(shown.words().startsWith(QStringLiteral("Reached:")));
}

TEST(MatrixTab, TheArrowsWalkAndTabLeaves) {
  const Shown shown(routes());
  auto* table = shown.table();
  table->setFocus();
  table->setCurrentIndex(table->model()->index(0, 0));
  QTest::keyClick(table, Qt::Key_Down);
  EXPECT_EQ(shown.test.window->workspace().selection().server, QStringLiteral("Staging Backend"));
  QTest::keyClick(table, Qt::Key_Right);
  EXPECT_EQ(table->currentIndex().column(), 1);
  EXPECT_FALSE(table->tabKeyNavigation());
}

TEST(MatrixTab, ShowsOneSideAtATimeAfterFirst) {
  const Shown shown(incident());
  ASSERT_TRUE(shown.sides()->isVisible());
  EXPECT_EQ(shown.head(0), QStringLiteral("A Local container, not in use here"));
  shown.sides()->setCurrentIndex(0);
  EXPECT_EQ(shown.head(0), QStringLiteral("A Local container"));
  EXPECT_EQ(shown.table()->model()->index(0, 0).data().toString(), QStringLiteral("configured, reached, 5 sessions"));
}

TEST(MatrixTab, ALoneSideHasNoSwitch) {
  const Shown shown(routes());
  EXPECT_FALSE(shown.sides()->isVisible());
}

TEST(MatrixTab, ASideThatReachedNothingSaysSo) {
  const Shown shown(ui::makeView(nullptr, std::make_shared<const topology::Snapshot>(samples::allUnreachable())));
  EXPECT_FALSE(shown.table()->isVisible());
  EXPECT_EQ(shown.words(), QStringLiteral("No database was reached."));
}

TEST(MatrixTab, CopiesBothSidesAsText) {
  const Shown shown(incident());
  QTest::mouseClick(shown.panel()->findChild<QPushButton*>(), Qt::LeftButton);
  const QString text = QApplication::clipboard()->text();
  for (const char* part : {"Before", "After", "Production Backend", "postgres:5432/TovPlay", "5 sessions"})
    EXPECT_TRUE(text.contains(QString::fromLatin1(part))) << part;
  EXPECT_FALSE(text.contains(QStringLiteral("TovPlay:")));
}

} // namespace whichbase
