#include "cli_fixture.h"

using namespace whichbase::test;
using whichbase::test::CommandLine;

namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_F(CommandLine, DemoOncePlaysBothActsAndPrintsTheComparison) {
  const auto result = run({"demo", "--once"});
  EXPECT_EQ(result.exitCode, 0) << result.errors;
  for (const char* part : {"BEFORE", "AFTER", "22 users", "1 user", "was A", "left-behind", "triggers-missing"})
    EXPECT_TRUE(holds(result.output, part)) << part << "\n" << result.output;
  EXPECT_EQ(result.errors, "");
}

TEST_F(CommandLine, DemoOnATerminalWaitsBetweenTheActs) {
  const auto result = runOnTerminal({"demo"}, {{"Press Enter", "\n"}});
  EXPECT_EQ(result.exitCode, 0) << result.output;
  EXPECT_LT(result.output.find("NOW"), result.output.find("Press Enter"));
  EXPECT_TRUE(holds(result.output.substr(result.output.find("Press Enter")), "AFTER")) << result.output;
}

TEST_F(CommandLine, InterruptedDemoEndsSoon) {
  RunOptions options;
  options.interruptAfter = 1;
  const auto result = run({"demo", "--once"}, options);
  EXPECT_EQ(result.exitCode, 130) << result.errors;
  EXPECT_EQ(result.output, "");
}
