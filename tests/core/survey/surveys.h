// Surveys for the tests: recorded ones, made ones, and what was found in them.
#pragma once

#include "import/survey.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace whichbase::test {

// One of tests/data/survey: what the script printed on a computer with a real docker or podman.
std::string recordedSurvey(const std::string& name);

// What `docker inspect` says of a container, in the parts that count.
struct MadeContainer {
  std::string name;
  std::vector<std::string> environment{};
  std::string networkMode = "app_default";
  nlohmann::json networks = nlohmann::json::object(); // {"app_default": {"IPAddress": "203.0.113.2", …}}
  bool isRunning = true;
  nlohmann::json labels = nlohmann::json::object();
  nlohmann::json hostConfig = nlohmann::json::object(); // more of it: Links, ExtraHosts
};
nlohmann::json inspected(const MadeContainer& container);
// The whole of a survey with docker; `info` stands for what kind of docker it is.
std::string dockerSurvey(const std::vector<MadeContainer>& containers, const std::string& more = {});
std::string idOf(const std::string& name); // 64 hexadecimal digits, the same for the same name

imports::Survey surveyOf(const std::string& printed, const std::string& words = "prod");
// The one of that name; fails the test where there is none.
imports::Candidate candidateIn(const imports::Survey& survey, const std::string& name);
std::string notesOf(const imports::Survey& survey);
// All commands and texts of it that reach a project file.
std::string writtenOf(const imports::Survey& survey);

} // namespace whichbase::test
