// Each tests/data/project/bad/NAME.toml ends in the error whose beginning, behind the file's name, is NAME.error; each
// tests/data/project/good/NAME.toml is read, and is the same after it was written and read again.
#include "project/project.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace whichbase::project;

namespace {

std::vector<std::filesystem::path> files(const std::string& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(WHICHBASE_SOURCE_DIR "/tests/data/project/" + folder)) {
    if (entry.path().extension() == ".toml") {
      found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

std::string textOf(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

std::string nameOf(const testing::TestParamInfo<std::filesystem::path>& file) {
  std::string name = file.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

class BadProject : public testing::TestWithParam<std::filesystem::path> {};
class GoodProject : public testing::TestWithParam<std::filesystem::path> {};

} // namespace

TEST_P(BadProject, EndsInASentenceThatNamesThePlace) {
  const auto project = load(GetParam());
  ASSERT_FALSE(project);
  auto expected = GetParam().string() + ":" + textOf(std::filesystem::path(GetParam()).replace_extension(".error"));
  expected.pop_back();
  EXPECT_TRUE(project.error().text.starts_with(expected)) << project.error().text << "\n" << expected;
  EXPECT_TRUE(project.error().text.ends_with('.') || project.error().text.ends_with('?')) << project.error().text;
  EXPECT_EQ(project.error().text.find("Xq7hunter"), std::string::npos);
}

TEST_P(GoodProject, IsTheSameAfterWritingAndReading) {
  const auto project = load(GetParam());
  ASSERT_TRUE(project) << project.error().text;
  const auto again = parse(toToml(*project), "again.toml");
  ASSERT_TRUE(again) << again.error().text << "\n" << toToml(*project);
  EXPECT_EQ(*again, *project);
}

INSTANTIATE_TEST_SUITE_P(Files, BadProject, testing::ValuesIn(files("bad")), nameOf);
INSTANTIATE_TEST_SUITE_P(Files, GoodProject, testing::ValuesIn(files("good")), nameOf);

TEST(ReadProject, TheReferenceIncidentIsReadWhole) {
  const auto project = load(WHICHBASE_SOURCE_DIR "/tests/data/project/good/reference.toml");
  ASSERT_TRUE(project) << project.error().text;
  EXPECT_EQ(project->users, "public.\"User\"");
  ASSERT_EQ(project->servers.size(), 2U);
  const auto& production = project->servers[0];
  EXPECT_EQ(production.role, whichbase::topology::Role::writes);
  EXPECT_EQ(production.present->via, "direct");
  EXPECT_EQ(production.before->url, "postgresql://tovplay:${LOCAL_PASSWORD}@postgres:5432/TovPlay");
  EXPECT_EQ(production.client, (std::vector<std::string>{"203.0.113.20", "app:backend"}));
  EXPECT_FALSE(project->servers[1].before);
  EXPECT_EQ(project->labels.at(0).place, "inside the production server");
  EXPECT_EQ(project->beforeSnapshot, "before.snapshot.json");
  EXPECT_TRUE(project->hasBefore());
}

TEST(ReadProject, TheOrderAndFormOfTheFileAreKept) {
  const auto text = textOf(WHICHBASE_SOURCE_DIR "/tests/data/project/good/reference.toml");
  EXPECT_EQ(toToml(*parse(text, "x.toml")), text);
  const auto from = toToml(*load(WHICHBASE_SOURCE_DIR "/tests/data/project/good/routes.toml"));
  EXPECT_NE(from.find("from = \"service mydb\"\nvia = \"direct\"\n"), std::string::npos) << from;
  EXPECT_EQ(from.find("url = \"\""), std::string::npos) << from;
}

TEST(ReadProject, RoutesConfigurationAndCommandsAreReadAsWritten) {
  const auto project = load(WHICHBASE_SOURCE_DIR "/tests/data/project/good/routes.toml");
  ASSERT_TRUE(project) << project.error().text;
  const auto& production = project->servers.at(0);
  EXPECT_EQ(production.present->url, "");
  EXPECT_EQ(production.present->from, "command ssh prod docker exec backend printenv");
  EXPECT_EQ(production.present->variable, "MAIN_DB_URL");
  EXPECT_EQ(production.present->via, "ssh prod");
  EXPECT_EQ(production.present->resolve, "ssh prod docker inspect -f '{{.NetworkSettings.IPAddress}}' db");
  EXPECT_EQ(production.present->passwordCommand, "pass show db/prod");
  EXPECT_EQ(production.before->via, "command docker exec -i backend nc %h %p");
  EXPECT_EQ(production.before->passwordCommand, "pass show \"db/old\"");
  EXPECT_EQ(project->servers.at(1).present->from, "compose docker-compose.yml \"over ride.yml\" backend");
}

TEST(ReadProject, ABeforeSideIsAServersOrASnapshots) {
  const std::string server = "[[server]]\nname = \"A\"\nurl = \"postgresql://u@h/d\"\n";
  EXPECT_FALSE(parse(server, "x.toml")->hasBefore());
  EXPECT_TRUE(parse(server + "[server.before]\nurl = \"postgresql://u@g/d\"\n", "x.toml")->hasBefore());
  EXPECT_TRUE(parse(server + "[before]\nsnapshot = \"b.json\"\n", "x.toml")->hasBefore());
}

TEST(ReadProject, WhatCannotBeReadIsToldApart) {
  EXPECT_NE(load("/nowhere/x.whichbase.toml").error().text.find("there is no such file"), std::string::npos);
  EXPECT_NE(load(WHICHBASE_SOURCE_DIR "/tests").error().text.find("this is a folder"), std::string::npos);
  EXPECT_NE(load("/dev/null").error().text.find("the file is empty"), std::string::npos);
}

TEST(ReadProject, AnyTextEndsInAProjectOrAnError) {
  const auto text = textOf(WHICHBASE_SOURCE_DIR "/tests/data/project/good/reference.toml");
  for (std::size_t length = 0; length <= text.size(); ++length) {
    const auto project = parse(text.substr(0, length), "x.toml");
    EXPECT_TRUE(project || !project.error().text.empty());
  }
}
