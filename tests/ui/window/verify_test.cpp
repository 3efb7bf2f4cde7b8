// "Check again" and "Write a test row…" in a window, on a real database.
#include "demo/throwaway_cluster.h"
#include "history/proofs.h"
#include "verify/journal.h"
#include "watched.h"
#include "window/check_dialog.h"
#include "window/server_lines_view.h"
#include "window/test_row_dialog.h"

#include <QAction>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QRadioButton>

#include <gtest/gtest.h>

namespace whichbase::ui {
namespace {

constexpr int patience = 60000;

// Two servers on one database, both reached.
class Verifying : public testing::Test {
protected:
  void SetUp() override {
    auto made = demo::ThrowawayCluster::create({});
    ASSERT_TRUE(made) << made.error().text;
    cluster = std::move(*made);
    ASSERT_TRUE(cluster->sql("postgres", "CREATE TABLE users (id bigserial PRIMARY KEY, email text NOT NULL)"));
    project.title = "Shop";
    for (const auto* name : {"Backend", "Dashboard"}) {
      auto& server = project.servers.emplace_back();
      server.name = name;
      server.environment = "production";
      server.present = project::ConnectionSpec{cluster->url("postgres"), "direct"};
    }
    test.document().adopt(project, file, {});
  }
  void probe() {
    test.document().probe();
    ASSERT_TRUE(test.wait([&] { return action(QStringLiteral("&Check again"))->isEnabled(); }, patience));
  }
  QAction* action(const QString& text) const {
    for (auto* menu : test.window->menuBar()->actions())
      if (menu->menu())
        for (auto* each : menu->menu()->actions())
          if (each->text() == text)
            return each;
    return nullptr;
  }
  template <class Dialog>
  Dialog* dialog() const {
    return test.window->findChild<Dialog*>();
  }
  static QPushButton* button(const QWidget& parent, const QString& text) {
    for (auto* each : parent.findChildren<QPushButton*>())
      if (each->text() == text)
        return each;
    return nullptr;
  }
  std::optional<topology::Verification> shown() const {
    const auto& after = test.document().view().after;
    return after ? after->proofs.verification : std::nullopt;
  }
  std::string rows() const {
    const auto answer = cluster->sql("postgres", "SELECT count(*) FROM users");
    return answer ? *answer : std::string("?");
  }
  // Up to the page that shows the SQL.
  TestRowDialog* planned() {
    action(QStringLiteral("&Write a test row…"))->trigger();
    auto* asked = dialog<TestRowDialog>();
    EXPECT_NE(asked, nullptr);
    asked->choose("Backend", verify::TestRowPlace::usersTable);
    button(*asked, QStringLiteral("Show the SQL…"))->click();
    EXPECT_TRUE(test.wait([&] { return asked->page() == TestRowDialog::Page::sql; }, patience));
    return asked;
  }
  void confirm(const TestRowDialog& asked) {
    for (auto* field : asked.findChildren<QLineEdit*>())
      if (field->isVisible())
        field->setText(QStringLiteral("Shop"));
  }

  test::WindowUnderTest test;
  std::unique_ptr<demo::ThrowawayCluster> cluster;
  project::Project project;
  QString file = test.folder.filePath(QStringLiteral("shop.whichbase.toml"));
};

TEST_F(Verifying, NeedsDatabasesThatWereProbedAndSaysSo) {
  auto* check = action(QStringLiteral("&Check again"));
  auto* row = action(QStringLiteral("&Write a test row…"));
  ASSERT_TRUE(check && row);
  EXPECT_FALSE(check->isEnabled());
  EXPECT_FALSE(row->isEnabled());
  EXPECT_TRUE(check->toolTip().contains(QStringLiteral("Probe now first"))) << check->toolTip().toStdString();
  probe();
  EXPECT_TRUE(test.wait([&] { return check->isEnabled() && row->isEnabled(); }, patience));
}

TEST_F(Verifying, ACheckTellsEveryServerAndStandsInThePaneAndTheHistory) {
  probe();
  action(QStringLiteral("&Check again"))->trigger();
  auto* check = dialog<CheckDialog>();
  ASSERT_NE(check, nullptr);
  EXPECT_FALSE(check->isModal());
  ASSERT_TRUE(test.wait([&] { return shown().has_value(); }, patience));
  EXPECT_TRUE(shown()->everyoneSees);
  EXPECT_EQ(check->findChild<ServerLinesView*>()->lines().confirmed(), 2);
  EXPECT_NE(test.document().view().after->verdict.detail.find("Checked"), std::string::npos);
  const auto kept = [&] {
    const auto history =
        history::History::open(test::pathOf(test.document().historyFile()), history::History::Mode::read);
    const auto proofs = history ? history::proofsIn(**history) : std::expected<topology::Proofs, history::Error>();
    return history && proofs && proofs->verification.has_value();
  };
  EXPECT_TRUE(test.wait(kept, patience));
}

TEST_F(Verifying, NothingIsWrittenBeforeTheProjectsNameWasTyped) {
  probe();
  auto* asked = planned();
  auto* write = button(*asked, QStringLiteral("Write the test row"));
  ASSERT_NE(write, nullptr);
  EXPECT_FALSE(write->isEnabled());
  EXPECT_EQ(rows(), "0\n");
  confirm(*asked);
  EXPECT_TRUE(write->isEnabled()) << write->toolTip().toStdString();
  asked->reject();
  EXPECT_EQ(rows(), "0\n");
  EXPECT_FALSE(shown().has_value());
}

TEST_F(Verifying, ATestRowIsSeenByAllAndGoneAfterwards) {
  probe();
  auto* asked = planned();
  confirm(*asked);
  button(*asked, QStringLiteral("Write the test row"))->click();
  ASSERT_TRUE(test.wait([&] { return shown().has_value(); }, patience));
  EXPECT_EQ(shown()->means, topology::Verification::Means::testRow);
  EXPECT_TRUE(shown()->everyoneSees);
  EXPECT_FALSE(asked->isRowOut());
  EXPECT_EQ(rows(), "0\n");
  EXPECT_EQ(asked->findChild<ServerLinesView*>()->lines().confirmed(), 2);
}

TEST_F(Verifying, AWindowThatIsClosedOverATestRowDeletesItFirst) {
  probe();
  auto* asked = planned();
  confirm(*asked);
  auto* write = button(*asked, QStringLiteral("Write the test row"));
  ASSERT_TRUE(write->isEnabled()) << write->toolTip().toStdString();
  write->click();
  EXPECT_TRUE(asked->isRowOut());
  test.window->close();
  EXPECT_TRUE(test.window->isVisible()) << "the row is there";
  EXPECT_TRUE(test.wait([&] { return !test.window->isVisible(); }, patience));
  EXPECT_EQ(rows(), "0\n");
}

TEST_F(Verifying, WhatAnEarlierRunLeftIsToldAndRemovedOnAWish) {
  probe();
  ASSERT_TRUE(cluster->sql("postgres", "CREATE TABLE public.whichbase_canary (token text PRIMARY KEY)"));
  // As a run leaves it that was killed.
  verify::JournalEntry entry;
  entry.token = "whichbase-9b1c0faed5ef9c8f62b09571";
  entry.project = test::pathOf(file).string();
  entry.server = "Backend";
  entry.address = "127.0.0.1/postgres";
  entry.relation = "public.whichbase_canary";
  entry.isOwnTable = true;
  entry.isInserted = true;
  entry.removeSql = "DROP TABLE IF EXISTS public.whichbase_canary";
  entry.presentSql = "SELECT 1";
  entry.at = topology::now();
  {
    verify::Journal journal;
    ASSERT_TRUE(journal.write(entry));
  }
  test.document().open(file);
  ASSERT_TRUE(test.wait(
      [&] { return test.window->messages().text(QStringLiteral("left-behind")).contains(QStringLiteral("Backend")); },
      patience));
  auto* remove = button(*test.window, QStringLiteral("Remove it now"));
  ASSERT_NE(remove, nullptr);
  remove->click();
  EXPECT_TRUE(test.wait(
      [&] {
        const auto left = verify::Journal().leftBehind();
        const auto text = test.window->messages().text(QStringLiteral("left-behind"));
        return (left && left->empty()) || button(*test.window, QStringLiteral("Try again"));
      },
      patience))
      << test.window->messages().text(QStringLiteral("left-behind")).toStdString();
}

} // namespace
} // namespace whichbase::ui
