// whichbase-cli report: from a recording, from snapshots, from a probe; into every format.
#include "cli_fixture.h"
#include "document/report.h"
#include "history/history.h"
#include "history/proofs.h"
#include "report/json.h"
#include "support/sample_snapshots.h"
#include "topology/continuity.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace whichbase::test {

class ReportCommand : public CommandLine {
protected:
  std::string before() const { return write("before.json", report::toJson(samples::incidentBefore())).string(); }
  std::string after() const { return write("after.json", report::toJson(samples::incidentAfter())).string(); }

  // A recording of the incident beside a project: as it was found, a note, and repaired.
  std::filesystem::path recorded() const {
    const auto project = write("tovplay.whichbase.toml", "[project]\ntitle = \"TovPlay\"\n");
    const auto file = history::History::open(history::historyFileOf(project), history::History::Mode::record);
    EXPECT_TRUE(file) << file.error().text;
    topology::Continuity continuity;
    auto found = samples::incidentBefore();
    found.side = topology::Side::after;
    found = continuity.follow(found);
    const auto repaired = continuity.follow(samples::incidentAfter());
    EXPECT_TRUE((*file)->record(topology::Side::after, found));
    EXPECT_TRUE((*file)->add({found.finishedAt + std::chrono::minutes(5),
                              history::EventKind::note,
                              topology::Side::after,
                              {},
                              "restarted staging"}));
    EXPECT_TRUE((*file)->record(topology::Side::after, repaired));
    EXPECT_TRUE((*file)->setText("report/lessons", "Ask the database, not its name."));
    return project;
  }
};

TEST_F(ReportCommand, WritesEveryFormatThatAnEndingNames) {
  std::vector<std::string> arguments{"report", before(), after()};
  const std::vector<std::pair<std::string, std::string>> begins{{"md", "# TovPlay"},  {"html", "<!DOCTYPE html>"},
                                                                {"pdf", "%PDF-"},     {"svg", "<svg"},
                                                                {"png", "\x89PNG\r"}, {"json", "{\n"},
                                                                {"mmd", ""},          {"txt", "TovPlay"}};
  for (const auto& [ending, begin] : begins) {
    arguments.emplace_back("--output");
    arguments.push_back(path("report." + ending).string());
  }
  RunOptions options;
  options.seconds = 300;
  const auto result = run(arguments, options);
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.output + result.errors, "");
  for (const auto& [ending, begin] : begins) {
    EXPECT_FALSE(read("report." + ending).empty()) << ending;
    EXPECT_TRUE(read("report." + ending).starts_with(begin))
        << ending << ": " << read("report." + ending).substr(0, 80);
  }
}

TEST_F(ReportCommand, TheSameRecordingGivesTheSameReportByteForByte) {
  const auto project = recorded();
  for (const char* ending : {"md", "html", "pdf", "svg", "png", "json", "mmd", "txt"}) {
    const std::string one = "one." + std::string(ending), two = "two." + std::string(ending);
    RunOptions elsewhere;
    elsewhere.seconds = 300;
    ASSERT_EQ(run({"report", project.string(), "--output", path(one).string()}, elsewhere).exitCode, 0) << ending;
    elsewhere.environment = {{"TZ", "Asia/Kathmandu"}, {"LC_NUMERIC", "de_DE.UTF-8"}};
    ASSERT_EQ(run({"report", project.string(), "--output", path(two).string()}, elsewhere).exitCode, 0) << ending;
    EXPECT_TRUE(read(one) == read(two)) << ending;
    EXPECT_FALSE(holds(read(one), project.parent_path().string())) << ending;
  }
}

TEST_F(ReportCommand, ARecordingIsToldFromItsLastSplitToNow) {
  const auto result = run({"report", recorded().string(), "--format", "md"});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  for (const char* part :
       {"**Before:** ✗ Production writes to A; the others read B", "**After:** ✓ All 3 servers are on B",
        "Production Backend moved from A", "restarted staging", "Ask the database, not its name.",
        "Split when it was first seen, at 2025-12-03 14:02:11 UTC, and no longer at 2025-12-03 14:31:30"})
    EXPECT_TRUE(holds(result.output, part)) << part << "\n" << result.output;
}

TEST_F(ReportCommand, AtATimeItTellsWhatWasKnownThen) {
  const auto result = run({"report", recorded().string(), "--at", "14:05", "--format", "md"});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_TRUE(holds(result.output, "Open: the servers are split")) << result.output;
  EXPECT_FALSE(holds(result.output, "restarted staging")) << result.output;
  EXPECT_FALSE(holds(result.output, "All 3 servers are on B")) << result.output;
  EXPECT_EQ(run({"report", recorded().string(), "--at", "11:00"}).exitCode, 2);
  EXPECT_EQ(run({"report", recorded().string(), "--at", "noon"}).exitCode, 2);
}

TEST_F(ReportCommand, WhatWasWrittenInTheMarkdownStaysWhenItIsWrittenAgain) {
  const auto project = recorded();
  const auto file = path("report.md").string();
  ASSERT_EQ(run({"report", project.string(), "--output", file}).exitCode, 0);
  std::string text = read("report.md");
  const std::string begin = "<!-- whichbase:actions -->\n\n", hint = "_To be written._";
  const auto at = text.find(begin);
  ASSERT_NE(at, std::string::npos);
  const std::string actions = "| action | owner |\n| --- | --- |\n| `diff` before each release | Dana, #123 |";
  write("report.md", text.replace(at + begin.size(), hint.size(), actions));
  ASSERT_EQ(run({"report", project.string(), "--output", file}).exitCode, 0);
  EXPECT_TRUE(holds(read("report.md"), begin + actions + "\n")) << read("report.md");
  EXPECT_TRUE(holds(read("report.md"), "Ask the database, not its name."));
}

TEST_F(ReportCommand, WhatCannotBeReadIsNotOverwritten) {
  const auto file = path("report.md").string();
  write("report.md", std::string(5'000'000, 'x'));
  const auto result = run({"report", before(), "--output", file});
  EXPECT_EQ(result.exitCode, 2);
  EXPECT_TRUE(holds(result.errors, "what was written in it would be lost")) << result.errors;
  EXPECT_EQ(read("report.md").size(), 5'000'000U);
}

TEST_F(ReportCommand, AProjectThatNobodyRecordedSaysWhatToDo) {
  const auto project = write("new.whichbase.toml", "[project]\ntitle = \"New\"\n");
  const auto result = run({"report", project.string()});
  EXPECT_EQ(result.exitCode, 2);
  EXPECT_TRUE(holds(result.errors, "whichbase-cli watch ")) << result.errors;
  EXPECT_TRUE(holds(result.errors, "--probe")) << result.errors;
}

TEST_F(ReportCommand, ProbesNowWhereItIsAskedTo) {
  RunOptions options;
  options.seconds = 300;
  const auto project = incidentProject();
  const auto result = run({"report", project.string(), "--probe", "--trust", "--format", "json"}, options);
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  const auto json = nlohmann::json::parse(result.output);
  EXPECT_EQ(json["format"], "whichbase/report");
  EXPECT_TRUE(json["history"].is_null());
  EXPECT_FALSE(json["state"].is_null());
  EXPECT_EQ(schemaViolation(result.output, "report.schema.json"), "");
}

TEST_F(ReportCommand, WhatWasWatchedAndVerifiedIsInTheReport) {
  RunOptions options;
  options.seconds = 300;
  const auto project = singleSourceProject().string();
  ASSERT_EQ(run({"watch", project, "--until", "single-source", "--trust"}, options).exitCode, 0);
  ASSERT_EQ(run({"verify", project, "--canary", "own-table", "--yes", "--trust"}, options).exitCode, 0);
  const auto result = run({"report", project, "--format", "md"}, options);
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  for (const char* part : {"On one database by configuration, proven by a test row", "A test row was inserted through",
                           "at most ", "confirmed", "recording started", "Watched: "})
    EXPECT_TRUE(holds(result.output, part)) << part << "\n" << result.output;
  EXPECT_FALSE(holds(result.output, "at most 0.0 ms"));
  const auto now = run({"report", project, "--probe", "--trust", "--format", "md"}, options);
  ASSERT_EQ(now.exitCode, 0) << now.errors;
  EXPECT_TRUE(holds(now.output, "proven by a test row")) << now.output;
}

TEST_F(ReportCommand, WhatDoesNotGoTogetherEndsWith2AndWritesNothing) {
  const auto project = recorded().string();
  const auto out = path("out.md").string();
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"report"},
           {"report", path("none.json").string(), "--output", out},
           {"report", before(), "--at", "14:00", "--output", out},
           {"report", before(), "--probe", "--output", out},
           {"report", project, after(), "--output", out},
           {"report", project, "--probe", "--at", "14:00", "--output", out},
           {"report", before(), "--output", path("out.doc").string(), "--output", out},
           {"report", before(), "--scale", "9", "--output", out},
           {"report", before(), "--format", "poem", "--output", out},
           {"report", before(), "--output", path("no/folder/out.md").string()}}) {
    const auto result = run(arguments);
    EXPECT_EQ(result.exitCode, 2) << fmt::format("{}", fmt::join(arguments, " "));
    EXPECT_NE(result.errors, "");
    EXPECT_FALSE(std::filesystem::exists(out)) << fmt::format("{}", fmt::join(arguments, " "));
  }
}

TEST_F(ReportCommand, ATerminalGetsTextAndNoPicture) {
  const auto text = runOnTerminal({"report", before()}, {});
  EXPECT_EQ(text.exitCode, 0);
  EXPECT_TRUE(holds(text.output, "Production writes to A")) << text.output;
  const auto refused = runOnTerminal({"report", before(), "--format", "pdf"}, {});
  EXPECT_EQ(refused.exitCode, 2);
  EXPECT_TRUE(holds(refused.output, "--output report.pdf")) << refused.output;
}

} // namespace whichbase::test
