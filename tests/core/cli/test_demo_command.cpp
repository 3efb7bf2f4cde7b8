#include "cli_fixture.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace whichbase::test;
using whichbase::test::CommandLine;

namespace {

// Folders and processes that a demo of this process id left behind.
std::string leftBy(int pid) {
  std::string left;
  const std::string name = "whichbase-demo-" + std::to_string(pid) + "-";
  for (const char* folder : std::initializer_list<const char*>{"/tmp", ::getenv("XDG_RUNTIME_DIR"), ::getenv("TMPDIR")})
    if (folder && std::filesystem::is_directory(folder))
      for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().filename().string().starts_with(name))
          left += entry.path().string() + "\n";
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream stream(entry.path() / "cmdline");
    const std::string command(std::istreambuf_iterator<char>(stream), {});
    if (command.find(name) != std::string::npos)
      left += command + "\n";
  }
  return left;
}

} // namespace

TEST_F(CommandLine, DemoOncePlaysBothActsAndPrintsTheComparison) {
  const auto result = run({"demo", "--once"});
  EXPECT_EQ(result.exitCode, 0) << result.errors;
  for (const char* part : {"BEFORE", "AFTER", "22 users", "1 user", "was A", "left-behind", "triggers-missing"})
    EXPECT_TRUE(holds(result.output, part)) << part << "\n" << result.output;
  EXPECT_EQ(result.errors, "");
  EXPECT_EQ(leftBy(result.pid), "");
}

TEST_F(CommandLine, DemoOnATerminalWaitsBetweenTheActs) {
  const auto result = runOnTerminal({"demo"}, {{"Press Enter", "\n"}});
  EXPECT_EQ(result.exitCode, 0) << result.output;
  EXPECT_LT(result.output.find("BEFORE"), result.output.find("Press Enter"));
  EXPECT_TRUE(holds(result.output.substr(result.output.find("Press Enter")), "AFTER")) << result.output;
}

TEST_F(CommandLine, InterruptedDemoEndsSoonAndLeavesNothing) {
  for (const double seconds : {0.3, 1.5, 3.0}) {
    RunOptions options;
    options.interruptAfter = seconds;
    const auto result = runOnTerminal({"demo"}, {}, options);
    EXPECT_EQ(result.exitCode, 130) << result.output;
    EXPECT_LT(result.seconds, seconds + 8); // on a busy computer
    EXPECT_EQ(leftBy(result.pid), "");
  }
}
