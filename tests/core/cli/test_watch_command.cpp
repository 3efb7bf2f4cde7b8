// whichbase-cli watch: what it prints while servers are repointed and rows come, and how it ends.
#include "cli_fixture.h"
#include "history/history.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

namespace whichbase::test {

class WatchCommand : public CommandLine {
protected:
  void SetUp() override {
    CommandLine::SetUp();
    for (auto* cluster : {&local(), &external()}) // as every test expects them
      ASSERT_TRUE(cluster->sql("TovPlay", "DROP TABLE IF EXISTS public.later"));
    ASSERT_TRUE(external().sql("TovPlay", "DELETE FROM public.\"User\" WHERE id > 1"));
  }

  // Production's string stands in a file that a test may change.
  std::filesystem::path repointableProject() {
    pointProductionTo(local(), "LOCAL_PASSWORD");
    return write("tovplay.whichbase.toml",
                 fmt::format("[project]\ntitle = \"TovPlay\"\nusers = 'public.\"User\"'\n"
                             "[[server]]\nname = \"Production Backend\"\nrole = \"writes\"\n"
                             "from = \"env-file production.env\"\nvariable = \"DATABASE_URL\"\nvia = \"direct\"\n"
                             "[[server]]\nname = \"Dashboard\"\nrole = \"reads\"\nurl = \"{}\"\nvia = \"direct\"\n",
                             url(external(), "EXTERNAL_PASSWORD")));
  }
  void pointProductionTo(demo::ThrowawayCluster& cluster, const std::string& variable) {
    write("production.env.new", "DATABASE_URL=" + url(cluster, variable) + "\n");
    std::filesystem::rename(path("production.env.new"), path("production.env"));
  }

  // Runs in the background; what it prints is in the file lines.txt.
  std::jthread start(std::vector<std::string> arguments, RunResult& result) {
    write("lines.txt", "");
    RunOptions options;
    options.outputFile = path("lines.txt").string();
    options.seconds = 300;
    return std::jthread(
        [this, arguments = std::move(arguments), options, &result] { result = run(arguments, options); });
  }
  std::vector<nlohmann::json> lines() const {
    std::vector<nlohmann::json> values;
    std::istringstream stream(read("lines.txt"));
    for (std::string line; std::getline(stream, line) && !stream.eof();)
      values.push_back(nlohmann::json::parse(line));
    return values;
  }
  std::string textOf(const std::string& event) const {
    for (const auto& line : lines())
      if (line.value("event", "") == event)
        return line["text"];
    return {};
  }
  static bool waitFor(const std::function<bool()>& holds) {
    for (int i = 0; i < 2400; ++i) {
      if (holds())
        return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
  }
};

TEST_F(WatchCommand, EndsWith0OnceTheVerdictIsThere) {
  const auto result = run({"watch", repointableProject().string(), "--until", "split", "--trust", "--no-record"});
  EXPECT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_TRUE(holds(result.output, "UTC  split: Production writes to A; Dashboard reads B.")) << result.output;
  EXPECT_TRUE(holds(result.output, "A: 22 users. B: 1 user.")) << result.output;
  EXPECT_FALSE(std::filesystem::exists(path("tovplay.whichbase")));
}

TEST_F(WatchCommand, TellsEachChangeAndWaitsForTheFix) {
  RunResult result;
  {
    const auto watching = start({"watch", repointableProject().string(), "--until", "single-source", "--interval",
                                 "0.5", "--format", "json", "--trust"},
                                result);
    ASSERT_TRUE(waitFor([&] { return !lines().empty(); }));
    ASSERT_TRUE(external().sql("TovPlay", "INSERT INTO public.\"User\"(id) SELECT generate_series(2, 22)"));
    EXPECT_TRUE(waitFor([&] { return !textOf("users-jumped").empty(); }));
    ASSERT_TRUE(external().sql("TovPlay", "CREATE TABLE public.later(id int)"));
    EXPECT_TRUE(waitFor([&] { return !textOf("tables-appeared").empty(); }));
    pointProductionTo(external(), "EXTERNAL_PASSWORD");
  }
  EXPECT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.errors, "");
  const auto state = lines().front().at("state");
  EXPECT_EQ(state["verdict"]["kind"], "split");
  EXPECT_EQ(state["databases"][0]["users"]["count"], 22);
  EXPECT_EQ(state["databases"][1]["id"], "B");
  // Told by the statistics, where it is not yet time to count again.
  EXPECT_TRUE(textOf("users-jumped") == "Users in B: 1 → 22." || textOf("users-jumped") == "Users in B: 1 → ~22.")
      << textOf("users-jumped");
  EXPECT_EQ(textOf("tables-appeared"), "1 table new in B: later.");
  EXPECT_EQ(textOf("server-moved"), "Production Backend moved from A to B.");
  EXPECT_TRUE(textOf("verdict-changed").starts_with("Verdict: split → single-source."));
  const auto recorded = history::History::open(path("tovplay.whichbase"), history::History::Mode::read);
  ASSERT_TRUE(recorded);
  const auto overview = (*recorded)->overview();
  ASSERT_TRUE(overview);
  EXPECT_TRUE(std::ranges::any_of(
      overview->events, [](const auto& event) { return event.text == "Production Backend moved from A to B."; }));
}

TEST_F(WatchCommand, ALaterWatchGoesOnWithTheLettersOfTheHistory) {
  const auto project = repointableProject();
  ASSERT_EQ(run({"watch", project.string(), "--until", "split", "--trust"}).exitCode, 0);
  pointProductionTo(external(), "EXTERNAL_PASSWORD");
  const auto result = run({"watch", project.string(), "--until", "single-source", "--trust"});
  EXPECT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_TRUE(holds(result.output, "single-source: Both configurations lead to B")) << result.output;
  EXPECT_TRUE(holds(result.output, "Production Backend moved from A to B.")) << result.output;
}

TEST_F(WatchCommand, ATimeoutIsNeverASuccessOfWhatWasWaitedFor) {
  const auto project = repointableProject();
  EXPECT_EQ(run({"watch", project.string(), "--until", "single-source", "--timeout", "20", "--trust"}).exitCode, 1);
  pointProductionTo(external(), "EXTERNAL_PASSWORD");
  EXPECT_EQ(run({"watch", project.string(), "--until", "split", "--timeout", "20", "--trust"}).exitCode, 3);
  EXPECT_EQ(run({"watch", project.string(), "--timeout", "20", "--trust"}).exitCode, 0);
}

TEST_F(WatchCommand, CtrlCEndsItWith130) {
  RunOptions options;
  options.interruptAfter = 5;
  const auto result = run({"watch", repointableProject().string(), "--trust"}, options);
  EXPECT_EQ(result.exitCode, 130);
  EXPECT_LT(result.seconds, 30);
}

TEST_F(WatchCommand, AClosedOutputEndsIt) {
  RunOptions options;
  options.environment = {{"LOCAL_PASSWORD", local().password()},
                         {"EXTERNAL_PASSWORD", external().password()},
                         {"XDG_STATE_HOME", path("state").string()}};
  const auto result = runProgram({"bash", "-c", R"("$0" watch "$1" --trust --interval 0.5 > >(head -n 1))",
                                  commandLineProgram().string(), repointableProject().string()},
                                 options);
  EXPECT_EQ(result.exitCode, 2) << result.errors;
}

TEST_F(WatchCommand, WhatCannotBeUsedIsToldAndEndsWith2) {
  EXPECT_EQ(run({"watch", path("none.whichbase.toml").string()}).exitCode, 2);
  const auto untrusted = run({"watch", repointableProject().string()});
  EXPECT_EQ(untrusted.exitCode, 2);
  EXPECT_TRUE(holds(untrusted.errors, "--trust")) << untrusted.errors;
  EXPECT_EQ(run({"watch", repointableProject().string(), "--until", "never"}).exitCode, 2);
  EXPECT_FALSE(std::filesystem::exists(path("tovplay.whichbase")));
}

} // namespace whichbase::test
