// The far side is somebody else's computer: whatever it says, nothing of it becomes a command, a line of the project
// file, or a wait without an end.

#include "far_side.h"
#include "project/project.h"

#include <fmt/format.h>

#include <chrono>
#include <random>

namespace whichbase::test {
namespace {

const std::string url = "DATABASE_URL=postgresql://a:pencil-7731@db/a";
const std::vector<std::string> nasty{"a; touch OWNED",
                                     "$(touch OWNED)",
                                     "`touch OWNED`",
                                     "a' ; touch OWNED ; '",
                                     "a\" ; touch OWNED ; \"",
                                     "a\ntouch OWNED\n",
                                     "-oProxyCommand=touch OWNED",
                                     "../../etc",
                                     "a b",
                                     "a\tb",
                                     "{{.Config}}",
                                     "a\"}}{{json .}}",
                                     "a\\",
                                     "\xff\xfe",
                                     "\xe2\x80\xaetuo",
                                     "a' \nfrom = \"command touch OWNED\"\nx = '",
                                     ""};

TEST(HostileHost, NamesThatNoEngineGivesAreLeftOut) {
  for (const auto& name : nasty) {
    auto json = inspected({"web", {url}, "n", {{"n", {{"IPAddress", "203.0.113.2"}}}}});
    json["Name"] = "/" + name;
    const auto text = "whichbase survey 1\nengine docker\ncontainer " +
                      json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\nend\n";
    const auto survey = surveyOf(text);
    EXPECT_TRUE(survey.candidates.empty()) << name;
    EXPECT_NE(notesOf(survey).find("The description of a container could not be read and was left out."),
              std::string::npos);
  }
}

TEST(HostileHost, AnEngineIsOneOfThoseThatTheScriptLooksFor) {
  for (const std::string program :
       {"/tmp/docker", "docker; touch OWNED", "/snap/bin/../../tmp/podman", "rm", "dockerd"}) {
    const auto survey = surveyOf("whichbase survey 1\nengine " + program + "\ncontainer " +
                                 inspected({"web", {url}}).dump() + "\nend\n");
    EXPECT_TRUE(survey.candidates.empty()) << program;
  }
}

TEST(HostileHost, WhatItCallsThingsNeverReachesACommand) {
  for (const auto& word : nasty) {
    MadeContainer web{"web", {"DATABASE_URL=postgresql://a@" + word + "/a", word + "=postgresql://a@b/c", url}};
    web.networks = {{"n", {{"IPAddress", word}, {"Gateway", word}, {"Aliases", {word}}}},
                    {word, {{"IPAddress", word}}}};
    web.networkMode = "container:" + word;
    web.labels = {{"com.docker.compose.project", word}, {"com.docker.compose.service", word}};
    web.hostConfig = {{"Links", {"/" + word + ":/web/db"}}, {"ExtraHosts", {word + ":" + word, "db:" + word}}};
    const auto json = inspected(web).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    const auto survey = surveyOf("whichbase survey 1\nengine docker\nnetwork " + word + "\ninfo " + word +
                                 "\ncontainer " + json + "\nend\n");
    const auto written = writtenOf(survey);
    EXPECT_EQ(written.find("OWNED"), std::string::npos) << written;
    const auto read = project::parse(written, "hostile.whichbase.toml");
    ASSERT_TRUE(read) << read.error().text << written;
    for (const auto& server : read->servers) {
      EXPECT_TRUE(server.present->from.starts_with("command ssh prod \"docker container inspect -f "));
      EXPECT_TRUE(server.client.empty()) << server.client.front();
    }
  }
}

// The commands are run for real, and the words of a process come out of them as they went in.
TEST_F(FarSide, AProcesssWordsStayWords) {
  const auto marker = (folder() / "OWNED").string();
  int count = 0;
  for (const std::string pattern : {"$(touch {})", "`touch {}`", "a' ; touch {} ; '", "a\" ; touch {} ; \"",
                                    "; touch {} #", "' $(touch {}) '", "\\'; touch {}; \\'"}) {
    auto word = pattern;
    word.replace(word.find("{}"), 2, marker);
    std::string folderName = word;
    std::ranges::replace(folderName, '/', '_');
    startProcess(fmt::format("wb-evil{}", count++), {{"DATABASE_URL", "postgresql://a@db/a"}}, folderName, {word});
  }
  const auto survey = surveyed();
  for (int i = 0; i < count; ++i) {
    const auto evil = candidateIn(survey, fmt::format("wb-evil{}", i));
    const auto read = runFrom(evil);
    EXPECT_EQ(read.exitCode, 0) << evil.server.present->from << read.errors;
    EXPECT_NE(read.output.find("DATABASE_URL=postgresql://a@db/a"), std::string::npos) << evil.server.present->from;
  }
  EXPECT_FALSE(std::filesystem::exists(marker));
  project::Project project;
  imports::addServers(project, survey.candidates);
  const auto again = project::parse(project::toToml(project), "evil.whichbase.toml");
  ASSERT_TRUE(again) << again.error().text;
  EXPECT_EQ(*again, project);
}

TEST(HostileHost, ControlCharactersAreNotShown) {
  const auto survey =
      surveyOf(dockerSurvey({{"web", {"DATABASE_URL=postgresql://a@\x1b[2Jhost/a\x1b]0;x\x07"}}},
                            "engine podman\nrefused \x1b[31mred\x1b[0m postgresql://a:pencil-7731@h/d\n"));
  std::string shown = notesOf(survey);
  for (const auto& candidate : survey.candidates)
    shown += candidate.masked + candidate.note + candidate.name;
  EXPECT_EQ(shown.find_first_of("\x1b\x07"), std::string::npos) << shown;
  EXPECT_EQ(shown.find("pencil"), std::string::npos) << shown;
}

TEST(HostileHost, AFloodIsCutAndEnds) {
  const auto start = std::chrono::steady_clock::now();
  std::string flood = "whichbase survey 1\nself 1 a b\n";
  while (flood.size() < imports::surveyAtMost / 4)
    flood += "process 7\nnet a\npid b\narg x\ncwd /\nenv DATABASE_URL=postgresql://a@b/c\nunit MainPID=7\nunit "
             "Id=x.service\n";
  EXPECT_NE(notesOf(surveyOf(flood)).find("cut short"), std::string::npos);
  std::string variables = "whichbase survey 1\nengine docker\ncontainer {\"Id\":\"" + idOf("web") +
                          "\",\"Name\":\"web\",\"Config\":{\"Env\":[\"A=1\"";
  for (int i = 0; i < 200'000; ++i)
    variables += fmt::format(",\"DB{}_HOST=a\"", i);
  surveyOf(variables + "]}}\nend\n");
  surveyOf("whichbase survey 1\nengine docker\ncontainer " + std::string(2'000'000, '[') + "\nend\n");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

// Recorded surveys with bytes changed, cut out, doubled and put elsewhere: no crash, no hang, no password, no file that
// does not read back.
TEST(HostileHost, MutatedSurveysAreReadOrRefused) {
  std::mt19937 random(20261122);
  const auto below = [&](std::size_t end) {
    return end == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
  };
  for (const auto* file : {"docker_20.txt", "podman_4.txt"}) {
    const auto original = recordedSurvey(file);
    for (int round = 0; round < 300; ++round) {
      auto text = original;
      for (std::size_t change = below(12) + 1; change > 0; --change) {
        const auto at = below(text.size());
        const auto length = std::min(below(300), text.size() - at);
        switch (below(5)) {
        case 0:
          text[at] = static_cast<char>(below(256));
          break;
        case 1:
          text.erase(at, length);
          break;
        case 2:
          text.insert(at, text.substr(below(text.size()), length));
          break;
        case 3:
          text.insert(at, nasty[below(nasty.size())]);
          break;
        default:
          text.resize(at);
          break;
        }
      }
      const auto survey = imports::readSurvey(text, "prod");
      if (!survey)
        continue;
      const auto written = writtenOf(*survey);
      ASSERT_TRUE(project::parse(written.starts_with("[project]") ? written : "", "mutated.whichbase.toml")) << written;
      ASSERT_EQ(written.find("localsecret"), std::string::npos) << written;
      for (const auto& candidate : survey->candidates)
        ASSERT_TRUE(candidate.server.present->from.starts_with("command ssh prod ")) << candidate.server.present->from;
    }
  }
}

} // namespace
} // namespace whichbase::test
