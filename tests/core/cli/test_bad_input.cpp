#include "cli_fixture.h"

using namespace whichbase::test;
using whichbase::test::CommandLine;

TEST_F(CommandLine, BadProjectFilesAreNamedWithTheirMistake) {
  const auto check = [&](const std::string& file, const std::string& expected) {
    const auto result = run({"probe", file, "--trust"});
    EXPECT_EQ(result.exitCode, 2) << file;
    EXPECT_EQ(result.output, "");
    EXPECT_TRUE(holds(result.errors, expected)) << result.errors;
  };
  check(path("missing.toml"), "missing.toml");
  check(write("empty.toml", ""), "empty.toml");
  check(write("not.toml", "{\"servers\": 3}"), "not.toml:1:");
  check(write("key.toml", "[[server]]\nname = \"A\"\nurll = \"postgresql://u@127.0.0.1/d\"\n"), "key.toml:3:");
  check(write("twice.toml", "[[server]]\nname = \"A\"\nurl = \"postgresql://u@203.0.113.1/d\"\n"
                            "[[server]]\nname = \"A\"\nurl = \"postgresql://u@203.0.113.2/d\"\n"),
        "twice.toml:");
  check("/tmp", "/tmp");
}

TEST_F(CommandLine, BadSnapshotFilesAreNamedWithWhatToDo) {
  const auto good = write("good.json", R"({"format": "whichbase/snapshot", "version": 1, "title": "T", "side": "before",
    "started_at": "2026-01-01T00:00:00.000Z", "finished_at": "2026-01-01T00:00:00.000Z",
    "servers": [], "databases": []})");
  EXPECT_NE(run({"compare", good, good}).exitCode, 2);
  const auto check = [&](const std::string& file, const std::string& expected) {
    const auto result = run({"compare", file, good});
    EXPECT_EQ(result.exitCode, 2) << file;
    EXPECT_EQ(result.output, "");
    EXPECT_TRUE(holds(result.errors, expected)) << result.errors;
  };
  check(write("cut.json", read("good.json").substr(0, 100)), "cut.json is cut off");
  check(write("newer.json", R"({"format": "whichbase/snapshot", "version": 9})"), "version 9, written by a newer");
  check(write("text.json", "hello"), "text.json:1:1: this is not JSON");
  check(write("other.json", R"({"format": "whichbase/comparison", "version": 1})"), "is a comparison");
  check(path("gone.json"), "there is no such file");
  check("/tmp", "is a folder");
}

TEST_F(CommandLine, UsageErrorsEndWithTwoAndShowNoPassword) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{},
        {"nonsense"},
        {"probe"},
        {"probe", "x", "--side", "left"},
        {"probe", "x", "--format", "yaml"},
        {"probe", "x", "--deadline", "soon"},
        {"compare", "one.json"},
        {"same", "postgresql://u:" + local().password() + "@127.0.0.1/d"},
        {"explain", "postgresql://u@h/d", "postgresql://u:" + local().password() + "@127.0.0.1/d"}}) {
    const auto result = run(arguments);
    EXPECT_EQ(result.exitCode, 2) << result.errors;
    EXPECT_EQ(result.output, "");
    EXPECT_TRUE(holds(result.errors, "--help")) << result.errors;
  }
}

TEST_F(CommandLine, SideBeforeOfAProjectWithoutOneSaysSo) {
  const auto result = run({"probe", singleSourceProject(), "--trust", "--side", "before"});
  EXPECT_EQ(result.exitCode, 2);
  EXPECT_TRUE(holds(result.errors, "has no before side")) << result.errors;
}

TEST_F(CommandLine, HelpAndVersionArePrinted) {
  const auto help = run({"--help"});
  EXPECT_EQ(help.exitCode, 0);
  for (const char* command : {"probe", "compare", "explain", "same", "demo", "Exit codes"})
    EXPECT_TRUE(holds(help.output, command)) << command;
  EXPECT_TRUE(holds(run({"probe", "--help"}).output, "--per-endpoint"));
  const auto version = run({"--version"});
  EXPECT_EQ(version.exitCode, 0);
  EXPECT_TRUE(holds(version.output, "whichbase-cli ")) << version.output;
}
