#include "process/job.h"
#include "support/processes.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

namespace whichbase::process {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using End = BoundedResult::End;

BoundedResult shell(const std::string& script, std::chrono::milliseconds time = 20s, RunLimits limits = {}) {
  limits.deadline = Clock::now() + time;
  const auto result = runWithin({"sh", {"-c", script}, {}, {}, "."}, limits);
  EXPECT_TRUE(result) << result.error();
  return result.value_or(BoundedResult{});
}

TEST(Job, IsFoundOnThePath) {
  EXPECT_EQ(shell("echo found").output, "found\n");
  const auto missing = runWithin({"no-such-program"}, {});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error(), "no-such-program could not be started: it is not on PATH.");
  const auto elsewhere = runWithin({"sh", {}, {{"PATH", "/nowhere"}}}, {});
  EXPECT_FALSE(elsewhere);
  EXPECT_EQ(runWithin({"/nowhere/sh"}, {}).error(), "/nowhere/sh could not be started: No such file or directory.");
}

TEST(Job, TellsOutputErrorsAndExitCode) {
  const auto result = shell("echo out; echo err >&2; exit 3");
  EXPECT_EQ(result.end, End::exited);
  EXPECT_EQ(result.exitCode, 3);
  EXPECT_EQ(result.output, "out\n");
  EXPECT_EQ(result.errors, "err\n");
  EXPECT_EQ(shell("kill -9 $$").exitCode, 137);
}

TEST(Job, HasNoTerminalAndNoInput) {
  const auto result = shell("cat; (exec 3<>/dev/tty) 2>/dev/null && echo terminal; true");
  EXPECT_EQ(result.output, "");
}

TEST(Job, SpeaksTheLanguageThatItIsTold) {
  ::setenv("LANGUAGE", "de", 1);
  ::setenv("LC_MESSAGES", "de_DE.UTF-8", 1);
  const auto result = runWithin({"sh", {"-c", "echo $LC_ALL $LANGUAGE $LC_MESSAGES"}, {{"LC_ALL", "C.UTF-8"}}}, {});
  ::unsetenv("LANGUAGE");
  ::unsetenv("LC_MESSAGES");
  ASSERT_TRUE(result) << result.error();
  EXPECT_EQ(result->output, "C.UTF-8\n");
}

TEST(Job, EndsAtItsDeadlineWithEverythingItStarted) {
  const test::ProcessMark mark;
  const auto start = Clock::now();
  const auto result = shell(
      "trap '' TERM; sleep 1000 & setsid sleep 1000 & (sleep 1000; true) & echo started; wait; wait; wait", 500ms);
  EXPECT_LT(Clock::now() - start, 10s);
  EXPECT_EQ(result.end, End::timedOut);
  EXPECT_EQ(result.output, "started\n");
  EXPECT_EQ(mark.alive(), 0);
}

TEST(Job, EndsWhenStopped) {
  const test::ProcessMark mark;
  std::stop_source source;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(200ms);
    source.request_stop();
  });
  RunLimits limits;
  limits.stop = source.get_token();
  EXPECT_EQ(shell("sleep 1000", 60s, limits).end, End::stopped);
  EXPECT_EQ(mark.alive(), 0);
}

TEST(Job, EndsWhenItPrintsTooMuch) {
  const test::ProcessMark mark;
  RunLimits limits;
  limits.output = 100'000;
  const auto result = shell("yes", 60s, limits);
  EXPECT_EQ(result.end, End::flooded);
  EXPECT_LT(result.output.size(), 200'000U);
  EXPECT_EQ(mark.alive(), 0);
}

TEST(Job, KeepsTheEndOfManyErrors) {
  const auto result = shell("i=0; while [ $i -lt 20000 ]; do echo line $i >&2; i=$((i+1)); done; echo last words >&2");
  EXPECT_LE(result.errors.size(), 16U << 10U);
  EXPECT_TRUE(result.errors.ends_with("line 19999\nlast words\n"));
}

TEST(Job, LeavesADaemonAloneButNothingElse) {
  const test::ProcessMark mark;
  // The daemon holds on to standard output, as some do.
  const auto result = shell("setsid sleep 1000 & sleep 1000 & sleep 0.2; echo done");
  EXPECT_EQ(result.end, End::exited);
  EXPECT_EQ(result.output, "done\n");
  EXPECT_EQ(mark.alive(), 1);
  mark.killAll();
  RunLimits limits;
  limits.leaveDaemons = false;
  shell("setsid sleep 1000 & sleep 0.2", 20s, limits);
  EXPECT_EQ(mark.alive(), 0);
}

TEST(Job, DiesWithWhoeverStartedItEvenByKill9) {
  const test::ProcessMark mark;
  const pid_t starter = ::fork();
  if (starter == 0) {
    const auto job = Job::start({"sh", {"-c", "trap '' TERM HUP; sleep 1000 & setsid sleep 1000 & wait; wait"}}, {});
    ::pause();
    ::_exit(0);
  }
  EXPECT_TRUE(mark.waitFor(3));
  ::kill(starter, SIGKILL);
  ::waitpid(starter, nullptr, 0);
  EXPECT_TRUE(mark.waitFor(0));
}

TEST(Job, HasTimeToEndByItself) {
  const auto job = Job::start({"sh", {"-c", "sleep 0.1; exit 7"}}, {});
  ASSERT_TRUE(job);
  (*job)->end(20s, 1s);
  EXPECT_EQ((*job)->wait(Clock::now()), 7);
  const auto stubborn = Job::start({"sh", {"-c", "trap 'exit 8' TERM; sleep 1000 & wait"}}, {});
  ASSERT_TRUE(stubborn);
  EXPECT_EQ((*stubborn)->wait(Clock::now() + 300ms), std::nullopt);
  (*stubborn)->end(10ms, 20s);
  EXPECT_EQ((*stubborn)->wait(Clock::now()), 8);
}

} // namespace
} // namespace whichbase::process
