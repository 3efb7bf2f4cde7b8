#include "probe/plan.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whichbase::probe {
namespace {

using topology::Side;
using topology::Stage;

project::Project projectOf(const std::string& toml) {
  const auto project = project::parse(toml, "test.whichbase.toml");
  EXPECT_TRUE(project) << (project ? "" : project.error().text);
  return project.value_or(project::Project{});
}

std::optional<std::string> secrets(const std::string& name) {
  return name == "SECRET" ? std::optional<std::string>("p@ss/w:rd") : std::nullopt;
}

Plan planOf(const std::string& toml, Side side = Side::after) {
  return makePlan(projectOf(toml), side, {secrets}, nullptr, pg::Clock::now() + std::chrono::seconds(5));
}

const Target& onlyTarget(const Plan& plan) {
  EXPECT_EQ(plan.targets.size(), 1u);
  return plan.targets.at(0);
}

TEST(Plan, LocalhostWithoutARouteIsRefusedByName) {
  for (const std::string host : {"localhost", "127.0.0.1", "[::1]", "db.localhost", "%2Fvar%2Frun%2Fpostgresql"}) {
    const auto plan = planOf("[[server]]\nname = \"Production Backend\"\nurl = \"postgresql://u:p@" + host + "/db\"\n");
    const auto& refused = onlyTarget(plan).refused;
    ASSERT_TRUE(refused) << host;
    EXPECT_EQ(refused->stage, Stage::route);
    EXPECT_NE(refused->text.find("is this computer, not Production Backend"), std::string::npos) << refused->text;
    EXPECT_NE(refused->remedy.find("via = \"direct\""), std::string::npos);
  }
}

TEST(Plan, LocalhostWithADirectRouteIsVisited) {
  const auto plan = planOf("[[server]]\nname = \"S\"\nurl = \"postgresql://u:p@localhost/db\"\nvia = \"direct\"\n");
  EXPECT_FALSE(onlyTarget(plan).refused);
  EXPECT_FALSE(plan.servers[0].lookedFromHere);
  EXPECT_EQ(plan.servers[0].route, "direct");
}

TEST(Plan, ASingleLabelNameIsLookedUpFromHere) {
  const auto plan = planOf("[[server]]\nname = \"S\"\nurl = \"postgresql://u:p@postgres:5432/db\"\n");
  EXPECT_FALSE(onlyTarget(plan).refused);
  EXPECT_TRUE(plan.servers[0].lookedFromHere);
  const auto direct =
      planOf("[[server]]\nname = \"S\"\nurl = \"postgresql://u:p@postgres:5432/db\"\nvia = \"direct\"\n");
  EXPECT_FALSE(direct.servers[0].lookedFromHere);
  const auto full = planOf("[[server]]\nname = \"S\"\nurl = \"postgresql://u:p@db.example.org:5432/db\"\n");
  EXPECT_FALSE(full.servers[0].lookedFromHere);
}

TEST(Plan, AnUndefinedNameFailsThatServerAtConfigurationOnly) {
  const auto plan = planOf("[[server]]\nname = \"A\"\nurl = \"postgresql://u:${MISSING}@203.0.113.1/db\"\n"
                           "[[server]]\nname = \"B\"\nurl = \"postgresql://u:${SECRET}@203.0.113.1/db\"\n");
  const auto& refused = plan.targets[plan.servers[0].observation].refused;
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->stage, Stage::configuration);
  EXPECT_NE(refused->text.find("MISSING"), std::string::npos) << refused->text;
  EXPECT_EQ(plan.servers[0].connection.host, "203.0.113.1");
  const auto& good = plan.targets[plan.servers[1].observation];
  EXPECT_FALSE(good.refused);
  EXPECT_EQ(connection::valueOf(good.parameters, "password"), "p@ss/w:rd");
}

TEST(Plan, ShowsNoPassword) {
  const auto plan =
      planOf("[[server]]\nname = \"A\"\nurl = \"postgresql://ops@example.org:${SECRET}@203.0.113.1:5432/db\"\n");
  const auto& shown = plan.servers[0].connection;
  EXPECT_EQ(shown.text, "postgresql://ops@example.org:***@203.0.113.1:5432/db");
  EXPECT_EQ(shown.user, "ops@example.org");
  EXPECT_EQ(shown.host, "203.0.113.1");
  EXPECT_FALSE(shown.readDifferently.empty());
  EXPECT_EQ(shown.safeUrl.find("p@ss"), std::string::npos);
  EXPECT_FALSE(shown.passwordInProjectFile);
}

TEST(Plan, RefusesWhatThisComputerWouldFillIn) {
  const auto refusalOf = [](const std::string& url) {
    const auto plan = planOf("[[server]]\nname = \"A\"\nurl = '" + url + "'\n");
    const auto& refused = onlyTarget(plan).refused;
    EXPECT_TRUE(refused) << url;
    return refused.value_or(topology::Failure{});
  };
  EXPECT_NE(refusalOf("postgresql://203.0.113.1/db").text.find("names no user"), std::string::npos);
  EXPECT_NE(refusalOf("user=u password=p dbname=db").text.find("no host"), std::string::npos);
  EXPECT_NE(refusalOf("service=mydb user=u host=203.0.113.1").text.find("service"), std::string::npos);
  EXPECT_NE(refusalOf("postgresql://u:***@203.0.113.1/db").text.find("mask"), std::string::npos);
  EXPECT_NE(refusalOf("mysql://u:p@203.0.113.1/db").text.find("MySQL"), std::string::npos);
}

TEST(Plan, EqualTargetsAreVisitedOnce) {
  const auto plan = planOf("[[server]]\nname = \"A\"\nurl = \"postgresql://u:${SECRET}@203.0.113.1/db\"\n"
                           "[[server]]\nname = \"B\"\nurl = \"postgresql://u:${SECRET}@203.0.113.1/db\"\n");
  EXPECT_EQ(plan.targets.size(), 1u);
  EXPECT_EQ(plan.servers[0].observation, plan.servers[1].observation);
}

constexpr const char* moved = "[[server]]\nname = \"A\"\nurl = \"postgresql://u:p@203.0.113.2/db\"\n"
                              "[server.before]\nurl = \"postgresql://u:p@203.0.113.1/db\"\n"
                              "[[server]]\nname = \"B\"\nurl = \"postgresql://u:p@203.0.113.2/db\"\n";

TEST(Plan, BeforeUsesThePresentConnectionWhereNoOtherIsNamed) {
  const auto plan = planOf(moved, Side::before);
  EXPECT_EQ(plan.servers.at(0).connection.host, "203.0.113.1");
  EXPECT_EQ(plan.servers.at(1).connection.host, "203.0.113.2");
  EXPECT_TRUE(plan.ghosts.empty());
}

TEST(Plan, TheAfterSideVisitsTheDatabasesOfBeforeAsGhosts) {
  topology::Snapshot before;
  topology::Server server;
  server.name = "A";
  server.database = "A";
  before.servers.push_back(server);
  topology::Database database;
  database.id = "A";
  database.name = "db";
  database.systemIdentifier = 7;
  before.databases.push_back(database);
  const auto plan =
      makePlan(projectOf(moved), Side::after, {secrets}, &before, pg::Clock::now() + std::chrono::seconds(5));
  ASSERT_EQ(plan.ghosts.size(), 1u);
  EXPECT_EQ(plan.ghosts[0].remembered.systemIdentifier, 7u);
  EXPECT_TRUE(plan.targets[plan.ghosts[0].observation].ghost);
  EXPECT_EQ(connection::valueOf(plan.targets[plan.ghosts[0].observation].parameters, "host"), "203.0.113.1");
}

} // namespace
} // namespace whichbase::probe
