// whichbase-cli can-stop, on the reference incident.
#include "demo/incident.h"
#include "support/paths.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

namespace whichbase {
namespace {

using namespace test;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class CanStopCommand : public testing::Test {
protected:
  void SetUp() override {
    auto started = demo::Incident::start({});
    ASSERT_TRUE(started) << started.error().text;
    incident = std::move(*started);
  }
  RunResult run(std::vector<std::string> words) {
    words.insert(words.begin(), commandLineProgram().string());
    words.emplace_back("--trust");
    RunOptions options;
    options.environment = {{"XDG_STATE_HOME", (folder.path() / "state").string()},
                           {"XDG_CONFIG_HOME", (folder.path() / "config").string()},
                           {"LC_ALL", "C.UTF-8"}};
    for (const char* name : {"LOCAL_PASSWORD", "EXTERNAL_PASSWORD"})
      options.environment[name] = incident->secret(name).value_or("");
    auto result = runProgram(words, options);
    for (const char* name : {"LOCAL_PASSWORD", "EXTERNAL_PASSWORD"})
      EXPECT_FALSE(holds(result.output + result.errors, options.environment[name]));
    return result;
  }
  std::string read(const std::filesystem::path& file) const {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  TemporaryFolder folder;
  std::unique_ptr<demo::Incident> incident;
};

TEST_F(CanStopCommand, BeforeTheFixTheLocalDatabaseMustNotBeSwitchedOff) {
  const auto answer = run({"can-stop", incident->projectFile().string(), "A"});
  EXPECT_EQ(answer.exitCode, 1) << answer.output << answer.errors;
  for (const char* part :
       {"be switched off? No.", "Production Backend (writes) leads there.", "of Production Backend is connected",
        "22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both",
        "8 tables are only there, not in B: ", "3 triggers are only there, not in B: ", "Its newest user is of ",
        "pg_dump --format=custom --host=127.0.0.1 --port="})
    EXPECT_TRUE(holds(answer.output, part)) << part << "\n" << answer.output;
  EXPECT_FALSE(holds(answer.output, "@example.org:")) << answer.output;
}

TEST_F(CanStopCommand, WritesItsAnswerAsJson) {
  const auto file = folder.path() / "answer.json";
  const auto answer =
      run({"can-stop", incident->projectFile().string(), "Production Backend", "--no-rows", "--output", file.string()});
  EXPECT_EQ(answer.exitCode, 1) << answer.errors;
  EXPECT_EQ(answer.output, "");
  EXPECT_EQ(schemaViolation(read(file), "can_stop.schema.json"), "");
  const auto json = nlohmann::json::parse(read(file));
  EXPECT_EQ(json["answer"], "no");
  EXPECT_EQ(json["database"], "A");
}

TEST_F(CanStopCommand, RefusesWhatItDoesNotKnow) {
  const auto answer = run({"can-stop", incident->projectFile().string(), "Z"});
  EXPECT_EQ(answer.exitCode, 2);
  EXPECT_TRUE(holds(answer.errors, "Z is no letter of a database and no server of the project")) << answer.errors;
  EXPECT_EQ(run({"can-stop", incident->projectFile().string()}).exitCode, 2);
}

TEST_F(CanStopCommand, ADatabaseThatIsOffAlreadyIsNotCalledFine) {
  const auto recording = incident->folder() / "before.snapshot.json";
  ASSERT_LE(run({"probe", incident->projectFile().string(), "--output", recording.string()}).exitCode, 1);
  incident->setBeforeSnapshot(recording);
  const auto played = incident->playActTwo({});
  ASSERT_TRUE(played) << played.error().text;
  const auto answer = run({"can-stop", incident->projectFile().string(), "A"});
  EXPECT_EQ(answer.exitCode, 3) << answer.output << answer.errors;
  EXPECT_TRUE(holds(answer.output, "be switched off? Not known: A could not be asked")) << answer.output;
  EXPECT_TRUE(holds(answer.output, "4 tables are only there, not in B: ")) << answer.output;
  EXPECT_TRUE(holds(answer.output, "3 triggers are only there, not in B: ")) << answer.output;
  const auto used = run({"can-stop", incident->projectFile().string(), "B"});
  EXPECT_EQ(used.exitCode, 1) << used.output;
  EXPECT_TRUE(holds(used.output, "Staging Backend (reads) leads there.")) << used.output;
  EXPECT_TRUE(holds(used.output, "No other database is in use that could hold its 13 tables and 22 users."))
      << used.output;
}

} // namespace
} // namespace whichbase
