// "Keep as Before" with the users' fingerprint, on a real database.
#include "demo/throwaway_cluster.h"
#include "history/fingerprint.h"
#include "history/history.h"
#include "window_under_test.h"

#include <QAction>
#include <QFile>
#include <QSettings>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace whichbase::ui {
namespace {

std::expected<std::vector<history::Fingerprint>, history::Error> keptIn(const QString& file) {
  const auto opened = history::History::open(file.toStdString(), history::History::Mode::read);
  if (!opened)
    return std::unexpected(opened.error());
  return (*opened)->fingerprints();
}

class Fingerprinting : public testing::Test {
protected:
  void SetUp() override {
    auto made = demo::ThrowawayCluster::create({});
    ASSERT_TRUE(made) << made.error().text;
    cluster = std::move(*made);
    ASSERT_TRUE(cluster->sql("postgres", "CREATE TABLE users (id uuid PRIMARY KEY); "
                                         "INSERT INTO users SELECT md5(i::text)::uuid FROM generate_series(1, 22) i"));
    qputenv("XDG_CONFIG_HOME", test.folder.filePath(QStringLiteral("config")).toLocal8Bit());
    project::Project project;
    project.title = "TovPlay";
    project::Server& server = project.servers.emplace_back();
    server.name = "Backend";
    server.present = project::ConnectionSpec{.url = cluster->url("postgres"), .via = "direct"};
    test.document().adopt(project, test.folder.filePath(QStringLiteral("shop.whichbase.toml")), {});
    test.window->connect(&test.document(), &Document::noted, test.window.get(),
                         [this](const QString& text) { noted += text + QLatin1Char('\n'); });
    test.window->connect(&test.document(), &Document::problem, test.window.get(),
                         [this](const QString&, Sign, const QString& text) { problems += text + QLatin1Char('\n'); });
  }
  void probe() {
    test.document().probe();
    ASSERT_TRUE(test.wait([&] { return test.document().view().after != nullptr; }, 30000));
    ASSERT_TRUE(test.wait([&] { return test.document().canKeepAsBefore(); }, 30000));
  }
  bool keptOnce(int more = 1) {
    keeps += more;
    test.document().keepAsBefore();
    return test.wait([&] { return noted.count(QStringLiteral("Kept as Before")) == keeps; }, 30000);
  }
  QAction* option() const { return test.window->findChild<QAction*>(QStringLiteral("fingerprintUsers")); }

  test::WindowUnderTest test;
  std::unique_ptr<demo::ThrowawayCluster> cluster;
  QString noted, problems;
  int keeps = 0;
};

TEST_F(Fingerprinting, IsOnlyDoneWhereItIsWantedAndIsRemembered) {
  probe();
  ASSERT_NE(option(), nullptr);
  EXPECT_FALSE(option()->isChecked());
  ASSERT_TRUE(keptOnce());
  EXPECT_FALSE(QFile::exists(test.folder.filePath(QStringLiteral("config/whichbase/fingerprint.key"))));
  option()->trigger();
  EXPECT_TRUE(QSettings(test.folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
                  .value(QStringLiteral("keep/fingerprint"))
                  .toBool());
  ASSERT_TRUE(keptOnce());
  ASSERT_TRUE(
      test.wait([&] { return noted.contains(QStringLiteral("Fingerprints of the users are kept: 22 of A.")); }, 30000))
      << noted.toStdString() << problems.toStdString();
  EXPECT_EQ(problems, QString());
  const auto kept = keptIn(test.document().historyFile());
  ASSERT_TRUE(kept) << kept.error().text;
  ASSERT_EQ(kept->size(), 1U);
  EXPECT_EQ(kept->front().database, "A");
  EXPECT_EQ(kept->front().hashes.size(), 22U);
}

TEST_F(Fingerprinting, ThatCannotBeTakenSaysWhyAndTheStateIsKept) {
  ASSERT_TRUE(cluster->sql("postgres", "ALTER TABLE users DROP CONSTRAINT users_pkey"));
  probe();
  option()->trigger();
  ASSERT_TRUE(keptOnce());
  ASSERT_TRUE(test.wait(
      [&] {
        return problems.contains(QStringLiteral("No fingerprint of A: public.users has no "
                                                "primary key"));
      },
      30000))
      << noted.toStdString() << problems.toStdString();
  EXPECT_FALSE(test.document().project()->beforeSnapshot.empty());
}

} // namespace
} // namespace whichbase::ui
