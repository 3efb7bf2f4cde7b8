#include "diagram/diagram_scene.h"
#include "model/findings_model.h"
#include "model/topology_table_model.h"
#include "support/sample_snapshots.h"
#include "window/details_panel.h"
#include "window/findings_panel.h"
#include "window/live_chip.h"
#include "window/side_pane.h"
#include "window/table_panel.h"
#include "window_under_test.h"

#include <QAction>
#include <QLineEdit>
#include <QListView>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

struct Shown {
  test::WindowUnderTest test;

  Shown() {
    test.document().openView(ui::makeView(std::make_shared<const topology::Snapshot>(samples::incidentBefore()),
                                          std::make_shared<const topology::Snapshot>(samples::incidentAfter())));
    test.wait([] { return false; }, 30);
  }
  template <class T>
  T* child() const {
    return test.window->findChild<T*>();
  }
  ui::SidePane* pane(const char* name) const {
    return test.window->findChild<ui::SidePane*>(QString::fromLatin1(name));
  }
};

} // namespace

TEST(Selecting, AServerInTheTableSelectsItEverywhere) {
  const Shown shown;
  auto* table = shown.child<ui::TablePanel>();
  table->selectRow(1);
  EXPECT_EQ(shown.test.window->workspace().selection().server, QStringLiteral("Dashboard"));
  EXPECT_TRUE(shown.child<ui::DetailsPanel>()->toPlainText().startsWith(QStringLiteral("Dashboard")));
}

TEST(Selecting, AFindingSelectsWhatItIsAbout) {
  const Shown shown;
  auto* list = shown.child<ui::FindingsPanel>()->findChild<QListView*>();
  const auto* model = list->model();
  for (int row = 0; row < model->rowCount(); ++row)
    if (const auto index = model->index(row, 0);
        index.data(ui::FindingsModel::codeRole).toString() == QStringLiteral("left-behind"))
      Q_EMIT list->clicked(index);
  EXPECT_EQ(shown.test.window->workspace().selection().database, QStringLiteral("A"));
}

TEST(Selecting, ADatabaseMarksTheFindingAboutIt) {
  const Shown shown;
  shown.test.window->workspace().setSelection({{}, QStringLiteral("A")});
  auto* list = shown.child<ui::FindingsPanel>()->findChild<QListView*>();
  EXPECT_TRUE(list->currentIndex().data(ui::FindingsModel::subjectsRole).toStringList().contains(QStringLiteral("A")));
}

TEST(Selecting, TheSearchFieldSelectsWhatItFinds) {
  const Shown shown;
  for (auto* field : shown.test.window->findChildren<QLineEdit*>())
    if (field->placeholderText().startsWith(QStringLiteral("Find")))
      field->setText(QStringLiteral("stag"));
  EXPECT_EQ(shown.test.window->workspace().selection().server, QStringLiteral("Staging Backend"));
}

TEST(Panes, SayBeforeAndAfterOrNowAlone) {
  const Shown shown;
  const auto* before = shown.pane("before");
  const auto* after = shown.pane("after");
  EXPECT_TRUE(before->isVisible());
  EXPECT_EQ(after->accessibleName(), QStringLiteral("AFTER"));
  shown.test.document().openView(
      ui::makeView(nullptr, std::make_shared<const topology::Snapshot>(samples::incidentAfter())));
  EXPECT_FALSE(before->isVisible());
  EXPECT_EQ(after->accessibleName(), QStringLiteral("NOW"));
}

TEST(Panes, KeepTheirItemsWhenALiveUpdateArrives) {
  const Shown shown;
  const auto* pane = shown.pane("after");
  const auto items = pane->diagram()->scene()->items();
  auto later = samples::incidentAfter();
  later.finishedAt += std::chrono::seconds(30);
  shown.test.window->workspace().setView(
      ui::makeView(std::make_shared<const topology::Snapshot>(samples::incidentBefore()),
                   std::make_shared<const topology::Snapshot>(later)),
      nullptr);
  EXPECT_EQ(pane->diagram()->scene()->items(), items);
}

TEST(Menus, HoldOnlyEntriesThatDoSomethingAndGreyWhatCannotWorkNow) {
  const Shown shown;
  for (const auto* action : shown.test.window->findChildren<QAction*>()) {
    if (action->shortcut() == QKeySequence(QStringLiteral("Ctrl+Return")) ||
        action->shortcut() == QKeySequence(QStringLiteral("Ctrl+K"))) {
      EXPECT_FALSE(action->isEnabled()) << "recordings cannot be probed: " << action->text().toStdString();
    }
  }
}

TEST(LiveChip, TellsTheIntervalAsPeopleSayIt) {
  EXPECT_EQ(ui::LiveChip::intervalText(std::chrono::seconds(30)), QStringLiteral("30 s"));
  EXPECT_EQ(ui::LiveChip::intervalText(std::chrono::seconds(300)), QStringLiteral("5 min"));
  ui::LiveChip chip;
  EXPECT_EQ(chip.text(), QStringLiteral("Live is off"));
  chip.setInterval(std::chrono::seconds(30));
  EXPECT_EQ(chip.text(), QStringLiteral("Live, every 30 s"));
}

} // namespace whichbase
