#include "surveys.h"

#include <gtest/gtest.h>

namespace whichbase::test {
namespace {

const std::string url = "DATABASE_URL=postgresql://a@db.example.org/a";

TEST(AddingServers, TheProjectReadsBackAsItWasMade) {
  const auto survey = surveyOf(recordedSurvey("docker_20.txt"));
  project::Project project;
  project.title = survey.host;
  EXPECT_TRUE(imports::addServers(project, survey.candidates).empty());
  EXPECT_EQ(project.servers.size(), survey.candidates.size());
  const auto read = project::parse(project::toToml(project), "prod.whichbase.toml");
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(*read, project);
}

TEST(AddingServers, OneThatIsThereIsLeftAsItIs) {
  const auto survey = surveyOf(dockerSurvey({{"web", {url}}}));
  project::Project project;
  imports::addServers(project, survey.candidates);
  project.servers.front().name = "Production Backend";
  const auto before = project;
  EXPECT_EQ(imports::addServers(project, survey.candidates),
            std::vector<std::string>{"web is in the project already, as Production Backend; it was left as it is."});
  EXPECT_EQ(project, before);
}

TEST(AddingServers, TheSameNameOnAnotherHostGetsTheHostBesideIt) {
  project::Project project;
  const auto text = dockerSurvey({{"web", {url}}});
  imports::addServers(project, surveyOf(text, "prod").candidates);
  const auto sentences = imports::addServers(project, surveyOf(text, "me@staging").candidates);
  EXPECT_EQ(sentences, std::vector<std::string>{"The project has another web: this one is called web on staging."});
  ASSERT_EQ(project.servers.size(), 2U);
  EXPECT_EQ(project.servers[1].name, "web on staging");
  EXPECT_EQ(imports::addServers(project, surveyOf(text, "you@staging").candidates).size(), 1U);
  EXPECT_EQ(project.servers[2].name, "web on staging (2)");
}

} // namespace
} // namespace whichbase::test
