// The man page and the shells' completions, made from the program's own help.
#include "cli_fixture.h"

#include <fmt/format.h>

using namespace whichbase::test;

namespace {

// As troff prints a hyphen that can be copied.
std::string withHyphens(std::string text) {
  for (std::size_t dash = 0; (dash = text.find('-', dash)) != std::string::npos; dash += 2)
    text.replace(dash, 1, "\\-");
  return text;
}

// What bash would offer for a command line, with the cursor at its end.
std::vector<std::string> offered(const std::string& completion, const std::vector<std::string>& words) {
  std::string script = completion + "COMP_WORDS=(";
  for (const auto& word : words)
    script += fmt::format("'{}' ", word);
  script += fmt::format("); COMP_CWORD={}; _whichbase_cli; printf '%s\\n' \"${{COMPREPLY[@]}}\"", words.size() - 1);
  const auto result = runProgram({"bash", "-c", script});
  EXPECT_EQ(result.exitCode, 0) << result.errors;
  std::vector<std::string> lines(1);
  for (const char character : result.output)
    if (character == '\n')
      lines.emplace_back();
    else
      lines.back() += character;
  lines.pop_back();
  return lines;
}

} // namespace

TEST_F(CommandLine, TheManPageHasEveryCommandAndOption) {
  const auto page = run({"--documentation", "man"});
  ASSERT_EQ(page.exitCode, 0) << page.errors;
  EXPECT_TRUE(page.output.starts_with(".TH WHICHBASE\\-CLI 1 ")) << page.output.substr(0, 80);
  const auto help = run({"--help-all"});
  // Commands begin a line, options follow two or four spaces and two hyphens.
  std::size_t commands = 0, options = 0;
  for (std::size_t at = help.output.find("\nSubcommands:"); at != std::string::npos;
       at = help.output.find('\n', at + 1)) {
    const std::string line = help.output.substr(at + 1, help.output.find('\n', at + 1) - at - 1);
    if (line.starts_with("Exit codes"))
      break;
    if (!line.empty() && line.front() >= 'a' && line.front() <= 'z' && line.find(' ') == std::string::npos) {
      EXPECT_TRUE(holds(page.output, fmt::format(".SS \\fB{}\\fR", withHyphens(line)))) << line;
      ++commands;
    } else if (line.starts_with("    --")) {
      const std::string name = line.substr(6, line.find_first_of(" ,", 6) - 6);
      EXPECT_TRUE(holds(page.output, fmt::format("\\fB\\-\\-{}\\fR", withHyphens(name)))) << name;
      ++options;
    }
  }
  EXPECT_GE(commands, 10U);
  EXPECT_GE(options, 30U);
}

TEST_F(CommandLine, BashCompletesCommandsOptionsAndChoices) {
  const auto completion = run({"--documentation", "bash"}).output;
  EXPECT_EQ(offered(completion, {"whichbase-cli", "prob"}), std::vector<std::string>{"probe"});
  EXPECT_EQ(offered(completion, {"whichbase-cli", "probe", "--side", ""}),
            (std::vector<std::string>{"before", "after", "both"}));
  EXPECT_EQ(offered(completion, {"whichbase-cli", "probe", "--conc"}), std::vector<std::string>{"--concurrency"});
}

TEST_F(CommandLine, OtherShellsGetEveryCommandToo) {
  const auto zsh = run({"--documentation", "zsh"}).output;
  const auto fish = run({"--documentation", "fish"}).output;
  EXPECT_TRUE(zsh.starts_with("#compdef whichbase-cli\n"));
  EXPECT_TRUE(holds(zsh, "'probe:Probe the servers of a project"));
  EXPECT_TRUE(holds(fish, "complete -c whichbase-cli -f -n __fish_use_subcommand -a probe -d "));
  EXPECT_TRUE(holds(fish, "-l side -x -a 'before after both'"));
}

TEST_F(CommandLine, DocumentationOfAnUnknownKindIsRefused) {
  EXPECT_EQ(run({"--documentation", "tcsh"}).exitCode, 2);
}
