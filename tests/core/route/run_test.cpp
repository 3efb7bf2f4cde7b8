// Routes::run: the commands of a project.
#include "route/routes.h"
#include "support/processes.h"
#include "support/sshd.h"

#include <gtest/gtest.h>

#include <thread>

namespace whichbase::route {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::unique_ptr<test::Sshd> sshdWith(const test::Sshd::Options& options = {}) {
  std::string problem;
  auto sshd = test::Sshd::start(options, problem);
  EXPECT_TRUE(sshd) << problem;
  return sshd;
}

std::expected<std::string, Problem> ran(Routes& routes, const std::string& command, std::chrono::seconds time = 30s) {
  return routes.run(command, Clock::now() + time);
}

TEST(RunningACommand, GivesWhatItPrints) {
  Routes routes;
  EXPECT_EQ(ran(routes, "echo one | tr o O").value(), "One\n");
  EXPECT_EQ(ran(routes, "printf '\\303\\244'").value(), "ä");
}

TEST(RunningACommand, SaysWhyItFailed) {
  Routes routes;
  const auto refused = ran(routes, "echo first >&2; echo 'no entry db/prod' >&2; exit 1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text,
            "\"echo first >&2; echo 'no entry db/prod' >&2; exit 1\" ended: first; no entry db/prod");
  const auto missing = ran(routes, "no-such-program --now");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().text, "\"no-such-program --now\" ended: no-such-program: not found");
  EXPECT_EQ(missing.error().remedy, "Is the program installed where the command runs it?");
  EXPECT_EQ(ran(routes, "exit 3").error().text, "\"exit 3\" ended without a word (exit code 3)");
}

TEST(RunningACommand, HidesPasswordsInWhatItSays) {
  Routes routes;
  const auto refused = ran(routes, "echo 'cannot use postgresql://app:geheim@db/shop' >&2; exit 1; PGPASSWORD=geheim");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text.find("geheim"), std::string::npos) << refused.error().text;
}

TEST(RunningACommand, EndsAtTheDeadlineWithAllOfIt) {
  const test::ProcessMark mark;
  Routes routes;
  const auto late = routes.run("echo asking >&2; sleep 1000 | sleep 1000", Clock::now() + 300ms);
  ASSERT_FALSE(late);
  EXPECT_TRUE(late.error().timedOut);
  EXPECT_EQ(late.error().text, "\"echo asking >&2; sleep 1000 | sleep 1000\" did not answer in time; it said: asking");
  EXPECT_EQ(mark.alive(), 0);
  const auto flooding = routes.run("yes", Clock::now() + 60s, 1 << 20);
  ASSERT_FALSE(flooding);
  EXPECT_EQ(flooding.error().text, "\"yes\" printed more than 1024 kB");
  EXPECT_EQ(mark.alive(), 0);
}

TEST(RunningACommand, IsInterrupted) {
  Routes routes;
  std::jthread interrupter([&] {
    std::this_thread::sleep_for(200ms);
    routes.interrupt();
  });
  const auto cancelled = ran(routes, "sleep 1000", 60s);
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().text, "cancelled");
  EXPECT_TRUE(ran(routes, "true"));
  routes.stop();
  EXPECT_FALSE(ran(routes, "sleep 10"));
}

TEST(RunningACommand, SharesOneLoginAHost) {
  const auto sshd = sshdWith();
  const test::ProcessMark mark;
  {
    Routes routes;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 20; ++i)
      threads.emplace_back([&] {
        const auto answer = ran(routes, sshd->via() + " echo '$((1+1))' '\"a  b\"'");
        EXPECT_EQ(answer.value_or(answer ? "" : answer.error().text), "2 a  b\n");
      });
  }
  EXPECT_EQ(sshd->logins(), 1);
  EXPECT_TRUE(mark.waitFor(0));
}

TEST(RunningACommand, TellsTheFarSidesErrors) {
  const auto sshd = sshdWith();
  Routes routes;
  const auto failed = ran(routes, sshd->via() + " no-such-program");
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().text.find("no-such-program"), std::string::npos) << failed.error().text;
  EXPECT_EQ(failed.error().remedy, "Is the program installed where the command runs it?");
  sshd->forgetHostKey();
  Routes others;
  const auto unknown = ran(others, sshd->via() + " true");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().text, "ssh prod: its host key is not known here");
  EXPECT_NE(unknown.error().loginCommand.find(sshd->words()), std::string::npos);
}

} // namespace
} // namespace whichbase::route
