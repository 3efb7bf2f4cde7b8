#include "project/project.h"

#include <gtest/gtest.h>

using namespace whichbase::project;

TEST(ReadProject, AKeyWithATypoNamesLineColumnAndTheNearestKey) {
  const auto project = parse("[[server]]\nname = \"A\"\nurll = \"postgresql://u@h/d\"\n", "x.toml");
  ASSERT_FALSE(project);
  EXPECT_TRUE(
      project.error().text.starts_with("x.toml:3:1: unknown key \"urll\" in the server \"A\"; did you mean \"url\"?"))
      << project.error().text;
}

TEST(ReadProject, TheSmallestProjectIsOneServerWithAUrl) {
  const auto project = parse("[[server]]\nname = \"A\"\nurl = \"postgresql://u@h/d\"\n", "x.toml");
  ASSERT_TRUE(project) << project.error().text;
  EXPECT_EQ(project->servers.at(0).present->url, "postgresql://u@h/d");
  EXPECT_FALSE(project->hasBefore());
}

TEST(Substitute, ASecretIsEncodedWhereAPasswordStands) {
  const auto lookup = [](const std::string&) { return std::optional<std::string>("p@ss/w:d"); };
  EXPECT_EQ(*substitute("postgresql://u:${PW}@h/d", lookup), "postgresql://u:p%40ss%2Fw%3Ad@h/d");
}
