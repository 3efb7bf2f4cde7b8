// Plans of projects whose configurations, addresses and passwords come from real files and real commands.
#include "probe/plan.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

namespace whichbase::probe {
namespace {

using topology::Side;
using topology::Stage;

class PlanSources : public testing::Test {
protected:
  void SetUp() override {
    m_sources.folder = m_folder.path();
    m_sources.secret = [this](const std::string& variable) -> std::optional<std::string> {
      const auto found = m_environment.find(variable);
      return found == m_environment.end() ? std::nullopt : std::optional(found->second);
    };
  }

  std::string write(const std::string& name, const std::string& text, mode_t mode = 0600) const {
    return m_folder.write(name, text, mode).string();
  }

  // Servers "S1", "S2", …, each of these keys.
  Plan planOf(const std::vector<std::string>& servers, double seconds = 20, Side side = Side::after) {
    std::string toml;
    for (const auto& server : servers)
      toml +=
          fmt::format("[[server]]\nname = \"S{}\"\n{}\n", std::count(toml.begin(), toml.end(), '[') / 2 + 1, server);
    const auto project = project::parse(toml, "test.whichbase.toml");
    EXPECT_TRUE(project) << (project ? "" : project.error().text);
    const auto deadline = pg::Clock::now() + std::chrono::milliseconds(static_cast<int>(seconds * 1000));
    return makePlan(project.value_or(project::Project{}), side, m_sources, nullptr, deadline);
  }

  static const Target& targetOf(const Plan& plan, std::size_t server = 0) {
    return plan.targets.at(plan.servers.at(server).observation);
  }
  static std::string passwordOf(const Plan& plan, std::size_t server = 0) {
    return connection::valueOf(targetOf(plan, server).parameters, "password");
  }
  static topology::Failure refusalOf(const Plan& plan, std::size_t server = 0) {
    EXPECT_TRUE(targetOf(plan, server).refused);
    return targetOf(plan, server).refused.value_or(topology::Failure{});
  }

  test::TemporaryFolder m_folder;
  std::map<std::string, std::string> m_environment;
  Sources m_sources;
};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

bool isSecret(const Plan& plan, const std::string& secret) {
  return std::ranges::find(plan.secrets, secret) != plan.secrets.end();
}

} // namespace

TEST_F(PlanSources, AnEnvFileIsReadAnewEachTime) {
  write(".env", "DATABASE_URL=postgresql://app:secret1@203.0.113.1:5432/shop\n");
  const std::string server = "from = \"env-file .env\"";
  const auto first = planOf({server});
  EXPECT_FALSE(targetOf(first).refused);
  EXPECT_EQ(passwordOf(first), "secret1");
  EXPECT_TRUE(isSecret(first, "secret1"));
  const auto& shown = first.servers.at(0).connection;
  EXPECT_EQ(shown.text, "postgresql://app:***@203.0.113.1:5432/shop");
  EXPECT_TRUE(holds(shown.origin, "DATABASE_URL in .env")) << shown.origin;
  EXPECT_EQ(shown.passwordFrom, "the string");
  EXPECT_FALSE(shown.passwordInProjectFile);
  write(".env", "DATABASE_URL=postgresql://app:secret2@203.0.113.2:5432/shop\n");
  EXPECT_EQ(planOf({server}).servers.at(0).connection.host, "203.0.113.2");
}

TEST_F(PlanSources, AFileThatIsNotThereRefusesItsServerAlone) {
  const auto plan = planOf({"from = \"env-file missing/.env\"", "url = \"postgresql://u:p@203.0.113.1/d\""});
  EXPECT_EQ(refusalOf(plan).stage, Stage::configuration);
  EXPECT_TRUE(holds(refusalOf(plan).text, "missing/.env")) << refusalOf(plan).text;
  EXPECT_FALSE(targetOf(plan, 1).refused);
}

TEST_F(PlanSources, AServiceIsReadFromItsFile) {
  write("pg_service.conf", "[other]\nhost=203.0.113.9\n[mydb]\nhost=203.0.113.1\nport=6543\ndbname=shop\nuser=app\n");
  m_sources.passwordFile = write("pgpass", "203.0.113.1:6543:shop:app:filed\n");
  const auto plan = planOf({"from = \"service pg_service.conf mydb\"", "from = \"service pg_service.conf none\""});
  EXPECT_FALSE(targetOf(plan).refused) << targetOf(plan).refused->text;
  EXPECT_EQ(plan.servers[0].connection.host, "203.0.113.1");
  EXPECT_EQ(plan.servers[0].connection.port, 6543);
  EXPECT_EQ(plan.servers[0].connection.origin, "service mydb");
  EXPECT_EQ(targetOf(plan).hostPasswords, std::vector<std::string>{"filed"});
  EXPECT_TRUE(holds(refusalOf(plan, 1).text, "pg_service.conf")) << refusalOf(plan, 1).text;
}

TEST_F(PlanSources, TheVariableThatIsNamedIsTheOneThatIsRead) {
  write(".env", "DATABASE_URL=postgresql://u:p@203.0.113.1/d\nREPORTS=postgresql://u:p@203.0.113.2/d\n");
  const auto plan = planOf({"from = \"env-file .env\"\nvariable = \"REPORTS\"", "from = \"env-file .env\"",
                            "from = \"env-file .env\"\nvariable = \"NONE\""});
  EXPECT_EQ(plan.servers[0].connection.host, "203.0.113.2");
  EXPECT_TRUE(holds(plan.servers[0].connection.origin, "REPORTS in .env")) << plan.servers[0].connection.origin;
  EXPECT_EQ(plan.servers[1].connection.host, "203.0.113.1");
  EXPECT_TRUE(holds(refusalOf(plan, 2).text, "NONE")) << refusalOf(plan, 2).text;
}

TEST_F(PlanSources, WhatACommandPrintsIsTheConfigurationLiterally) {
  m_environment["SECRET"] = "ours";
  write("printed", "PATH=/bin\nDATABASE_URL=postgresql://app:${SECRET}@203.0.113.1/shop\n");
  const auto plan = planOf({fmt::format("from = \"command cat {}/printed\"", m_folder.path().string())});
  EXPECT_FALSE(targetOf(plan).refused);
  EXPECT_EQ(passwordOf(plan), "${SECRET}");
  EXPECT_TRUE(holds(plan.servers[0].connection.origin, "DATABASE_URL in what \"cat "))
      << plan.servers[0].connection.origin;
}

TEST_F(PlanSources, ACommandRunsOnceForAllItsServers) {
  const std::string command =
      fmt::format("echo x >> {0}/runs; echo DATABASE_URL=postgresql://u:p@203.0.113.1/d", m_folder.path().string());
  const auto plan =
      planOf({"from = \"command " + command + "\"", "from = \"command " + command + "\"\nvia = \"direct\""});
  EXPECT_EQ(plan.targets.size(), 1U);
  std::ifstream runs(m_folder.path() / "runs");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(runs), {}), "x\n");
}

TEST_F(PlanSources, CommandsRunAtTheSameTime) {
  std::vector<std::string> servers;
  for (int i = 0; i < 8; ++i)
    servers.push_back(
        fmt::format("url = \"postgresql://u@203.0.113.{}/d\"\npassword_command = \"sleep 1; echo pw{}\"", i, i));
  const auto start = pg::Clock::now();
  const auto plan = planOf(servers);
  EXPECT_LT(pg::Clock::now() - start, std::chrono::seconds(6));
  for (std::size_t i = 0; i < servers.size(); ++i)
    EXPECT_EQ(passwordOf(plan, i), fmt::format("pw{}", i));
}

TEST_F(PlanSources, AHangingCommandEndsAtTheDeadlineAndRefusesItsServerAlone) {
  const auto start = pg::Clock::now();
  const auto plan = planOf({"from = \"command sleep 60\"",
                            "url = \"postgresql://u@203.0.113.1/d\"\npassword_command = \"sleep 60; echo x\"",
                            "url = \"postgresql://u:p@203.0.113.2/d\"\nvia = \"direct\"\nresolve = \"sleep 60\"",
                            "url = \"postgresql://u@203.0.113.3/d\"\npassword_command = \"echo good\""},
                           1);
  EXPECT_LT(pg::Clock::now() - start, std::chrono::seconds(10));
  EXPECT_EQ(refusalOf(plan, 0).stage, Stage::configuration);
  EXPECT_EQ(refusalOf(plan, 1).stage, Stage::configuration);
  EXPECT_EQ(refusalOf(plan, 2).stage, Stage::route);
  EXPECT_TRUE(holds(refusalOf(plan, 1).text, "password_command failed")) << refusalOf(plan, 1).text;
  EXPECT_EQ(passwordOf(plan, 3), "good");
}

TEST_F(PlanSources, AStoppedPlanEndsAtOnce) {
  const auto project = project::parse("[[server]]\nname = \"A\"\nfrom = \"command sleep 60\"\n", "x.toml");
  std::stop_source stop;
  std::jthread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    stop.request_stop();
  });
  const auto start = pg::Clock::now();
  const auto plan =
      makePlan(*project, Side::after, m_sources, nullptr, start + std::chrono::seconds(50), stop.get_token());
  EXPECT_LT(pg::Clock::now() - start, std::chrono::seconds(20));
  EXPECT_TRUE(plan.targets.at(0).refused);
}

TEST_F(PlanSources, ACommandThatPrintsNoConfigurationRefusesItsServer) {
  for (const std::string command : {"true", "echo garbage", "printf 'a\\\\000b'", "head -c 300000 /dev/urandom",
                                    "echo DATABASE_URL=", "echo DATABASE_URL=mysql://u:p4ss@h/d", "exit 3",
                                    "no-such-program-here", "head -c 20000000 /dev/zero | tr '\\\\0' x"}) {
    const auto plan = planOf({fmt::format("from = \"command {}\"", command)});
    EXPECT_EQ(refusalOf(plan).stage, Stage::configuration) << command;
    EXPECT_FALSE(refusalOf(plan).text.empty()) << command;
    EXPECT_FALSE(holds(refusalOf(plan).text, "p4ss")) << refusalOf(plan).text;
  }
}

TEST_F(PlanSources, APasswordCommandsFirstLineIsThePassword) {
  write("printed", "p@ss/w:rd %\nuser: app\n");
  const auto plan = planOf({fmt::format(
      "url = \"postgresql://app@203.0.113.1/shop\"\npassword_command = \"cat {}/printed\"", m_folder.path().string())});
  EXPECT_EQ(passwordOf(plan), "p@ss/w:rd %");
  EXPECT_EQ(plan.servers[0].connection.passwordFrom, "password_command");
  EXPECT_TRUE(isSecret(plan, "p@ss/w:rd %"));
  EXPECT_FALSE(holds(plan.servers[0].connection.text, "w:rd"));
}

TEST_F(PlanSources, APasswordCommandThatFailsIsNoReasonToGoOnWithoutAPassword) {
  m_sources.passwordFile = write("pgpass", "*:*:*:*:other\n");
  const std::string url = "url = \"postgresql://app@203.0.113.1/shop\"\npassword_command = ";
  for (const std::string command :
       {"\"echo not in the store >&2; exit 1\"", "\"true\"", "\"echo; echo later\"", "'printf \"a\\000b\"'"}) {
    const auto plan = planOf({url + command});
    EXPECT_EQ(refusalOf(plan).stage, Stage::configuration) << command;
    EXPECT_TRUE(holds(refusalOf(plan).text, "password_command")) << refusalOf(plan).text;
    EXPECT_EQ(passwordOf(plan), "");
  }
  EXPECT_TRUE(holds(refusalOf(planOf({url + "\"echo not in the store >&2; exit 1\""})).text, "not in the store"));
}

TEST_F(PlanSources, NobodyIsAskedForATouchWhereTheStringHasItsPassword) {
  const auto plan =
      planOf({fmt::format("url = \"postgresql://app:own@203.0.113.1/shop\"\npassword_command = \"touch {}/ran\"",
                          m_folder.path().string())});
  EXPECT_EQ(passwordOf(plan), "own");
  EXPECT_EQ(plan.servers[0].connection.passwordFrom, "the string");
  EXPECT_FALSE(std::filesystem::exists(m_folder.path() / "ran"));
}

TEST_F(PlanSources, AnEmptyNameIsNoPassword) {
  m_environment["PW"] = "";
  const auto plan =
      planOf({"url = \"postgresql://app:${PW}@203.0.113.1/shop\"\npassword_command = \"echo from-command\""});
  EXPECT_EQ(passwordOf(plan), "from-command");
}

TEST_F(PlanSources, PasswordsComeFromTheFirstSourceThatHasOne) {
  m_environment["PW"] = "from-name";
  m_sources.passwordFile = write("pgpass", "203.0.113.3:5432:shop:app:from-file\n");
  m_sources.keychain = [](const PasswordKey& key) -> std::optional<std::string> {
    return key == "app@203.0.113.4:5432/shop" || key == "app@203.0.113.3:5432/shop"
               ? std::optional<std::string>("from-keychain")
               : std::nullopt;
  };
  for (int i = 1; i < 6; ++i)
    m_sources.typed[fmt::format("app@203.0.113.{}:5432/shop", i)] = "from-hand";
  const auto plan =
      planOf({"url = \"postgresql://app:${PW}@203.0.113.1/shop\"\npassword_command = \"echo from-command\"",
              "url = \"postgresql://app@203.0.113.2/shop\"\npassword_command = \"echo from-command\"",
              "url = \"postgresql://app@203.0.113.3/shop\"", "url = \"postgresql://app@203.0.113.4/shop\"",
              "url = \"postgresql://app@203.0.113.5/shop\"", "url = \"postgresql://app@203.0.113.6/shop\""});
  const std::vector<std::string> from{"${PW}", "password_command", "~/.pgpass", "the keychain", "typed", ""};
  const std::vector<std::string> passwords{"from-name", "from-command", "", "from-keychain", "from-hand", ""};
  for (std::size_t i = 0; i < from.size(); ++i) {
    EXPECT_EQ(plan.servers[i].connection.passwordFrom, from[i]);
    EXPECT_EQ(passwordOf(plan, i), passwords[i]);
    EXPECT_FALSE(targetOf(plan, i).refused);
  }
  EXPECT_EQ(targetOf(plan, 2).hostPasswords, std::vector<std::string>{"from-file"});
  EXPECT_TRUE(isSecret(plan, "from-file"));
  EXPECT_EQ(plan.passwordKeys.size(), 6U);
  EXPECT_EQ(plan.passwordKeys[5], (std::pair<std::string, PasswordKey>("S6", "app@203.0.113.6:5432/shop")));
}

TEST_F(PlanSources, ThePasswordFileIsLookedUpByTheOriginalAddressWhateverRouteLeadsThere) {
  m_sources.passwordFile = write("pgpass", "db.internal:6543:shop:app:right\n*:*:*:*:wrong\n");
  const auto plan =
      planOf({"url = \"postgresql://app@db.internal:6543/shop\"\nvia = \"ssh prod\"\nresolve = \"echo 172.17.0.2\""});
  EXPECT_EQ(targetOf(plan).hostPasswords, std::vector<std::string>{"right"});
  EXPECT_EQ(connection::valueOf(targetOf(plan).parameters, "host"), "db.internal");
  EXPECT_EQ(connection::valueOf(targetOf(plan).parameters, "hostaddr"), "172.17.0.2");
  EXPECT_EQ(plan.servers[0].connection.host, "db.internal");
  EXPECT_EQ(plan.passwordKeys.at(0).second, "app@db.internal:6543/shop via ssh prod");
}

TEST_F(PlanSources, EachHostHasItsOwnPasswordOfTheFile) {
  m_sources.passwordFile = write("pgpass", "db1:*:*:*:one\ndb2.example.org:*:*:*:two\n");
  const auto plan = planOf({"url = \"postgresql://app@db1.example.org,db2.example.org:5433/shop\""});
  EXPECT_EQ(targetOf(plan).hostPasswords, (std::vector<std::string>{"", "two"}));
}

TEST_F(PlanSources, APasswordFileThatOthersMayReadIsTold) {
  m_sources.passwordFile = write("pgpass", "*:*:*:*:secret\n", 0644);
  const auto plan = planOf({"url = \"postgresql://app@203.0.113.1/shop\""});
  EXPECT_FALSE(targetOf(plan).refused);
  EXPECT_TRUE(holds(targetOf(plan).passwordNote, "chmod 600")) << targetOf(plan).passwordNote;
  EXPECT_EQ(targetOf(plan).hostPasswords, std::vector<std::string>{});
}

TEST_F(PlanSources, ThePasswordFileIsNotUsedWhereTheFarSideChoosesTheHostAndJoinsUsToIt) {
  m_sources.passwordFile = write("pgpass", "db.internal:*:*:*:secret\n");
  const std::string printed = "from = \"command echo DATABASE_URL=postgresql://app@db.internal/shop\"";
  const auto direct = planOf({printed});
  EXPECT_EQ(targetOf(direct).hostPasswords, std::vector<std::string>{"secret"});
  const auto routed = planOf({printed + "\nvia = \"command nc %h %p\""});
  EXPECT_TRUE(targetOf(routed).hostPasswords.empty());
  EXPECT_NE(targetOf(routed).passwordNote.find("password_command"), std::string::npos);
}

TEST_F(PlanSources, APrintedConfigurationDoesNotSendTheFilesPasswordElsewhere) {
  m_sources.passwordFile = write("pgpass", "db.internal:*:*:*:secret\n");
  const auto plan =
      planOf({"from = \"command echo \\\"DATABASE_URL=postgresql://app@db.internal/shop?hostaddr=203.0.113.66\\\"\""});
  EXPECT_EQ(targetOf(plan).hostPasswords, std::vector<std::string>{});
  EXPECT_FALSE(isSecret(plan, "secret"));
}

TEST_F(PlanSources, AMaskIsMadeGoodByAnotherSource) {
  const std::string url = "url = \"postgresql://app:***@203.0.113.1/shop\"";
  EXPECT_TRUE(refusalOf(planOf({url})).passwordMissing);
  EXPECT_EQ(planOf({url}).passwordKeys.size(), 1U);
  const auto plan = planOf({url + "\npassword_command = \"echo real\""});
  EXPECT_FALSE(targetOf(plan).refused);
  EXPECT_EQ(passwordOf(plan), "real");
}

TEST_F(PlanSources, WhatResolvePrintsIsUsedOnlyIfItIsAnAddress) {
  const std::string url = "url = \"postgresql://u:p@db/d\"\nvia = \"ssh prod\"\nresolve = ";
  for (const std::string command :
       {"\"true\"", "\"echo a b\"", "\"echo '172.17.0.2172.17.0.3'\"", "\"echo -x\"", "\"exit 1\""}) {
    EXPECT_EQ(refusalOf(planOf({url + command})).stage, Stage::route) << command;
    EXPECT_TRUE(holds(refusalOf(planOf({url + command})).text, "resolve")) << command;
  }
  EXPECT_EQ(connection::valueOf(targetOf(planOf({url + "\"echo db-1\""})).parameters, "hostaddr"), "db-1");
  const auto direct = planOf({"url = \"postgresql://u:p@db/d\"\nvia = \"direct\"\nresolve = \"echo db-1\""});
  EXPECT_TRUE(holds(refusalOf(direct).text, "not an address"));
  const auto several = planOf({"url = \"postgresql://u:p@a,b/d\"\nvia = \"ssh prod\"\nresolve = \"echo 172.17.0.2\""});
  EXPECT_TRUE(holds(refusalOf(several).text, "several hosts"));
  const auto here = planOf({"url = \"postgresql://u:p@db/d\"\nresolve = \"echo 127.0.0.1\""});
  EXPECT_TRUE(holds(refusalOf(here).text, "127.0.0.1 is this computer")) << refusalOf(here).text;
}

TEST_F(PlanSources, ARouteMakesLocalhostAndShortNamesMeanThatPlace) {
  const auto plan = planOf({"url = \"postgresql://u:p@localhost/d\"\nvia = \"ssh prod\"",
                            "url = \"postgresql://u:p@postgres/d\"\nvia = \"command nc %h %p\"",
                            "url = \"postgresql://u:p@localhost/d\"\nvia = \"ssh staging\"",
                            "url = \"postgresql://u:p@localhost/d\"\nvia = \"ssh prod\""});
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_FALSE(targetOf(plan, i).refused);
    EXPECT_FALSE(plan.servers[i].lookedFromHere);
  }
  EXPECT_EQ(plan.targets.size(), 3U); // the same string over two routes is two targets
  EXPECT_EQ(plan.servers[0].observation, plan.servers[3].observation);
  EXPECT_EQ(plan.servers[1].route, "command nc %h %p");
}

TEST_F(PlanSources, ASocketFolderIsNoPlaceForSsh) {
  const auto plan = planOf({"url = \"host=/var/run/postgresql user=u password=p dbname=d\"\nvia = \"ssh prod\""});
  EXPECT_EQ(refusalOf(plan).stage, Stage::route);
  EXPECT_TRUE(holds(refusalOf(plan).remedy, "nc -U /var/run/postgresql/.s.PGSQL.5432")) << refusalOf(plan).remedy;
}

TEST_F(PlanSources, ARouteInTheProjectIsShownMasked) {
  const auto plan = planOf({"url = \"postgresql://u:p@db/d\"\nvia = \"command PGPASSWORD=hunter2 nc %h %p\""});
  EXPECT_FALSE(holds(plan.servers[0].route, "hunter2"));
}

TEST_F(PlanSources, GhostsUseTheSameSources) {
  write("old.env", "DATABASE_URL=postgresql://app@203.0.113.9/shop\n");
  const auto plan = planOf({"url = \"postgresql://u:p@203.0.113.1/d\"\n[server.before]\nfrom = \"env-file "
                            "old.env\"\npassword_command = \"echo old\""});
  ASSERT_EQ(plan.ghosts.size(), 1U);
  const auto& ghost = plan.targets.at(plan.ghosts[0].observation);
  EXPECT_TRUE(ghost.ghost);
  EXPECT_EQ(connection::valueOf(ghost.parameters, "password"), "old");
  EXPECT_TRUE(isSecret(plan, "old"));
}

TEST_F(PlanSources, NoRefusalShowsAPassword) {
  write("printed", "DATABASE_URL=postgresql://app:hunter2@203.0.113.1/shop\n");
  const auto plan = planOf(
      {fmt::format("from = \"command cat {}/printed\"\nvia = \"ssh prod\"\nresolve = \"echo hunter2 >&2; exit 1\"",
                   m_folder.path().string())});
  EXPECT_FALSE(holds(refusalOf(plan).text, "hunter2")) << refusalOf(plan).text;
}

TEST_F(PlanSources, AFileThatAsksForMoreThanWasAgreedToIsRefused) {
  m_environment = {{"DB_PASSWORD", "ours"}, {"OTHER", "more"}, {"PORT", "6543"}};
  const auto compose = [&](const std::string& url) {
    write("docker-compose.yml",
          "services:\n  backend:\n    image: app\n    environment:\n      DATABASE_URL: " + url + "\n");
  };
  compose("postgresql://app:${DB_PASSWORD}@203.0.113.1/shop");
  const std::string server = "from = \"compose docker-compose.yml backend\"";
  m_sources.agreed = std::vector<project::SecretUse>{{"DB_PASSWORD", "203.0.113.1:5432"}};
  const auto agreed = planOf({server});
  EXPECT_FALSE(targetOf(agreed).refused) << targetOf(agreed).refused->text;
  EXPECT_EQ(passwordOf(agreed), "ours");
  compose("postgresql://app:${DB_PASSWORD}@203.0.113.66/shop");
  EXPECT_TRUE(holds(refusalOf(planOf({server})).text, "DB_PASSWORD to 203.0.113.66:5432"))
      << refusalOf(planOf({server})).text;
  compose("postgresql://app:${OTHER}@203.0.113.1/shop");
  EXPECT_TRUE(holds(refusalOf(planOf({server})).text, "OTHER to 203.0.113.1:5432"));
  compose("postgresql://app:${DB_PASSWORD}@203.0.113.66:${PORT}/shop");
  EXPECT_TRUE(holds(refusalOf(planOf({server})).text, "203.0.113.66:${PORT}")) << refusalOf(planOf({server})).text;
  compose("postgresql://app:fixed@203.0.113.66/shop");
  EXPECT_FALSE(targetOf(planOf({server})).refused);
}

} // namespace whichbase::probe
