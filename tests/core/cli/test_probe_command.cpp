#include "cli_fixture.h"

#include <nlohmann/json.hpp>

using namespace whichbase::test;
using whichbase::test::CommandLine;

TEST_F(CommandLine, ProbePrintsBothSidesAndAfterDecides) {
  const auto result = run({"probe", incidentProject(), "--trust"});
  EXPECT_EQ(result.errors, "");
  EXPECT_TRUE(holds(result.output, "BEFORE")) << result.output;
  EXPECT_TRUE(holds(result.output, "AFTER")) << result.output;
  EXPECT_TRUE(holds(result.output, "22 users")) << result.output;
  EXPECT_TRUE(holds(result.output, "Where are my 22 users?!")) << result.output;
  // All three are on EXTERNAL now, but LOCAL still runs with 21 users more than EXTERNAL has.
  EXPECT_TRUE(holds(result.output, "left-behind") || holds(result.output, "user-counts-differ")) << result.output;
  EXPECT_TRUE(result.exitCode == 0 || result.exitCode == 1) << result.exitCode;
}

TEST_F(CommandLine, ProbeOfASplitSideEndsWithOne) {
  const auto result = run({"probe", incidentProject(), "--trust", "--side", "before", "--format", "json"});
  EXPECT_EQ(result.exitCode, 1) << result.errors;
  EXPECT_EQ(schemaViolation(result.output, "snapshot.schema.json"), "");
  const auto json = nlohmann::json::parse(result.output);
  EXPECT_EQ(json["verdict"]["kind"], "split");
  EXPECT_EQ(json["side"], "before");
  EXPECT_EQ(json["databases"].size(), 2U);
}

TEST_F(CommandLine, ProbeOfASingleSourceEndsWithZero) {
  const auto result = run({"probe", singleSourceProject(), "--trust", "--format", "json"});
  EXPECT_EQ(result.exitCode, 0) << result.output << result.errors;
  EXPECT_EQ(nlohmann::json::parse(result.output)["verdict"]["kind"], "single-source");
}

TEST_F(CommandLine, ProbeComparisonFollowsItsSchema) {
  const auto result = run({"probe", incidentProject(), "--trust", "--format", "json"});
  EXPECT_EQ(schemaViolation(result.output, "comparison.schema.json"), "");
}

TEST_F(CommandLine, ServerWithAnUndefinedSecretFailsAloneAtConfiguration) {
  auto project =
      write("p.whichbase.toml", "[[server]]\nname = \"Dashboard\"\nurl = \"" + url(external(), "EXTERNAL_PASSWORD") +
                                    "\"\nvia = \"direct\"\n[[server]]\nname = \"Worker\"\nurl = \"" +
                                    url(external(), "NOT_SET_ANYWHERE") + "\"\nvia = \"direct\"\n");
  const auto result = run({"probe", project, "--trust", "--format", "json"});
  const auto json = nlohmann::json::parse(result.output);
  EXPECT_EQ(json["servers"][0]["outcome"], "reached");
  EXPECT_EQ(json["servers"][1]["failure"]["stage"], "configuration");
  EXPECT_TRUE(holds(json["servers"][1]["failure"]["text"], "NOT_SET_ANYWHERE"));
  EXPECT_EQ(result.exitCode == 3 || result.exitCode == 1, true) << result.exitCode;
}

TEST_F(CommandLine, ProbeWritesTheOutputFileAndCompareReadsIt) {
  EXPECT_EQ(run({"probe", incidentProject(), "--trust", "--side", "before", "--output", path("before.json")}).exitCode,
            1);
  const auto after = run({"probe", incidentProject(), "--trust", "--side", "after", "--output", path("after.json")});
  EXPECT_EQ(after.output, "");
  const auto compared = run({"compare", path("before.json"), path("after.json"), "--format", "json"});
  EXPECT_EQ(schemaViolation(compared.output, "comparison.schema.json"), "");
  const auto json = nlohmann::json::parse(compared.output);
  EXPECT_EQ(json["before"]["verdict"]["kind"], "split");
  EXPECT_EQ(json["after"]["verdict"]["kind"], "single-source");
  const auto shown = run({"compare", path("before.json"), path("after.json")});
  EXPECT_TRUE(holds(shown.output, "was A")) << shown.output;
  EXPECT_EQ(shown.exitCode, compared.exitCode);
}

TEST_F(CommandLine, RecordedBeforeSideStandsInForProbingIt) {
  run({"probe", incidentProject(), "--trust", "--side", "before", "--output", path("before.snapshot.json")});
  const std::string text = read("tovplay.whichbase.toml") + "\n[before]\nsnapshot = \"before.snapshot.json\"\n";
  const auto project = write("recorded.whichbase.toml", text);
  const auto result = run({"probe", project, "--trust", "--format", "json"});
  const auto json = nlohmann::json::parse(result.output);
  EXPECT_EQ(json["before"]["started_at"], nlohmann::json::parse(read("before.snapshot.json"))["started_at"]);
  write("before.snapshot.json", "{\"format\": \"whichbase/sn");
  const auto broken = run({"probe", project, "--trust"});
  EXPECT_EQ(broken.exitCode, 2);
  EXPECT_TRUE(holds(broken.errors, "before.snapshot.json is cut off")) << broken.errors;
}

TEST_F(CommandLine, OurOwnEnvironmentPlaysNoPart) {
  RunOptions options;
  options.environment = {{"PGHOSTADDR", "127.0.0.9"},
                         {"PGHOST", "nowhere.example.org"},
                         {"PGUSER", "nobody"},
                         {"PGPORT", "1"},
                         {"PGOPTIONS", "-c search_path=nowhere"},
                         {"PGSERVICE", "none"}};
  EXPECT_EQ(run({"probe", singleSourceProject(), "--trust"}, options).exitCode, 0);
}

TEST_F(CommandLine, TextIsAsciiWhereTheLocaleIsNotUtf8) {
  RunOptions options;
  options.environment = {{"LC_ALL", "C"}};
  const auto result = run({"probe", incidentProject(), "--trust"}, options);
  for (const char letter : result.output)
    ASSERT_TRUE(letter == '\n' || (letter >= ' ' && letter <= '~')) << result.output;
}

TEST_F(CommandLine, ColoursAreForTerminalsWithoutNoColor) {
  EXPECT_FALSE(holds(run({"probe", singleSourceProject(), "--trust"}).output, "\x1b"));
  EXPECT_TRUE(holds(runOnTerminal({"probe", singleSourceProject(), "--trust"}, {}).output, "\x1b[32m"));
  RunOptions options;
  options.environment = {{"NO_COLOR", "1"}};
  const auto plain = runOnTerminal({"probe", singleSourceProject(), "--trust"}, {}, options).output;
  EXPECT_FALSE(holds(plain, "\x1b[32m")) << plain;
}

TEST_F(CommandLine, OutputThatCannotBeWrittenEndsWithTwoAndSaysWhy) {
  const auto full = run({"probe", singleSourceProject(), "--trust", "--output", "/dev/full"});
  EXPECT_EQ(full.exitCode, 2);
  EXPECT_TRUE(holds(full.errors, "cannot write /dev/full: there is no space left")) << full.errors;
  const auto denied = run({"probe", singleSourceProject(), "--trust", "--output", "/proc/whichbase.json"});
  EXPECT_EQ(denied.exitCode, 2);
  EXPECT_TRUE(holds(denied.errors, "cannot write /proc/whichbase.json")) << denied.errors;
  RunOptions options;
  options.outputFile = "/dev/full";
  const auto standard = run({"probe", singleSourceProject(), "--trust"}, options);
  EXPECT_EQ(standard.exitCode, 2);
  EXPECT_TRUE(holds(standard.errors, "cannot write to standard output")) << standard.errors;
}

TEST_F(CommandLine, InterruptStopsAtOnceAndPrintsNothingHalf) {
  local().signalAll(SIGSTOP);
  RunOptions options;
  options.interruptAfter = 1;
  const auto result = run({"probe", incidentProject(), "--trust", "--side", "before"}, options);
  local().signalAll(SIGCONT);
  EXPECT_EQ(result.exitCode, 130);
  EXPECT_EQ(result.output, "");
  EXPECT_LT(result.seconds, 2.5);
}

TEST_F(CommandLine, DeadlineEndsASweepThatHangs) {
  local().signalAll(SIGSTOP);
  const auto result =
      run({"probe", incidentProject(), "--trust", "--side", "before", "--deadline", "1.5", "--format", "json"});
  local().signalAll(SIGCONT);
  EXPECT_LT(result.seconds, 3);
  const auto json = nlohmann::json::parse(result.output);
  EXPECT_EQ(json["servers"][0]["outcome"], "failed");
  EXPECT_EQ(json["servers"][1]["outcome"], "reached");
  EXPECT_NE(result.exitCode, 0);
}
