// The desktop's keychain, the real one: GNOME Keyring on a bus of its own.
#include "keyring_session.h"
#include "window/kept_passwords.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace whichbase {

namespace {

class KeychainTest : public testing::Test {
protected:
  void SetUp() override {
    if (!test::keyringSession().problem().empty())
      GTEST_SKIP() << test::keyringSession().problem();
  }
};

ui::Keychain::Answer answerOf(const std::function<void(ui::Keychain::Done)>& ask) {
  std::optional<ui::Keychain::Answer> given;
  ask([&](const ui::Keychain::Answer& answer) { given = answer; });
  EXPECT_TRUE(QTest::qWaitFor([&] { return given.has_value(); }, 30000));
  return given.value_or(ui::Keychain::Answer{});
}

const QString name = QStringLiteral("app@db.example.org:5432/shop via ssh prod");

} // namespace

TEST_F(KeychainTest, KeepsReadsAndForgets) {
  ui::Keychain keychain;
  const auto read = [&] { return answerOf([&](const auto& done) { keychain.read(name, done); }); };
  EXPECT_EQ(read().value, std::nullopt);
  const auto stored = answerOf([&](const auto& done) { keychain.store(name, QStringLiteral("hunter2 ü"), done); });
  EXPECT_EQ(stored.problem, QString());
  EXPECT_EQ(read().value, QStringLiteral("hunter2 ü"));
  const auto forgotten = answerOf([&](const auto& done) { keychain.forget(name, done); });
  EXPECT_EQ(forgotten.problem, QString());
  const auto after = read();
  EXPECT_EQ(after.value, std::nullopt);
  EXPECT_EQ(after.problem, QString()) << "nothing kept is no problem";
}

TEST_F(KeychainTest, ASweepsThreadsGetWhatIsKeptWhileTheWindowGoesOn) {
  ui::KeptPasswords kept;
  kept.keep("app@one", "hunter2");
  QSignalSpy noted(&kept, &ui::KeptPasswords::noted);
  ASSERT_TRUE(QTest::qWaitFor([&] { return noted.size() == 1; }, 30000));
  kept.refresh(); // not from memory
  std::atomic<int> done = 0;
  std::array<std::optional<std::string>, 8> found;
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < found.size(); ++i)
    threads.emplace_back([&, i, lookup = kept.lookup()](const std::stop_token& stop) {
      found[i] = lookup(i % 2 == 0 ? "app@one" : "app@other", stop);
      ++done;
    });
  ASSERT_TRUE(QTest::qWaitFor([&] { return done == 8; }, 30000));
  for (std::size_t i = 0; i < found.size(); ++i)
    EXPECT_EQ(found[i], i % 2 == 0 ? std::optional<std::string>("hunter2") : std::nullopt);
  kept.forget("app@one");
  ASSERT_TRUE(QTest::qWaitFor([&] { return noted.size() == 2; }, 30000));
}

TEST_F(KeychainTest, AStoppedSweepWaitsForNoKeychain) {
  const ui::KeptPasswords kept; // whose thread, this one, does not answer
  QElapsedTimer clock;
  clock.start();
  std::jthread thread([lookup = kept.lookup()](const std::stop_token& stop) { lookup("app@one", stop); });
  thread.request_stop();
  thread.join();
  EXPECT_LT(clock.elapsed(), 1000);
}

TEST_F(KeychainTest, ASlowKeychainIsWaitedForOnceAndItsAnswerIsTold) {
  ui::KeptPasswords kept;
  kept.keep("app@late", "hunter2");
  QSignalSpy noted(&kept, &ui::KeptPasswords::noted);
  ASSERT_TRUE(QTest::qWaitFor([&] { return noted.size() == 1; }, 30000));
  kept.refresh();
  QSignalSpy arrived(&kept, &ui::KeptPasswords::arrived);
  QElapsedTimer clock;
  clock.start();
  std::jthread thread([lookup = kept.lookup()](const std::stop_token& stop) {
    for (const auto* key : {"app@late", "app@b", "app@c", "app@d", "app@e", "app@f"})
      EXPECT_EQ(lookup(key, stop), std::nullopt);
  });
  thread.join(); // meanwhile this thread does not run its event loop: the keychain is slow
  EXPECT_LT(clock.elapsed(), 6000) << "six keys, one wait";
  EXPECT_TRUE(QTest::qWaitFor([&] { return arrived.size() == 1; }, 30000)) << "worth another probe";
  std::optional<std::string> found;
  std::jthread again([&, lookup = kept.lookup()](const std::stop_token& stop) { found = lookup("app@late", stop); });
  again.join();
  EXPECT_EQ(found, "hunter2");
  kept.forget("app@late");
  ASSERT_TRUE(QTest::qWaitFor([&] { return noted.size() == 2; }, 30000));
}

} // namespace whichbase
