// Configurations, addresses and passwords that come over ssh, from a real ssh server on loopback.
#include "probe/plan.h"
#include "probe_fixture.h"
#include "support/sshd.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace whichbase::probe {
namespace {

using topology::Side;
using topology::Stage;

class PlanOverSsh : public testing::Test {
protected:
  void SetUp() override {
    std::string problem;
    m_sshd = test::Sshd::start({}, problem);
    if (!m_sshd)
      GTEST_SKIP() << problem;
  }

  Plan planOf(const std::string& toml, const std::shared_ptr<route::Routes>& routes = std::make_shared<route::Routes>(),
              int seconds = 30) const {
    const auto project = project::parse(toml, "test.whichbase.toml");
    EXPECT_TRUE(project) << (project ? "" : project.error().text);
    Sources sources;
    sources.routes = routes;
    return makePlan(project.value_or(project::Project{}), Side::after, sources, nullptr,
                    pg::Clock::now() + std::chrono::seconds(seconds));
  }

  std::unique_ptr<test::Sshd> m_sshd;
};

} // namespace

TEST_F(PlanOverSsh, ManyCommandsToOneHostCostOneLogin) {
  std::string toml;
  for (int i = 1; i <= 12; ++i)
    toml += fmt::format(
        "[[server]]\nname = \"S{0}\"\nfrom = \"command {1} echo DATABASE_URL=postgresql://app@db{0}/shop\"\n"
        "via = \"{1}\"\nresolve = \"{1} echo 172.17.0.2\"\npassword_command = \"{1} echo secret\"\n",
        i, m_sshd->via());
  const auto plan = planOf(toml);
  ASSERT_EQ(plan.targets.size(), 12U);
  for (int i = 1; i <= 12; ++i) {
    const auto& target = plan.targets.at(static_cast<std::size_t>(i - 1));
    EXPECT_FALSE(target.refused) << target.refused->text;
    EXPECT_EQ(connection::valueOf(target.parameters, "host"), fmt::format("db{}", i));
    EXPECT_EQ(connection::valueOf(target.parameters, "hostaddr"), "172.17.0.2");
    EXPECT_EQ(connection::valueOf(target.parameters, "password"), "secret");
    EXPECT_EQ(target.via.kind, route::Via::Kind::ssh);
  }
  EXPECT_EQ(m_sshd->logins(), 1);
}

TEST_F(PlanOverSsh, AHostThatNobodyIsLoggedInToSaysWhichCommandLogsIn) {
  m_sshd->forgetHostKey();
  const auto plan = planOf(fmt::format("[[server]]\nname = \"A\"\nfrom = \"command {0} printenv\"\nvia = \"{0}\"\n"
                                       "[[server]]\nname = \"B\"\nurl = \"postgresql://u:p@db/d\"\nvia = \"{0}\"\n"
                                       "resolve = \"{0} echo 172.17.0.2\"\n",
                                       m_sshd->via()));
  const auto& from = plan.targets.at(plan.servers.at(0).observation).refused;
  const auto& resolve = plan.targets.at(plan.servers.at(1).observation).refused;
  ASSERT_TRUE(from && resolve);
  EXPECT_EQ(from->stage, Stage::configuration);
  EXPECT_EQ(resolve->stage, Stage::route);
  EXPECT_NE(from->text.find("ost key"), std::string::npos) << from->text;
  EXPECT_EQ(from->loginCommand, route::Routes::loginCommand(*route::parseVia(m_sshd->via()))) << from->text;
  EXPECT_EQ(resolve->loginCommand, from->loginCommand);
  EXPECT_FALSE(from->loginCommand.empty());
}

TEST_F(PlanOverSsh, AServersOwnContainerIsReachedByTheAddressThatResolvePrints) {
  // "db" is a name that only that place knows; the cluster stands for its container.
  auto& cluster = test::local();
  const auto project = project::parse(
      fmt::format("[[server]]\nname = \"Production Backend\"\n"
                  "from = \"command {0} echo DATABASE_URL=postgresql://postgres@db:{1}/TovPlay\"\nvia = \"{0}\"\n"
                  "resolve = \"{0} echo 127.0.0.1\"\npassword_command = \"{0} echo '{2}'\"\n",
                  m_sshd->via(), cluster.port(), cluster.password()),
      "test.whichbase.toml");
  ASSERT_TRUE(project) << project.error().text;
  const auto snapshot = probeSide(*project, Side::after, {}, nullptr, {}, {});
  ASSERT_EQ(snapshot.servers.size(), 1U);
  const auto& failure = snapshot.servers[0].failure;
  ASSERT_FALSE(failure) << failure->text;
  EXPECT_EQ(topology::usersText(snapshot.databases.at(0).users), "22");
  EXPECT_EQ(snapshot.servers[0].connection.host, "db");
  EXPECT_EQ(m_sshd->logins(), 1);
}

} // namespace whichbase::probe
