// Configurations, passwords and commands from where they live, end to end.
#include "cli_fixture.h"
#include "support/sshd.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace whichbase::test;
using whichbase::test::CommandLine;

namespace {

// A home folder outside of what the fixture looks through for passwords.
RunOptions at(const TemporaryFolder& home) {
  RunOptions options;
  options.environment["HOME"] = home.path().string();
  return options;
}

std::string server(const std::string& name, const std::string& keys) {
  return fmt::format("[[server]]\nname = \"{}\"\n{}\nvia = \"direct\"\n", name, keys);
}

std::string withoutPassword(whichbase::demo::ThrowawayCluster& cluster) {
  return fmt::format("url = \"postgresql://postgres@127.0.0.1:{}/TovPlay\"", cluster.port());
}

} // namespace

TEST_F(CommandLine, CommandsOfANewProjectAreListedAndNotRun) {
  const auto project =
      write("p.whichbase.toml", server("Dashboard", withoutPassword(external()) + "\npassword_command = \"touch " +
                                                        path("ran").string() + "; printenv EXTERNAL_PASSWORD\""));
  const auto refused = run({"probe", project});
  EXPECT_EQ(refused.exitCode, 2);
  EXPECT_TRUE(holds(refused.errors, "would run this command on this computer:\n  1: touch ")) << refused.errors;
  EXPECT_TRUE(holds(refused.errors, "; printenv EXTERNAL_PASSWORD\n")) << refused.errors;
  EXPECT_TRUE(holds(refused.errors, "--trust"));
  const auto no = runOnTerminal({"probe", project}, {{"[y/N] ", "n\n"}});
  EXPECT_EQ(no.exitCode, 2);
  EXPECT_FALSE(std::filesystem::exists(path("ran")));
  const auto yes = runOnTerminal({"probe", project}, {{"[y/N] ", "y\n"}});
  EXPECT_EQ(yes.exitCode, 0) << yes.output;
  EXPECT_TRUE(std::filesystem::exists(path("ran")));
  EXPECT_EQ(run({"probe", project}).exitCode, 0);
}

TEST_F(CommandLine, AChangedCommandIsAskedAboutAgain) {
  const auto with = [&](const std::string& command) {
    return write("p.whichbase.toml",
                 server("Dashboard", withoutPassword(external()) + "\npassword_command = \"" + command + "\""));
  };
  EXPECT_EQ(run({"probe", with("printenv EXTERNAL_PASSWORD"), "--trust"}).exitCode, 0);
  const auto changed = run({"probe", with("printenv EXTERNAL_PASSWORD #")});
  EXPECT_EQ(changed.exitCode, 2);
  EXPECT_TRUE(holds(changed.errors, "1: printenv EXTERNAL_PASSWORD #\n")) << changed.errors;
  EXPECT_EQ(run({"probe", with("printenv EXTERNAL_PASSWORD")}).exitCode, 0);
}

TEST_F(CommandLine, CommandsAreShownWhateverTheyHold) {
  const auto project =
      write("p.whichbase.toml", "[[server]]\nname = \"A\"\nurl = \"postgresql://u@127.0.0.1/d\"\n"
                                "via = \"ssh prod\"\n"
                                "password_command = \"password=x curl \\u202E\\u009B2K evil     #\"\n");
  const auto refused = run({"probe", project});
  EXPECT_TRUE(holds(refused.errors, "  1: ssh prod\n")) << refused.errors;
  EXPECT_TRUE(holds(refused.errors,
                    "  2: password=x curl \\x{E2}\\x{80}\\x{AE}\\x{C2}\\x{9B}2K evil  \\x{20}\\x{20}\\x{20}#\n"))
      << refused.errors;
}

TEST_F(CommandLine, AnEditedEnvFileShowsInTheNextProbe) {
  const auto project = write("p.whichbase.toml", server("Dashboard", "from = \"env-file .env\""));
  write(".env", "DEBUG=1\nDATABASE_URL=\"" + url(external(), "EXTERNAL_PASSWORD") + "\"\n");
  const auto first = nlohmann::json::parse(run({"probe", project, "--trust", "--format", "json"}).output);
  EXPECT_EQ(first["servers"][0]["outcome"], "reached") << first["servers"][0];
  EXPECT_EQ(first["databases"][0]["users"]["count"], 1);
  write(".env", "DATABASE_URL=\"" + url(local(), "LOCAL_PASSWORD") + "\"\n");
  const auto unseen = run({"probe", project});
  EXPECT_EQ(unseen.exitCode, 2); // another of our values, for another address
  EXPECT_TRUE(holds(unseen.errors, fmt::format("LOCAL_PASSWORD to 127.0.0.1:{}\n", local().port()))) << unseen.errors;
  const auto second = nlohmann::json::parse(run({"probe", project, "--trust", "--format", "json"}).output);
  EXPECT_EQ(second["databases"][0]["users"]["count"], 22);
}

TEST_F(CommandLine, AConfigurationThatCannotBeReadFailsItsServerAlone) {
  const auto project =
      write("p.whichbase.toml", server("Dashboard", "from = \"env-file missing.env\"") +
                                    server("Worker", "url = \"" + url(external(), "EXTERNAL_PASSWORD") + "\"") +
                                    server("Cron", "from = \"command echo nothing here\""));
  const auto json = nlohmann::json::parse(run({"probe", project, "--trust", "--format", "json"}).output);
  EXPECT_EQ(json["servers"][0]["failure"]["stage"], "configuration");
  EXPECT_TRUE(holds(json["servers"][0]["failure"]["text"], "missing.env"));
  EXPECT_EQ(json["servers"][1]["outcome"], "reached");
  EXPECT_EQ(json["servers"][2]["failure"]["stage"], "configuration");
}

TEST_F(CommandLine, PgVariablesOfTheEnvironmentHaveTheirValueInAProject) {
  RunOptions options;
  options.environment["PGPASSWORD"] = external().password();
  const auto project =
      write("p.whichbase.toml", server("Dashboard", "url = \"" + url(external(), "PGPASSWORD") + "\""));
  EXPECT_EQ(run({"probe", project, "--trust"}, options).exitCode, 0);
}

TEST_F(CommandLine, ThePasswordFileOfTheUserIsUsed) {
  const TemporaryFolder home;
  home.write(".pgpass", "127.0.0.1:*:TovPlay:postgres:" + external().password() + "\n");
  const auto project = write("p.whichbase.toml", server("Dashboard", withoutPassword(external())));
  EXPECT_EQ(run({"probe", project}, at(home)).exitCode, 0);
  const auto same = run({"same", fmt::format("postgresql://postgres@127.0.0.1:{}/TovPlay", external().port()),
                         fmt::format("postgresql://postgres@localhost:{}/TovPlay?sslmode=disable", external().port())},
                        at(home));
  EXPECT_TRUE(holds(same.output, "URL 1: 127.0.0.1 was this computer")) << same.output;
  home.write(".pgpass", "127.0.0.1:*:TovPlay:postgres:" + external().password() + "\n", 0644);
  const auto open = run({"probe", project}, at(home));
  EXPECT_TRUE(holds(open.output, "chmod 600")) << open.output;
}

TEST_F(CommandLine, AMissingPasswordIsAskedForOnceATargetWithoutAnEcho) {
  const TemporaryFolder home;
  const auto project = write("p.whichbase.toml", server("Dashboard", withoutPassword(external())) +
                                                     server("Worker", withoutPassword(external())));
  const auto asked = runOnTerminal(
      {"probe", project},
      {{fmt::format("Password for postgres@127.0.0.1:{}/TovPlay (Dashboard, Worker): ", external().port()),
        external().password() + "\n"}},
      at(home));
  EXPECT_EQ(asked.exitCode, 0) << asked.output;
  EXPECT_FALSE(holds(asked.output, external().password()));
  EXPECT_EQ(asked.output.find("Password for"), asked.output.rfind("Password for"));
  const auto alone = run({"probe", project}, at(home));
  EXPECT_EQ(alone.exitCode, 3);
}

TEST_F(CommandLine, ARouteThatNeedsALoginSaysWhichCommandLogsIn) {
  std::string problem;
  const auto sshd = Sshd::start({}, problem);
  if (!sshd)
    GTEST_SKIP() << problem;
  const auto project =
      write("p.whichbase.toml", "[[server]]\nname = \"Dashboard\"\nurl = \"" + url(external(), "EXTERNAL_PASSWORD") +
                                    "\"\nvia = \"" + sshd->via() + "\"\n");
  EXPECT_EQ(run({"probe", project, "--trust"}).exitCode, 0);
  sshd->forgetHostKey();
  const auto unknown = run({"probe", project});
  EXPECT_EQ(unknown.exitCode, 1) << unknown.output; // unreachable is an error
  EXPECT_TRUE(holds(unknown.errors,
                    "Dashboard: somebody has to log in first. Run this on a terminal, then probe again:\n  ssh "))
      << unknown.errors << unknown.output;
}
