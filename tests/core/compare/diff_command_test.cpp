// whichbase-cli diff in the reference incident, on real clusters.
#include "compare_fixture.h"
#include "demo/incident.h"
#include "history/history.h"
#include "support/paths.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

namespace whichbase::test {
namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class DiffCommand : public testing::Test {
protected:
  static void SetUpTestSuite() {
    auto started = demo::Incident::start({});
    ASSERT_TRUE(started) << (started ? "" : started.error().text);
    s_incident = std::move(*started);
  }
  static void TearDownTestSuite() { s_incident.reset(); }

  static demo::Incident& incident() { return *s_incident; }
  RunResult run(std::vector<std::string> words) {
    words.insert(words.begin(), {commandLineProgram().string(), "diff", incident().projectFile().string(), "--trust"});
    RunOptions options;
    options.environment = {{"XDG_STATE_HOME", (folder.path() / "state").string()},
                           {"XDG_CONFIG_HOME", (folder.path() / "config").string()},
                           {"LC_ALL", "C.UTF-8"},
                           {"LOCAL_PASSWORD", *incident().secret("LOCAL_PASSWORD")},
                           {"EXTERNAL_PASSWORD", *incident().secret("EXTERNAL_PASSWORD")}};
    options.seconds = 300;
    return runProgram(words, options);
  }
  std::string file(const std::string& name) const { return (folder.path() / name).string(); }

  TemporaryFolder folder;

private:
  static inline std::unique_ptr<demo::Incident> s_incident;
};

TEST_F(DiffCommand, TheMissingUsersAreFound) {
  const auto result = run({"--from", "A", "--to", "B"});
  EXPECT_EQ(result.exitCode, 1) << result.errors;
  EXPECT_TRUE(holds(result.output, "public.\"User\": 22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both"))
      << result.output;
  EXPECT_TRUE(holds(result.output, "SCHEMA: 8 tables, 1 function and 3 triggers only in A")) << result.output;
  for (const char* missing :
       {"table public.audit_log", "trigger protect_users of public.\"User\"", "function public.refuse_removal()"})
    EXPECT_TRUE(holds(result.output, missing)) << missing;
  EXPECT_FALSE(holds(result.output, "amberfox")) << "a value that nobody asked for";
}

TEST_F(DiffCommand, ServersNamesWorkAsLettersDo) {
  const auto result = run({"--from", "Dashboard", "--to", "Production Backend", "--schema-only"});
  EXPECT_EQ(result.exitCode, 1) << result.errors;
  EXPECT_TRUE(holds(result.output, "only in A")) << result.output;
}

TEST_F(DiffCommand, ADatabaseIsEqualToItself) {
  const auto result = run({"--from", "Dashboard", "--to", "Staging Backend", "--all-tables"});
  EXPECT_EQ(result.exitCode, 0) << result.output << result.errors;
  EXPECT_TRUE(holds(result.errors, "Both are database B.")) << result.errors;
}

TEST_F(DiffCommand, KeysOnRequestAndHashedOnRequest) {
  auto result = run({"--from", "A", "--to", "B", "--keys", "3", "--format", "json"});
  EXPECT_EQ(result.exitCode, 1) << result.errors;
  EXPECT_EQ(schemaViolation(result.output, "diff.schema.json"), "");
  auto rows = nlohmann::json::parse(result.output)["rows"][0]["result"];
  EXPECT_EQ(rows["only_in_from"], 21);
  ASSERT_EQ(rows["named_only_in_from"].size(), 3U);
  for (const auto& row : rows["named_only_in_from"]) {
    const int id = std::stoi(row["key"][0].get<std::string>());
    EXPECT_TRUE(id >= 2 && id <= 22) << id;
  }
  result = run({"--from", "A", "--to", "B", "--keys", "3", "--hash-keys", "--show", "username", "--format", "json"});
  rows = nlohmann::json::parse(result.output)["rows"][0]["result"];
  EXPECT_EQ(rows["named_only_in_from"][0]["key"][0].get<std::string>().size(), 16U);
  EXPECT_NE(rows["named_only_in_from"][0]["from"]["username"], "amberfox") << "who is in both";
  EXPECT_GE(rows["named_only_in_from"][0]["from"]["username"].get<std::string>().size(), 6U);
}

TEST_F(DiffCommand, AKeptInventoryIsComparedAndItsRowsAreNot) {
  ASSERT_EQ(run({"--from", "A", "--to", "B", "--schema-only", "--keep-inventory", file("a.json")}).exitCode, 1);
  EXPECT_EQ(schemaViolation(
                [&] {
                  std::ifstream stream(file("a.json"));
                  return std::string(std::istreambuf_iterator<char>(stream), {});
                }(),
                "schema.schema.json"),
            "");
  const auto same = run({"--from", file("a.json"), "--to", "A", "--schema-only"});
  EXPECT_EQ(same.exitCode, 0) << same.output << same.errors;
  const auto rows = run({"--from", file("a.json"), "--to", "A"});
  EXPECT_EQ(rows.exitCode, 3) << rows.output << rows.errors;
  EXPECT_TRUE(holds(rows.output, "there is a recording without rows")) << rows.output;
}

TEST_F(DiffCommand, ASnapshotKnowsOnlyTablesAndTriggers) {
  RunOptions options;
  options.environment = {{"XDG_STATE_HOME", (folder.path() / "state").string()},
                         {"LOCAL_PASSWORD", *incident().secret("LOCAL_PASSWORD")},
                         {"EXTERNAL_PASSWORD", *incident().secret("EXTERNAL_PASSWORD")}};
  runProgram({commandLineProgram().string(), "probe", incident().projectFile().string(), "--trust", "--side", "after",
              "--output", file("now.json")},
             options);
  const auto same = run({"--from", file("now.json") + ":A", "--to", "A", "--schema-only"});
  EXPECT_EQ(same.exitCode, 3) << same.output << same.errors;
  EXPECT_TRUE(holds(same.output, "SCHEMA: no difference in what could be compared")) << same.output;
  const auto other = run({"--from", file("now.json") + ":A", "--to", "B", "--schema-only"});
  EXPECT_EQ(other.exitCode, 1) << other.errors;
  EXPECT_TRUE(holds(other.output, "SCHEMA: 8 tables and 3 triggers only in")) << other.output;
}

TEST_F(DiffCommand, WhatCannotBeUsedIsSaidSo) {
  EXPECT_EQ(run({"--from", "A", "--to", "Z"}).exitCode, 3);
  EXPECT_EQ(run({"--from", "A", "--to", file("none.json")}).exitCode, 2);
  EXPECT_EQ(run({"--from", "A", "--to", "B", "--schema-only", "--all-tables"}).exitCode, 2);
  EXPECT_EQ(run({"--from", "A", "--to", "B", "--show", "email"}).exitCode, 2);
  const auto result = run({"--from", "A", "--to", "B", "--table", "public.nowhere"});
  EXPECT_EQ(result.exitCode, 1) << "the schemas differ";
  EXPECT_TRUE(holds(result.output, "public.nowhere: not compared")) << result.output;
}

} // namespace
} // namespace whichbase::test
