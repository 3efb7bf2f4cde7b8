// `whichbase-cli history` and `whichbase-cli snapshot`, as people run them.
#include "histories.h"
#include "support/paths.h"
#include "support/run_program.h"
#include "support/sample_snapshots.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace whichbase::history {
namespace {

using namespace topology;
using test::RunResult;

class HistoryCommand : public testing::Test {
protected:
  void SetUp() override {
    const auto history = recording(m_file);
    Snapshot before = samples::incidentBefore();
    before.finishedAt = start() - std::chrono::hours(1);
    record(*history, Side::before, before);
    record(*history, Side::after, brokenAt(second(60)));
    record(*history, Side::after, fixedAt(second(120)));
  }
  RunResult run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), test::commandLineProgram().string());
    return test::runProgram(arguments);
  }
  static bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

  test::TemporaryFolder m_folder;
  std::filesystem::path m_file = m_folder.path() / "tovplay.whichbase";
  std::string m_project = (m_folder.path() / "tovplay.whichbase.toml").string();
};

TEST_F(HistoryCommand, TheTimelineIsToldInUtc) {
  const auto result = run({"history", m_project});
  EXPECT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_TRUE(holds(result.output, "2025-12-03")) << result.output;
  EXPECT_TRUE(holds(result.output, "14:02:00  verdict-changed")) << result.output;
  EXPECT_TRUE(holds(result.output, "first complete sweep")) << result.output;
}

TEST_F(HistoryCommand, JsonIsAsItsSchemaSays) {
  const auto result = run({"history", m_file.string(), "--format", "json"});
  EXPECT_EQ(result.exitCode, 0);
  EXPECT_EQ(test::schemaViolation(result.output, "history.schema.json"), "");
  const auto cut =
      nlohmann::json::parse(run({"history", m_file.string(), "--since", "-30s", "--format", "json"}).output);
  EXPECT_EQ(cut["spans"][0]["from"], "2025-12-03T14:01:30.000Z");
  EXPECT_EQ(cut["moments"].size(), 1U);
}

TEST_F(HistoryCommand, ANoteHasTheTimeThatItSays) {
  const auto result = run({"history", m_project, "--note", "14:01 restarted staging"});
  EXPECT_EQ(result.exitCode, 0) << result.errors;
  const auto events = overviewOf(*reading(m_file)).events;
  const auto note = std::ranges::find(events, EventKind::note, &Event::kind);
  ASSERT_NE(note, events.end());
  EXPECT_EQ(note->at, second(60));
  EXPECT_EQ(note->text, "restarted staging");
}

TEST_F(HistoryCommand, TheStateOfATimeSaysOfWhenItIs) {
  const auto broken = run({"snapshot", m_project, "--at", "14:01:30", "--side", "after"});
  EXPECT_EQ(broken.exitCode, 1) << broken.errors;
  EXPECT_TRUE(holds(broken.output, "unchanged since 2025-12-03T14:01:00.000Z.\n")) << broken.output;
  const auto fixed =
      run({"snapshot", m_project, "--at", "2025-12-03T20:00:00Z", "--side", "after", "--format", "json"});
  EXPECT_TRUE(holds(fixed.errors, "Nobody watched at that time: not after 2025-12-03T14:02:00.000Z")) << fixed.errors;
  EXPECT_EQ(test::schemaViolation(fixed.output, "snapshot.schema.json"), "");
  EXPECT_EQ(nlohmann::json::parse(fixed.output)["verdict"]["kind"], "single-source");
  const auto both = run({"snapshot", m_project, "--at", "-1s", "--format", "json"});
  EXPECT_EQ(nlohmann::json::parse(both.output)["format"], "whichbase/comparison");
}

TEST_F(HistoryCommand, WhatCannotBeAnsweredIsASentenceAndTwo) {
  for (const auto& arguments : {std::vector<std::string>{"history", "nowhere.whichbase"},
                                {"history", m_project, "--since", "yesterday"},
                                {"snapshot", m_project, "--at", "2020-01-01T00:00:00Z"},
                                {"snapshot", m_project, "--at", "25:61"},
                                {"history", m_project, "--copy", "/no/where/copy.whichbase"},
                                {"snapshot", m_project}}) {
    const auto result = run(arguments);
    EXPECT_EQ(result.exitCode, 2) << arguments.back();
    EXPECT_FALSE(result.errors.empty());
    EXPECT_EQ(result.output, "");
  }
}

TEST_F(HistoryCommand, ACopyCanBeSent) {
  const auto copy = m_folder.path() / "copy.whichbase";
  EXPECT_EQ(run({"history", m_project, "--copy", copy.string()}).exitCode, 0);
  EXPECT_EQ(run({"history", copy.string()}).output, run({"history", m_project}).output);
}

} // namespace
} // namespace whichbase::history
