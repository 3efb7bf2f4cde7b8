// "Compare databases…" and "Can it be switched off?…", on real databases.
#include "demo/throwaway_cluster.h"
#include "ui/window/window_under_test.h"
#include "window/compare_dialog.h"
#include "window/stop_dialog.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTextBrowser>
#include <QTreeWidget>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace whichbase::ui {
namespace {

constexpr int generous = 60000;

// A with 22 users, a table and a trigger of its own, and B with one of these users.
class Looks : public testing::Test {
protected:
  static void SetUpTestSuite() {
    auto made = demo::ThrowawayCluster::create({});
    ASSERT_TRUE(made) << made.error().text;
    cluster = std::move(*made);
    for (const char* name : {"shop", "shop_old"}) {
      ASSERT_TRUE(cluster->sql("postgres", fmt::format("CREATE DATABASE {}", name)));
      ASSERT_TRUE(cluster->sql(name, "CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL)"));
    }
    ASSERT_TRUE(cluster->sql("shop", "INSERT INTO users SELECT i, 'user' || i || '@example.org' FROM "
                                     "generate_series(1, 22) i; CREATE TABLE messages (id int PRIMARY KEY)"));
    ASSERT_TRUE(cluster->sql("shop_old", "INSERT INTO users VALUES (1, 'user1@example.org')"));
  }
  static void TearDownTestSuite() { cluster.reset(); }

  void SetUp() override {
    project::Project project;
    project.title = "Shop";
    for (const auto& [name, database] : {std::pair{"Backend", "shop"}, {"Dashboard", "shop_old"}}) {
      project::Server& server = project.servers.emplace_back();
      server.name = name;
      server.present = project::ConnectionSpec{.url = cluster->url(database), .via = "direct"};
    }
    test.document().adopt(project, test.folder.filePath(QStringLiteral("shop.whichbase.toml")), {});
  }
  void probe() {
    test.document().probe();
    ASSERT_TRUE(test.wait([&] { return test.document().whyNoLook().isEmpty(); }, generous));
    ASSERT_TRUE(test.wait([&] { return test.document().view().after != nullptr; }, generous));
  }
  QAction* action(const QString& text) const {
    for (QAction* each : test.window->findChildren<QAction*>())
      if (each->text().remove(QLatin1Char('&')) == text)
        return each;
    return nullptr;
  }
  template <class Dialog>
  Dialog* opened(const QString& text) const {
    QAction* found = action(text);
    if (!found || !found->isEnabled())
      return nullptr;
    found->trigger();
    const auto dialogs = test.window->findChildren<Dialog*>();
    return dialogs.isEmpty() ? nullptr : dialogs.last();
  }
  // Into the folder that WHICHBASE_TEST_PICTURES names, for who wants to look at it.
  static void picture(QWidget& widget, const QString& name) {
    const QString folder = qEnvironmentVariable("WHICHBASE_TEST_PICTURES");
    if (!folder.isEmpty())
      widget.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
  }
  static bool shows(const QWidget& dialog, const QString& text) {
    for (const auto* label : dialog.findChildren<QLabel*>())
      if (label->text().contains(text))
        return true;
    for (const auto* browser : dialog.findChildren<QTextBrowser*>())
      if (browser->toPlainText().contains(text))
        return true;
    return false;
  }

  static inline std::unique_ptr<demo::ThrowawayCluster> cluster;
  test::WindowUnderTest test;
};

TEST_F(Looks, NeedASweepFirstAndSayWhy) {
  QAction* compare = action(QStringLiteral("Compare databases…"));
  ASSERT_NE(compare, nullptr);
  EXPECT_FALSE(compare->isEnabled());
  EXPECT_TRUE(compare->toolTip().contains(QStringLiteral("Probe now"))) << compare->toolTip().toStdString();
  probe();
  EXPECT_TRUE(test.wait([&] { return compare->isEnabled(); }));
}

TEST_F(Looks, CompareTellsTheOneLineAndKeepsItAsAProof) {
  probe();
  auto* dialog = opened<CompareDialog>(QStringLiteral("Compare databases…"));
  ASSERT_NE(dialog, nullptr);
  EXPECT_FALSE(dialog->isModal());
  QSignalSpy compared(dialog, &CompareDialog::compared);
  dialog->choose("A", "B");
  dialog->compare();
  ASSERT_TRUE(compared.wait(generous));
  picture(*dialog, QStringLiteral("compare"));
  EXPECT_TRUE(shows(*dialog, QStringLiteral("22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both")));
  EXPECT_FALSE(shows(*dialog, QStringLiteral("example.org"))) << "no value of a row is shown";
  EXPECT_FALSE(shows(*dialog, QStringLiteral("keys only in")));
  const auto* tree = dialog->findChild<QTreeWidget*>();
  ASSERT_NE(tree, nullptr);
  const auto found = tree->findItems(QStringLiteral("public.messages"), Qt::MatchContains);
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0]->text(1), QStringLiteral("only in A"));
  EXPECT_TRUE(test.wait([&] {
    const auto& after = test.document().view().after;
    return after && after->proofs.rows.size() == 1 && after->proofs.rows[0].onlyInA == 21 &&
           after->proofs.rows[0].ofUsers;
  }));
}

TEST_F(Looks, KeysAreShownOnlyWhereSomebodyAsks) {
  probe();
  auto* dialog = opened<CompareDialog>(QStringLiteral("Compare databases…"));
  ASSERT_NE(dialog, nullptr);
  auto* keys = dialog->findChild<QAbstractButton*>(QStringLiteral("showKeys"));
  ASSERT_NE(keys, nullptr);
  keys->click();
  QSignalSpy compared(dialog, &CompareDialog::compared);
  dialog->compare();
  ASSERT_TRUE(compared.wait(generous));
  picture(*dialog, QStringLiteral("compare-keys"));
  EXPECT_TRUE(shows(*dialog, QStringLiteral("keys only in A")));
  EXPECT_FALSE(shows(*dialog, QStringLiteral("example.org")));
}

TEST_F(Looks, OneDatabaseIsNotComparedWithItself) {
  probe();
  auto* dialog = opened<CompareDialog>(QStringLiteral("Compare databases…"));
  ASSERT_NE(dialog, nullptr);
  dialog->choose("A", "A");
  QPushButton* compare = nullptr;
  for (auto* each : dialog->findChildren<QPushButton*>())
    if (each->text() == QStringLiteral("&Compare"))
      compare = each;
  ASSERT_NE(compare, nullptr);
  EXPECT_FALSE(compare->isEnabled());
  dialog->choose("A", "B");
  EXPECT_TRUE(compare->isEnabled());
}

TEST_F(Looks, CanItBeSwitchedOffTellsReasonsAndTheDumpToTake) {
  probe();
  auto* dialog = opened<StopDialog>(QStringLiteral("Can it be switched off?…"));
  ASSERT_NE(dialog, nullptr);
  dialog->choose("A");
  QSignalSpy answered(dialog, &StopDialog::answered);
  dialog->ask();
  ASSERT_TRUE(answered.wait(generous));
  picture(*dialog, QStringLiteral("stop"));
  EXPECT_TRUE(shows(*dialog, QStringLiteral("No: A (127.0.0.1:"))) << "the headline";
  EXPECT_TRUE(shows(*dialog, QStringLiteral("Backend leads there.")));
  EXPECT_TRUE(shows(*dialog, QStringLiteral("22 in A, 1 in B: 21 only in A")));
  EXPECT_TRUE(shows(*dialog, QStringLiteral("public.messages")));
  const auto* dump = dialog->findChild<QPlainTextEdit*>();
  ASSERT_NE(dump, nullptr);
  EXPECT_TRUE(dump->toPlainText().startsWith(QStringLiteral("pg_dump --format=custom")));
  EXPECT_FALSE(dump->toPlainText().contains(QString::fromStdString(cluster->password())));
  for (auto* each : dialog->findChildren<QPushButton*>())
    if (each->text() == QStringLiteral("Copy"))
      each->click();
  EXPECT_EQ(QApplication::clipboard()->text(), dump->toPlainText());
}

TEST_F(Looks, AStoppedQuestionTellsNothing) {
  probe();
  auto* dialog = opened<StopDialog>(QStringLiteral("Can it be switched off?…"));
  ASSERT_NE(dialog, nullptr);
  dialog->ask();
  dialog->stop();
  EXPECT_TRUE(shows(*dialog, QStringLiteral("Stopped: nothing is known.")));
  QSignalSpy answered(dialog, &StopDialog::answered);
  dialog->ask(); // and may be asked again
  EXPECT_TRUE(answered.wait(generous));
}

TEST_F(Looks, StandInTheDarkAndInASmallWindowToo) {
  WindowOptions options;
  options.dark = true;
  test::WindowUnderTest dark(options, {1024, 700});
  dark.document().adopt(*test.document().project(), dark.folder.filePath(QStringLiteral("shop.whichbase.toml")), {});
  dark.document().probe();
  ASSERT_TRUE(
      dark.wait([&] { return dark.document().whyNoLook().isEmpty() && dark.document().view().after; }, generous));
  for (QAction* each : dark.window->findChildren<QAction*>())
    if (each->text().contains(QStringLiteral("switched off")) || each->text().contains(QStringLiteral("&databases…")))
      each->trigger();
  const auto stops = dark.window->findChildren<StopDialog*>();
  const auto compares = dark.window->findChildren<CompareDialog*>();
  ASSERT_EQ(stops.size(), 1);
  ASSERT_EQ(compares.size(), 1);
  QSignalSpy answered(stops[0], &StopDialog::answered);
  QSignalSpy compared(compares[0], &CompareDialog::compared);
  stops[0]->resize(stops[0]->minimumSize());
  compares[0]->resize(compares[0]->minimumSize());
  stops[0]->ask();
  compares[0]->compare();
  EXPECT_TRUE(dark.wait([&] { return answered.count() == 1 && compared.count() == 1; }, generous));
  picture(*stops[0], QStringLiteral("stop-dark-small"));
  picture(*compares[0], QStringLiteral("compare-dark-small"));
  for (const QDialog* dialog : {static_cast<const QDialog*>(stops[0]), static_cast<const QDialog*>(compares[0])}) {
    EXPECT_LE(dialog->minimumSizeHint().width(), 1024);
    EXPECT_LE(dialog->minimumSizeHint().height(), 700);
  }
}

} // namespace
} // namespace whichbase::ui
