#include "process/job.h"
#include "route_fixture.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <thread>

namespace whichbase::test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using topology::Stage;

TEST(ThroughSsh, ADatabaseIsReachedByNamesOfTheFarSide) {
  const auto sshd = sshdWith();
  const ProcessMark mark;
  const auto observation = visitOf(targetVia(sshd->via(), "localhost"));
  ASSERT_TRUE(reached(observation));
  EXPECT_EQ(observation.facts->databaseName, "postgres");
  EXPECT_EQ(sshd->logins(), 1);
  EXPECT_TRUE(mark.waitFor(0));
}

TEST(ThroughSsh, ManyTargetsCostOneLogin) {
  const auto sshd = sshdWith({.lines = {"MaxStartups 2:100:2"}});
  const ProcessMark mark;
  std::vector<probe::Target> targets;
  for (int i = 0; i < 40; ++i) {
    targets.push_back(targetVia(sshd->via()));
    targets.back().usersRelation = fmt::format("t{}", i);
  }
  for (const auto& observation : sweepOf(targets, 60).observations)
    EXPECT_TRUE(reached(observation));
  EXPECT_EQ(sshd->logins(), 1);
  EXPECT_TRUE(mark.waitFor(0));
}

TEST(ThroughSsh, TheUsersOwnSettingsDoNotGetInTheWay) {
  const auto sshd =
      sshdWith({.clientLines = {"RemoteCommand /bin/false", "RequestTTY force", "ControlMaster auto",
                                "ControlPersist 10m", "ControlPath /tmp/whichbase-test-%C",
                                "LocalForward 127.0.0.1:1 127.0.0.1:2", "ExitOnForwardFailure yes",
                                "PermitLocalCommand yes", "LocalCommand echo local", "LogLevel QUIET",
                                "ForkAfterAuthentication yes", "StdinNull yes", "SessionType none", "BatchMode no"}});
  const ProcessMark mark;
  EXPECT_TRUE(reached(visitOf(targetVia(sshd->via()))));
  const auto refused = failureOf(targetVia(sshd->via(), "127.0.0.1", 1));
  EXPECT_EQ(refused.text, "connection refused by 127.0.0.1:1 through ssh prod");
  EXPECT_TRUE(mark.waitFor(0));
}

TEST(ThroughSsh, WhatTheFarSideSaysIsTold) {
  const auto sshd = sshdWith();
  // At the same time: each gets its own reason.
  const auto result = sweepOf({targetVia(sshd->via(), "127.0.0.1", 1), targetVia(sshd->via(), "no-such-host.invalid"),
                               targetVia(sshd->via(), "127.0.0.1", 2)});
  EXPECT_EQ(result.observations[0].failure->stage, Stage::connect);
  EXPECT_EQ(result.observations[0].failure->text, "connection refused by 127.0.0.1:1 through ssh prod");
  EXPECT_EQ(result.observations[1].failure->stage, Stage::resolve);
  EXPECT_EQ(result.observations[1].failure->text, "no such host where ssh prod leads: no-such-host.invalid");
  EXPECT_EQ(result.observations[2].failure->text, "connection refused by 127.0.0.1:2 through ssh prod");
}

TEST(ThroughSsh, ForbiddenForwardingIsToldWithAnotherWay) {
  const auto sshd = sshdWith({.allowForwarding = false});
  const auto failure = failureOf(targetVia(sshd->via()));
  EXPECT_EQ(failure.stage, Stage::route);
  EXPECT_EQ(failure.text, fmt::format("ssh prod: its ssh server forbids forwarding to 127.0.0.1:{}", cluster().port()));
  EXPECT_NE(failure.remedy.find("via = \"command ssh prod nc %h %p\""), std::string::npos) << failure.remedy;
}

TEST(ThroughSsh, WhatTheServerSaysKeepsItsStage) {
  const auto sshd = sshdWith();
  const auto wrong = failureOf(changed(targetVia(sshd->via()), "password", "wrong"));
  EXPECT_EQ(wrong.stage, Stage::authenticate);
  EXPECT_EQ(wrong.text, fmt::format("127.0.0.1:{} through ssh prod: password authentication failed for user \"always\"",
                                    cluster().port()));
  const auto missing = failureOf(changed(targetVia(sshd->via()), "dbname", "nothing"));
  EXPECT_TRUE(missing.databaseMissing);
  EXPECT_EQ(missing.stage, Stage::authenticate);
}

TEST(ThroughSsh, AnUnknownHostKeyAsksForALogin) {
  const auto sshd = sshdWith();
  sshd->forgetHostKey();
  const auto failure = failureOf(targetVia(sshd->via()));
  EXPECT_EQ(failure.stage, Stage::route);
  EXPECT_EQ(failure.text, "ssh prod: its host key is not known here");
  EXPECT_TRUE(failure.loginCommand.starts_with("ssh -f -N -M -o ControlPath=")) << failure.loginCommand;
  EXPECT_TRUE(failure.loginCommand.ends_with(sshd->words()));
  EXPECT_NE(failure.remedy.find(failure.loginCommand), std::string::npos);
}

TEST(ThroughSsh, AChangedHostKeyOffersNoLogin) {
  const auto sshd = sshdWith();
  sshd->changeKnownHostKey();
  const auto failure = failureOf(targetVia(sshd->via()));
  EXPECT_EQ(failure.stage, Stage::route);
  EXPECT_EQ(failure.text,
            "ssh prod: its host key is not the one that is known: this may be another machine, or an attack");
  EXPECT_EQ(failure.loginCommand, "");
}

TEST(ThroughSsh, ARefusedLoginIsTriedOnceForAllTargets) {
  const auto sshd = sshdWith();
  sshd->refuseUser();
  const auto start = sshd->log().size();
  std::vector<probe::Target> targets;
  for (int i = 0; i < 20; ++i)
    targets.push_back(changed(targetVia(sshd->via()), "dbname", fmt::format("db{}", i)));
  for (const auto& observation : sweepOf(targets).observations) {
    EXPECT_EQ(observation.failure->stage, Stage::route);
    EXPECT_NE(observation.failure->text.find("Permission denied (publickey)"), std::string::npos)
        << observation.failure->text;
    EXPECT_FALSE(observation.failure->loginCommand.empty());
  }
  const std::string log = sshd->log().substr(start);
  std::size_t connections = 0;
  for (auto at = log.find("Connection from"); at != std::string::npos; at = log.find("Connection from", at + 1))
    ++connections;
  EXPECT_EQ(connections, 1U);
}

TEST(ThroughSsh, AMissingSshIsSaid) {
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nowhere", 1);
  const auto failure = failureOf(targetVia("ssh prod"));
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(failure.stage, Stage::route);
  EXPECT_EQ(failure.text, "ssh is not installed here, or not on PATH");
}

TEST(ThroughSsh, AHostThatIsNotThereIsSaid) {
  const auto sshd = sshdWith();
  const std::string via = sshd->via();
  sshd->stop();
  const auto down = failureOf(targetVia(via));
  EXPECT_EQ(down.stage, Stage::route);
  EXPECT_NE(down.text.find("Connection refused"), std::string::npos) << down.text;
  const auto unknown = failureOf(targetVia("ssh -F none no-such-host.invalid"));
  EXPECT_NE(unknown.text.find("Could not resolve hostname"), std::string::npos) << unknown.text;
}

TEST(ThroughSsh, AUnixSocketIsNotPromised) {
  const auto sshd = sshdWith();
  const auto failure = failureOf(targetVia(sshd->via(), "/var/run/postgresql"));
  EXPECT_EQ(failure.text, "ssh cannot reach the Unix socket in /var/run/postgresql");
}

TEST(ThroughSsh, ALostMasterIsStartedAnew) {
  const auto sshd = sshdWith();
  const auto routes = std::make_shared<route::Routes>();
  EXPECT_TRUE(reached(visitOf(targetVia(sshd->via()), 30, routes)));
  EXPECT_TRUE(reached(visitOf(targetVia(sshd->via()), 30, routes)));
  EXPECT_EQ(sshd->logins(), 1);
  sshd->endConnections();
  EXPECT_TRUE(reached(visitOf(targetVia(sshd->via()), 30, routes)));
  EXPECT_EQ(sshd->logins(), 2);
}

TEST(ThroughSsh, ASilentHostEndsAtTheDeadlineAndHoldsNobodyUp) {
  const ProcessMark mark;
  // A program that hangs where ssh would be connected.
  std::vector<probe::Target> targets(40, targetVia("ssh -o 'ProxyCommand=sleep 1000' silent"));
  for (int i = 0; i < 40; ++i)
    targets[i] = changed(targets[i], "dbname", fmt::format("db{}", i));
  targets.push_back(targetVia("direct"));
  probe::SweepOptions options;
  options.deadline = options.probeDeadline = 3s;
  options.concurrency = 4;
  const auto start = Clock::now();
  Clock::duration direct{};
  const auto result = probe::sweep(targets, options, {}, [&](const probe::Progress& progress, const auto&) {
    if (progress.target == 40)
      direct = Clock::now() - start;
  });
  EXPECT_LT(Clock::now() - start, 6s);
  EXPECT_TRUE(reached(result.observations[40]));
  EXPECT_LT(direct, 2s);
  EXPECT_EQ(result.observations[0].failure->stage, Stage::deadline);
  EXPECT_NE(result.observations[0].failure->text.find("ssh silent did not answer in time"), std::string::npos)
      << result.observations[0].failure->text;
  EXPECT_TRUE(mark.waitFor(0));
}

TEST(ThroughSsh, NothingIsLeftWhenASweepIsCancelled) {
  const auto sshd = sshdWith();
  const ProcessMark mark;
  std::stop_source source;
  std::jthread canceller([&] {
    std::this_thread::sleep_for(1s);
    source.request_stop();
  });
  const auto start = Clock::now();
  const auto result = probe::sweep(
      {targetVia(sshd->via()), targetVia("command sleep 1000"), targetVia("ssh -o 'ProxyCommand=sleep 1000' silent")},
      {.deadline = 60s, .probeDeadline = 60s}, source.get_token());
  EXPECT_LT(Clock::now() - start, 30s);
  EXPECT_FALSE(result.complete);
  EXPECT_EQ(result.observations[1].failure->text, "cancelled");
  EXPECT_EQ(result.observations[2].failure->text, "cancelled");
  EXPECT_TRUE(mark.waitFor(0));
}

TEST(ThroughSsh, ALoginOnATerminalIsUsedAndEnded) {
  const auto sshd = sshdWith();
  const ProcessMark mark;
  const auto via = route::parseVia(sshd->via());
  const auto login = process::run({"/bin/sh", {"-c", route::Routes::loginCommand(*via) + " 2>/dev/null >&2"}});
  ASSERT_TRUE(login && login->exitCode == 0);
  sshd->refuseUser(); // from here on nobody else gets in
  const auto routes = std::make_shared<route::Routes>();
  EXPECT_TRUE(reached(visitOf(targetVia(sshd->via()), 30, routes)));
  EXPECT_EQ(routes->run(sshd->via() + " echo there", Clock::now() + 30s).value_or(""), "there\n");
  // It cannot be asked why, but that it was refused is known.
  const auto refused = failureOf(targetVia(sshd->via(), "127.0.0.1", 1), 30, routes);
  EXPECT_EQ(refused.text, "ssh prod: its ssh server did not connect to 127.0.0.1:1");
  EXPECT_EQ(sshd->logins(), 1);
  routes->endLogins();
  EXPECT_TRUE(mark.waitFor(0));
  EXPECT_FALSE(visitOf(targetVia(sshd->via()), 30).facts);
}

} // namespace
} // namespace whichbase::test
