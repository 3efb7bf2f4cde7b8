#include "project/trust.h"

#include <gtest/gtest.h>

#include <cstdlib>
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

TEST(Trust, RemembersPairsAndOnlyThose) {
  std::string folder = (std::filesystem::temp_directory_path() / "whichbase-trust-XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const auto file = std::filesystem::path(folder) / "state/whichbase/trusted";
  const SecretUse agreed{"A", "203.0.113.1:5432"}, other{"A", "203.0.113.2:5432"};
  EXPECT_EQ(untrusted({{}, {agreed}}, file).secrets.size(), 1U);
  ASSERT_TRUE(remember({{}, {agreed}}, file));
  ASSERT_TRUE(remember({{}, {agreed}}, file));
  EXPECT_EQ(untrusted({{}, {agreed, other}}, file).secrets, std::vector<SecretUse>{other});
  std::ifstream stream(file);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), "A to 203.0.113.1:5432\n");
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::filesystem::remove_all(folder);
}
