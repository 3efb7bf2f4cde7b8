// Recording processes that are killed, and several that record at the same time.
#include "histories.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <random>
#include <thread>

namespace whichbase::history {
namespace {

using namespace topology;

// A process of its own that runs `body`, and a pipe to hear from it.
class Child {
public:
  template <class Body>
  explicit Child(const Body& body) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
      throw std::runtime_error("no pipe");
    m_pid = ::fork();
    if (m_pid == 0) {
      ::close(ends[0]);
      try {
        body(ends[1]);
      } catch (const std::exception& exception) {
        std::fputs(exception.what(), stderr);
        ::_exit(1);
      }
      ::_exit(0);
    }
    ::close(ends[1]);
    m_output = ends[0];
  }
  ~Child() {
    end(SIGKILL);
    ::close(m_output);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The last number that it wrote; waits until it has written one, and until it has ended.
  int lastNumber() const {
    int number = -1;
    while (::read(m_output, &number, sizeof number) == sizeof number) {
    }
    return number;
  }
  bool waitForNumber() const {
    int number = 0;
    return ::read(m_output, &number, sizeof number) == sizeof number;
  }
  void kill() const { ::kill(m_pid, SIGKILL); }
  int end(int signal = 0) {
    if (m_pid <= 0)
      return m_status;
    if (signal != 0)
      ::kill(m_pid, signal);
    ::waitpid(m_pid, &m_status, 0);
    m_pid = 0;
    return m_status;
  }

private:
  pid_t m_pid = 0;
  int m_output = -1;
  int m_status = 0;
};

TEST(KilledRecording, LosesNothingThatWasRecordedInFiftyKills) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "tovplay.whichbase";
  std::mt19937 random(7);
  int next = 0;
  for (int round = 0; round < 50; ++round) {
    Child child([&](int output) {
      const auto history = recording(file);
      for (int number = next;; ++number) {
        record(*history, Side::after, withUsers(second(number), number));
        if (::write(output, &number, sizeof number) != sizeof number)
          return;
      }
    });
    // Now and then while it opens the file, else while it records.
    if (round % 5 != 0) {
      ASSERT_TRUE(child.waitForNumber());
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 60'000));
    child.kill();
    const int acknowledged = std::max(child.lastNumber(), round % 5 != 0 ? next : -1);
    child.end();
    if (acknowledged < 0)
      continue;
    const auto history = reading(file);
    ASSERT_EQ(usersIn(stateAt(*history, second(acknowledged))), acknowledged) << "round " << round;
    ASSERT_GE(overviewOf(*history).recordedChanges, acknowledged + 1);
    next = int(overviewOf(*history).recordedChanges);
  }
  const auto history = recording(file);
  EXPECT_TRUE(history->setAside().empty());
  for (int number = 0; number < next; number += 11)
    ASSERT_EQ(usersIn(stateAt(*history, second(number))), number);
  EXPECT_GT(next, 50);
}

TEST(RecordingTogether, TwoProcessesNeitherDoubleNorHarmAnything) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "tovplay.whichbase";
  constexpr int changes = 300;
  // A tenth of a second apart: the one that is behind is behind by seconds, as two windows are.
  const auto timeOf = [](int number) { return start() + std::chrono::milliseconds(100 * number); };
  const auto work = [&](int) {
    const auto history = recording(file);
    for (int number = 0; number < changes; ++number)
      record(*history, Side::after, withUsers(timeOf(number), number / 3));
  };
  Child one(work), other(work);
  EXPECT_EQ(one.end(), 0);
  EXPECT_EQ(other.end(), 0);
  const auto history = reading(file);
  const Overview overview = overviewOf(*history);
  EXPECT_EQ(overview.recordedChanges, changes / 3);
  EXPECT_EQ(overview.changes.size(), std::size_t(changes / 3));
  EXPECT_EQ(overview.spans.size(), 1U);
  EXPECT_EQ(overview.moments.size(), 1U);
  for (int number = 5; number < changes; number += 17)
    EXPECT_EQ(usersIn(stateAt(*history, timeOf(number))), number / 3);
}

TEST(RecordingTogether, TwoThatFindADamagedFileSetItAsideOnce) {
  const test::TemporaryFolder folder;
  for (int round = 0; round < 10; ++round) {
    const auto file = folder.path() / ("round" + std::to_string(round) + ".whichbase");
    folder.write(file.filename().string(), std::string(9000, '\0'));
    const auto work = [&](int) { record(*recording(file), Side::after, brokenAt(second(0))); };
    Child one(work), other(work);
    EXPECT_EQ(one.end(), 0);
    EXPECT_EQ(other.end(), 0);
    EXPECT_EQ(overviewOf(*reading(file)).recordedChanges, 1);
  }
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), std::filesystem::directory_iterator()),
            20);
}

} // namespace
} // namespace whichbase::history
