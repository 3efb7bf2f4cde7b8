#include "cli_fixture.h"

#include <fstream>

using namespace whichbase::test;
using whichbase::test::CommandLine;

TEST_F(CommandLine, NewProjectIsRefusedWithTheListWhereNobodyCanBeAsked) {
  const auto result = run({"probe", incidentProject()});
  EXPECT_EQ(result.exitCode, 2);
  EXPECT_EQ(result.output, "");
  EXPECT_TRUE(holds(result.errors, "LOCAL_PASSWORD to 127.0.0.1:" + std::to_string(local().port()))) << result.errors;
  EXPECT_TRUE(holds(result.errors, "EXTERNAL_PASSWORD to 127.0.0.1:" + std::to_string(external().port())));
  EXPECT_TRUE(holds(result.errors, "--trust"));
}

TEST_F(CommandLine, AgreementOnATerminalIsRememberedByContent) {
  const auto asked = runOnTerminal({"probe", singleSourceProject()}, {{"[y/N] ", "y\n"}});
  EXPECT_EQ(asked.exitCode, 0) << asked.output;
  EXPECT_EQ(run({"probe", singleSourceProject()}).exitCode, 0);
  // The same secret for another host is another agreement.
  auto text = read("single.whichbase.toml");
  text.replace(text.find("127.0.0.1"), 9, "localhost");
  const auto changed = run({"probe", write("single.whichbase.toml", text)});
  EXPECT_EQ(changed.exitCode, 2);
  EXPECT_TRUE(holds(changed.errors, "EXTERNAL_PASSWORD to localhost:")) << changed.errors;
  EXPECT_FALSE(holds(changed.errors, "EXTERNAL_PASSWORD to 127.0.0.1:")) << changed.errors;
}

TEST_F(CommandLine, RefusalOnATerminalConnectsToNothing) {
  const auto asked = runOnTerminal({"probe", singleSourceProject()}, {{"[y/N] ", "\n"}});
  EXPECT_EQ(asked.exitCode, 2);
  EXPECT_TRUE(holds(asked.output, "nothing was run or connected to")) << asked.output;
  EXPECT_EQ(run({"probe", singleSourceProject()}).exitCode, 2);
}

TEST_F(CommandLine, AgreementIsKeptInAFileOfTheUserAlone) {
  run({"probe", singleSourceProject(), "--trust"});
  const auto mode = std::filesystem::status(path("state/whichbase/trusted")).permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(run({"probe", singleSourceProject()}).exitCode, 0);
}
