// whichbase-cli verify, as people run it.
#include "support/paths.h"
#include "support/run_program.h"
#include "test_row_fixture.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace whichbase::test {
namespace {

class VerifyCommand : public TestRow {
protected:
  VerifyCommand() { m_journalFolder = m_folder.path() / "state/whichbase/test-rows"; }
  std::string project(const std::vector<std::pair<std::string, std::string>>& servers,
                      const std::string& environment = {}) {
    std::string text = "[project]\ntitle = \"TovPlay\"\n";
    for (const auto& [name, database] : servers)
      text +=
          fmt::format("\n[[server]]\nname = \"{}\"\nurl = \"{}\"\nvia = \"direct\"\n{}", name, shared().url(database),
                      environment.empty() ? "" : fmt::format("environment = \"{}\"\n", environment));
    return m_folder.write("tovplay.whichbase.toml", text).string();
  }
  RunOptions prepared(RunOptions options = {}) const {
    options.environment["XDG_STATE_HOME"] = (m_folder.path() / "state").string();
    options.environment["XDG_CONFIG_HOME"] = (m_folder.path() / "config").string();
    options.environment["LC_ALL"] = "C.UTF-8";
    options.environment["TERM"] = "xterm";
    return options;
  }
  RunResult run(std::vector<std::string> arguments, const RunOptions& options = {}) {
    arguments.insert(arguments.begin(), {commandLineProgram().string(), "verify"});
    auto result = runProgram(arguments, prepared(options));
    EXPECT_FALSE(holds(result.output + result.errors, shared().password()));
    return result;
  }
};

TEST_F(VerifyCommand, ATestRowThatAllSeeEndsWithNothing) {
  const std::string database = newDatabase(usersTable);
  const std::string file = project({{"Backend", database}, {"Dashboard", database}});
  for (const char* place : {"own-table", "users"}) {
    const auto result = run({file, "--canary", place, "--yes"});
    EXPECT_EQ(result.exitCode, 0) << result.output << result.errors;
    EXPECT_TRUE(holds(result.errors, "INSERT INTO")) << result.errors; // the plan was shown
    EXPECT_TRUE(holds(result.output, "seen by both")) << result.output;
    EXPECT_EQ(entries(), 0U);
    expectNothingLeft(database);
  }
  const auto json = run({file, "--canary", "own-table", "--yes", "--format", "json"});
  EXPECT_EQ(json.exitCode, 0) << json.errors;
  EXPECT_EQ(schemaViolation(json.output, "verification.schema.json"), "");
}

TEST_F(VerifyCommand, ASplitIsFoundByTheRowThatOneDoesNotSee) {
  const std::string database = newDatabase(usersTable);
  const std::string file = project({{"Backend", database}, {"Dashboard", newDatabase(usersTable)}});
  const auto result = run({file, "--canary", "users", "--yes"});
  EXPECT_EQ(result.exitCode, 1) << result.output << result.errors;
  EXPECT_TRUE(holds(result.output, "Dashboard did not see it")) << result.output;
  expectNothingLeft(database);
}

TEST_F(VerifyCommand, NothingIsWrittenUntilSomebodyAgrees) {
  const std::string database = newDatabase(usersTable);
  const std::string file = project({{"Backend", database}});
  auto result = run({file, "--canary", "users"});
  EXPECT_EQ(result.exitCode, 2) << result.output << result.errors;
  EXPECT_TRUE(holds(result.errors, "nobody has agreed")) << result.errors;
  result = run({file, "--canary", "users", "--show-plan"});
  EXPECT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_TRUE(holds(result.output, "INSERT INTO public.users (email, name)")) << result.output;
  EXPECT_EQ(sql(database, "SELECT is_called FROM public.users_id_seq"), "f\n");
  result = runOnTerminal({commandLineProgram().string(), "verify", file, "--canary", "users"}, {{"[y/N]", "n\n"}},
                         prepared());
  EXPECT_EQ(result.exitCode, 2) << result.output;
  EXPECT_EQ(sql(database, "SELECT is_called FROM public.users_id_seq"), "f\n");
  result = runOnTerminal({commandLineProgram().string(), "verify", file, "--canary", "users"}, {{"[y/N]", "y\n"}},
                         prepared());
  EXPECT_EQ(result.exitCode, 0) << result.output;
  expectNothingLeft(database);
}

TEST_F(VerifyCommand, ProductionWantsTheProjectsName) {
  const std::string database = newDatabase(usersTable);
  const std::string file = project({{"Backend", database}}, "production");
  auto result = run({file, "--canary", "users", "--yes"});
  EXPECT_EQ(result.exitCode, 2) << result.output << result.errors;
  EXPECT_TRUE(holds(result.errors, "--project-name")) << result.errors;
  result = run({file, "--canary", "users", "--yes", "--project-name", "tovplay"});
  EXPECT_EQ(result.exitCode, 2) << result.output << result.errors;
  EXPECT_EQ(sql(database, "SELECT is_called FROM public.users_id_seq"), "f\n");
  result = run({file, "--canary", "users", "--yes", "--project-name", "TovPlay"});
  EXPECT_EQ(result.exitCode, 0) << result.output << result.errors;
  result = runOnTerminal({commandLineProgram().string(), "verify", file, "--canary", "own-table", "--yes"},
                         {{"to go on: ", "no\n"}}, prepared());
  EXPECT_EQ(result.exitCode, 2) << result.output;
  result = runOnTerminal({commandLineProgram().string(), "verify", file, "--canary", "own-table"},
                         {{"to go on: ", "TovPlay\n"}}, prepared());
  EXPECT_EQ(result.exitCode, 0) << result.output;
  expectNothingLeft(database);
}

TEST_F(VerifyCommand, ATemplateIsCompletedInAFile) {
  const std::string database =
      newDatabase("CREATE TABLE public.users (email text PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('a', 'b')));");
  const std::string file = project({{"Backend", database}});
  auto result = run({file, "--canary", "users", "--yes"});
  EXPECT_EQ(result.exitCode, 1) << result.output << result.errors;
  EXPECT_TRUE(holds(result.errors, "--insert-sql")) << result.errors;
  result = run({file, "--canary", "users", "--show-plan"});
  const std::size_t start = result.output.find("INSERT INTO");
  ASSERT_NE(start, std::string::npos) << result.output;
  std::string insert = result.output.substr(start, result.output.find(";\n", start) - start);
  insert.replace(insert.rfind("NULL"), 4, "'b'");
  const auto completed = m_folder.write("insert.sql", insert).string();
  result = run({file, "--canary", "users", "--yes", "--insert-sql", completed});
  EXPECT_EQ(result.exitCode, 0) << result.output << result.errors;
  expectNothingLeft(database);
  // Without the token, or with a second statement, nothing is written.
  RunOptions piped;
  piped.input = "INSERT INTO public.users VALUES ('me', 'a')";
  result = run({file, "--canary", "users", "--yes", "--insert-sql", "-"}, piped);
  EXPECT_EQ(result.exitCode, 1) << result.output << result.errors;
  piped.input = insert + "; DROP TABLE public.users";
  result = run({file, "--canary", "users", "--yes", "--insert-sql", "-"}, piped);
  EXPECT_EQ(result.exitCode, 1) << result.output << result.errors;
  EXPECT_TRUE(holds(result.errors, "more than one statement")) << result.errors;
  EXPECT_EQ(sql(database, "SELECT count(*) FROM public.users"), "0\n");
}

TEST_F(VerifyCommand, WhatWasLeftBehindIsToldByAProbeAndRemovedByTheNextStart) {
  const std::string database = newDatabase(usersTable);
  const std::string file = project({{"Backend", database}});
  const Participants all{participant("Backend", database)};
  for (const bool clean : {true, false}) {
    const auto made = usersPlan(all);
    verify::JournalEntry entry;
    entry.token = made.token;
    entry.project = verify::projectPath(file);
    entry.server = "Backend";
    entry.address = fmt::format("127.0.0.1:{}/{}", shared().port(), database);
    entry.systemIdentifier = made.systemIdentifier;
    entry.oid = made.oid;
    entry.relation = made.relation;
    entry.isInserted = true;
    entry.removeSql = made.removeSql;
    entry.presentSql = made.presentSql;
    entry.at = topology::now();
    {
      verify::Journal journal(m_journalFolder);
      ASSERT_TRUE(journal.write(entry));
    }
    sql(database, made.insertSql);
    const auto probed = runProgram({commandLineProgram().string(), "probe", file}, prepared());
    EXPECT_TRUE(holds(probed.errors, "--clean")) << probed.errors;
    const auto result = clean ? run({file, "--clean"}) : run({file});
    EXPECT_EQ(result.exitCode, 0) << result.output << result.errors;
    EXPECT_TRUE(holds(result.errors, "was left behind and has been removed")) << result.errors;
    EXPECT_EQ(entries(), 0U);
    expectNothingLeft(database);
  }
}

TEST_F(VerifyCommand, WithoutACanaryNothingIsWritten) {
  const std::string database = newDatabase(usersTable);
  const std::string before = sql(database, "SELECT pg_current_xact_id()::text::bigint");
  const auto result = run({project({{"Backend", database}, {"Dashboard", database}})});
  EXPECT_EQ(result.exitCode, 0) << result.output << result.errors;
  const auto apart = run({project({{"Backend", database}, {"Dashboard", newDatabase()}})});
  EXPECT_EQ(apart.exitCode, 1) << apart.output << apart.errors;
  const auto wrong = run({project({{"Backend", database}}), "--yes"});
  EXPECT_EQ(wrong.exitCode, 2) << wrong.output << wrong.errors;
}

} // namespace
} // namespace whichbase::test
