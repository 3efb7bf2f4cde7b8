#include "project/trust.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

using namespace whichbase::project;

namespace {

Project projectOf(const std::vector<std::string>& urls) {
  Project project;
  for (const auto& url : urls) {
    Server server;
    server.name = "S" + std::to_string(project.servers.size() + 1);
    server.present = ConnectionSpec{url, ""};
    project.servers.push_back(server);
  }
  return project;
}

std::vector<std::string> usesOf(const std::vector<std::string>& urls) {
  std::vector<std::string> texts;
  for (const auto& use : requestsOf(projectOf(urls), {}).secrets)
    texts.push_back(toText(use));
  return texts;
}

using Texts = std::vector<std::string>;

} // namespace

TEST(SecretUses, ProjectWithoutVariablesNeedsNobodysAgreement) {
  EXPECT_EQ(usesOf({"postgresql://u:pw@203.0.113.1/d"}), Texts{});
}

TEST(SecretUses, NamesEachVariableBesideEachHost) {
  EXPECT_EQ(usesOf({"postgresql://u:${B_PASSWORD}@203.0.113.2/d", "postgresql://${USER_A}:${A}@203.0.113.1:6543/d",
                    "postgresql://u:${B_PASSWORD}@203.0.113.2/d"}),
            (Texts{"A to 203.0.113.1:6543", "B_PASSWORD to 203.0.113.2:5432", "USER_A to 203.0.113.1:6543"}));
}

TEST(SecretUses, ShowsTheHostaddrThatIsReallyConnectedTo) {
  EXPECT_EQ(usesOf({"host=db.example.org hostaddr=203.0.113.66 user=u password=${A} dbname=d"}),
            Texts{"A to 203.0.113.66:5432"});
}

TEST(SecretUses, SecretInTheHostItselfStandsAsWritten) {
  EXPECT_EQ(usesOf({"postgresql://u@${TOKEN}.example.org/d"}), Texts{"TOKEN to ${TOKEN}.example.org:5432"});
}

TEST(SecretUses, CoversTheBeforeSideToo) {
  Project project = projectOf({"postgresql://u:pw@203.0.113.1/d"});
  project.servers[0].before = ConnectionSpec{"postgresql://u:${OLD}@203.0.113.9/d", ""};
  ASSERT_EQ(requestsOf(project, {}).secrets.size(), 1U);
  EXPECT_EQ(toText(requestsOf(project, {}).secrets[0]), "OLD to 203.0.113.9:5432");
}

TEST(SecretUses, StringThatCannotBeReadIsShownMaskedAsAWhole) {
  const auto uses = usesOf({"${DATABASE_URL}"});
  ASSERT_EQ(uses.size(), 1U);
  EXPECT_TRUE(uses[0].starts_with("DATABASE_URL to "));
}

TEST(SecretUses, SameAddressOverARouteIsAnotherPlace) {
  Project project = projectOf({"postgresql://u:${A}@localhost/d"});
  project.servers[0].present->via = "ssh prod";
  EXPECT_EQ(toText(requestsOf(project, {}).secrets.at(0)), "A to localhost:5432 via ssh prod");
  project.servers[0].present->via = "direct";
  EXPECT_EQ(toText(requestsOf(project, {}).secrets.at(0)), "A to localhost:5432");
}

TEST(SecretUses, PasswordFilesEntryForOneHostIsNotSentToAnotherUnseen) {
  EXPECT_EQ(usesOf({"host=db.example.org hostaddr=203.0.113.66 user=u dbname=d"}),
            Texts{"~/.pgpass(db.example.org:5432) to 203.0.113.66:5432"});
  EXPECT_EQ(usesOf({"host=db.example.org user=u dbname=d", "hostaddr=203.0.113.66 user=u dbname=d",
                    "host=db.example.org hostaddr=203.0.113.66 user=u password=p dbname=d"}),
            Texts{});
}

TEST(SecretUses, NothingInAHostMovesACursor) {
  for (const auto& use : usesOf({"host='db\x1b[2K.example.org' user=u password=${A} dbname=d",
                                 "host='db\xe2\x80\xae.example.org' user=u password=${A} dbname=d"}))
    for (const char c : use)
      EXPECT_TRUE(c >= 0x20 && c < 0x7F) << use;
}

namespace {

Project withCommands() {
  Project project = projectOf({"postgresql://u@db1/d", ""});
  auto& first = *project.servers[0].present;
  first.via = "ssh -p 2222 prod";
  first.resolve = "ssh prod docker inspect db";
  first.passwordCommand = "pass show db/prod";
  project.servers[0].before = ConnectionSpec{"postgresql://u@localhost/d", "command docker exec -i db nc %h %p"};
  auto& second = *project.servers[1].present;
  second.from = "command ssh prod docker exec backend printenv";
  second.via = "direct";
  second.passwordCommand = "pass show db/prod";
  return project;
}

} // namespace

TEST(Commands, AreAllThatAProjectWouldRunEachOnce) {
  EXPECT_EQ(requestsOf(withCommands(), {}).commands,
            (Texts{"ssh -p 2222 prod", "ssh prod docker inspect db", "pass show db/prod", "docker exec -i db nc %h %p",
                   "ssh prod docker exec backend printenv"}));
  EXPECT_TRUE(requestsOf(projectOf({"postgresql://u@db1/d"}), {}).empty());
}

TEST(Commands, AreShownExactlyAndOnOneLine) {
  EXPECT_EQ(shownCommand("docker inspect -f '{{.Name}}' \"db\" | cut -d\\  -f1"),
            "docker inspect -f '{{.Name}}' \"db\" | cut -d\\  -f1");
  EXPECT_EQ(shownCommand("pass x\n\x1b[1Arm -rf ~\r"), "pass x\\x{0A}\\x{1B}[1Arm -rf ~\\x{0D}");
  EXPECT_EQ(shownCommand("ssh pr\xd0\xbe"
                         "d\xe2\x80\xae"),
            "ssh pr\\x{D0}\\x{BE}d\\x{E2}\\x{80}\\x{AE}");
  // Nothing is pushed out of sight, or to where the next line seems to begin.
  EXPECT_EQ(shownCommand("ssh prod     ; evil"), "ssh prod  \\x{20}\\x{20}\\x{20}; evil");
}

namespace {

class Trusted : public testing::Test {
protected:
  std::filesystem::path file() const { return m_folder.path() / "state/whichbase/trusted"; }

private:
  whichbase::test::TemporaryFolder m_folder;
};

} // namespace

TEST_F(Trusted, CommandsAreRememberedByTheirWholeContent) {
  const auto all = requestsOf(withCommands(), {});
  EXPECT_EQ(untrusted(all, file()), all);
  ASSERT_TRUE(remember(all, file()));
  EXPECT_TRUE(untrusted(all, file()).empty());
  auto changed = withCommands();
  changed.servers[0].present->passwordCommand = "pass show db/prod; true";
  EXPECT_EQ(untrusted(requestsOf(changed, {}), file()).commands, Texts{"pass show db/prod; true"});
}

TEST_F(Trusted, NoCommandPassesForAnotherOrForAPair) {
  ASSERT_TRUE(remember({{"true\nrm x", "a\\nb", "PASSWORD to 203.0.113.1:5432"}, {}}, file()));
  EXPECT_EQ(untrusted({{"true", "rm x", "a\nb"}, {{"PASSWORD", "203.0.113.1:5432"}}}, file()).commands,
            (Texts{"true", "rm x", "a\nb"}));
  EXPECT_EQ(untrusted({{}, {{"PASSWORD", "203.0.113.1:5432"}}}, file()).secrets.size(), 1U);
}

TEST_F(Trusted, PairsAreRememberedAndOnlyThose) {
  const SecretUse agreed{"A", "203.0.113.1:5432"}, other{"A", "203.0.113.2:5432"};
  EXPECT_EQ(untrusted({{}, {agreed}}, file()).secrets.size(), 1U);
  ASSERT_TRUE(remember({{}, {agreed}}, file()));
  ASSERT_TRUE(remember({{}, {agreed}}, file()));
  EXPECT_EQ(untrusted({{}, {agreed, other}}, file()).secrets, std::vector<SecretUse>{other});
  std::ifstream stream(file());
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), "A to 203.0.113.1:5432\n");
  EXPECT_EQ(std::filesystem::status(file()).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}
