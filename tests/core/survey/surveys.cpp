#include "surveys.h"

#include "support/paths.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace whichbase::test {

std::string recordedSurvey(const std::string& name) {
  std::ifstream file(dataFolder() / "survey" / name);
  EXPECT_TRUE(file) << name;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string idOf(const std::string& name) {
  std::string id;
  for (std::size_t salt = 0; id.size() < 64; ++salt)
    id += fmt::format("{:016x}", std::hash<std::string>{}(name + std::to_string(salt)));
  return id;
}

nlohmann::json inspected(const MadeContainer& container) {
  auto hostConfig = container.hostConfig;
  hostConfig["NetworkMode"] = container.networkMode;
  return {{"Id", idOf(container.name)},
          {"Name", "/" + container.name},
          {"State", {{"Running", container.isRunning}}},
          {"Config", {{"Env", container.environment}, {"Labels", container.labels}}},
          {"HostConfig", hostConfig},
          {"NetworkSettings", {{"Networks", container.networks}}}};
}

std::string dockerSurvey(const std::vector<MadeContainer>& containers, const std::string& more) {
  std::string text = "whichbase survey 1\nengine docker\n" + more;
  for (const auto& container : containers)
    text += "container " + inspected(container).dump() + "\n";
  return text + "self 1000 net:[1] pid:[2]\nunread 0\nend\n";
}

imports::Survey surveyOf(const std::string& printed, const std::string& words) {
  const auto survey = imports::readSurvey(printed, words);
  EXPECT_TRUE(survey) << survey.error();
  return survey ? *survey : imports::Survey{};
}

imports::Candidate candidateIn(const imports::Survey& survey, const std::string& name) {
  const auto found = std::ranges::find(survey.candidates, name, &imports::Candidate::name);
  if (found != survey.candidates.end())
    return *found;
  ADD_FAILURE() << "no candidate " << name;
  imports::Candidate none;
  none.server.present.emplace();
  return none;
}

std::string notesOf(const imports::Survey& survey) {
  std::string text;
  for (const auto& note : survey.notes)
    text += note + "\n";
  return text;
}

std::string writtenOf(const imports::Survey& survey) {
  project::Project project;
  imports::addServers(project, survey.candidates);
  return project::toToml(project);
}

} // namespace whichbase::test
