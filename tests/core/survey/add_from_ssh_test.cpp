// whichbase-cli add-from-ssh, from nothing to a verdict: a real sshd, real processes there, a real PostgreSQL.

#include "demo/throwaway_cluster.h"
#include "far_side.h"
#include "project/project.h"
#include "support/paths.h"

#include <fstream>
#include <sstream>

namespace whichbase::test {
namespace {

class AddFromSsh : public FarSide {
protected:
  static demo::ThrowawayCluster& cluster() {
    static const auto made = demo::ThrowawayCluster::create({});
    EXPECT_TRUE(made) << made.error().text;
    return **made;
  }

  std::string url() { return cluster().url("postgres"); }

  RunOptions options() const {
    RunOptions options;
    options.environment = {{"XDG_STATE_HOME", (folder() / "state").string()}};
    return options;
  }

  RunResult run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), commandLineProgram().string());
    auto result = runProgram(arguments, options());
    EXPECT_EQ((result.output + result.errors).find(cluster().password()), std::string::npos);
    return result;
  }

  std::string projectFile() const { return (folder() / "prod.whichbase.toml").string(); }

  std::string projectText() const {
    std::ifstream file(projectFile());
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
};

TEST_F(AddFromSsh, FromNothingToAVerdict) {
  startProcess("wb-backend", {{"DATABASE_URL", url()}});
  startProcess("wb-dashboard", {{"DB_HOST", "localhost"},
                                {"DB_PORT", std::to_string(cluster().port())},
                                {"DB_USER", "postgres"},
                                {"DB_PASSWORD", cluster().password()},
                                {"DB_NAME", "postgres"}});
  const auto added = run({"add-from-ssh", sshd().words(), projectFile(), "--only", "wb-backend", "wb-dashboard"});
  EXPECT_EQ(added.exitCode, 0) << added.errors;
  EXPECT_NE(added.output.find("2 servers were added to"), std::string::npos) << added.output;
  EXPECT_NE(added.errors.find("Next: whichbase-cli probe "), std::string::npos) << added.errors;
  EXPECT_EQ(projectText().find(cluster().password()), std::string::npos);

  // It was made here and shown, so nobody has to agree once more.
  const auto probed = run({"probe", projectFile()});
  EXPECT_EQ(probed.exitCode, 0) << probed.output << probed.errors;
  EXPECT_NE(probed.output.find("Both configurations lead to A"), std::string::npos) << probed.output;
}

TEST_F(AddFromSsh, WithoutATerminalItWantsToKnowWhich) {
  startProcess("wb-backend", {{"DATABASE_URL", url()}});
  const auto result = run({"add-from-ssh", sshd().words(), projectFile()});
  EXPECT_EQ(result.exitCode, 2);
  EXPECT_NE(result.errors.find("wb-backend (process), DATABASE_URL"), std::string::npos) << result.errors;
  EXPECT_NE(result.errors.find("--all or --only NAME"), std::string::npos) << result.errors;
  EXPECT_FALSE(std::filesystem::exists(projectFile()));
}

TEST_F(AddFromSsh, OnATerminalItAsks) {
  startProcess("wb-backend", {{"DATABASE_URL", url()}});
  const auto list = run({"add-from-ssh", sshd().words(), projectFile(), "--list"});
  EXPECT_EQ(list.exitCode, 0);
  std::string number;
  std::istringstream lines(list.output);
  for (std::string line; std::getline(lines, line);)
    if (line.find("wb-backend") != std::string::npos)
      std::istringstream(line) >> number;
  const auto result =
      runOnTerminal({commandLineProgram().string(), "add-from-ssh", sshd().words(), projectFile()},
                    {{"Which are to be added?", "9999\n"}, {"Numbers from 1 to", number + "\n"}}, options());
  EXPECT_EQ(result.exitCode, 0) << result.output;
  const auto project = project::load(projectFile());
  ASSERT_TRUE(project) << project.error().text;
  EXPECT_EQ(project->title, "prod");
  ASSERT_EQ(project->servers.size(), 1U);
  EXPECT_EQ(project->servers.front().name, "wb-backend");
}

TEST_F(AddFromSsh, AnExistingProjectKeepsWhatItHas) {
  startProcess("wb-backend", {{"DATABASE_URL", url()}});
  std::ofstream(projectFile())
      << "[project]\ntitle = \"Shop\"\n[[server]]\nname = \"wb-backend\"\nurl = \"postgresql://a@b/c\"\n";
  const auto result = run({"add-from-ssh", sshd().words(), projectFile(), "--only", "wb-backend"});
  EXPECT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_NE(result.errors.find("The project has another wb-backend: this one is called wb-backend on prod."),
            std::string::npos)
      << result.errors;
  const auto project = project::load(projectFile());
  ASSERT_TRUE(project);
  EXPECT_EQ(project->title, "Shop");
  EXPECT_EQ(project->servers.front().present->url, "postgresql://a@b/c");
  const auto again = run({"add-from-ssh", sshd().words(), projectFile(), "--only", "wb-backend"});
  EXPECT_NE(again.errors.find("is in the project already, as wb-backend on prod"), std::string::npos) << again.errors;
}

TEST_F(AddFromSsh, WhereSomebodyHasToLogInItSaysHow) {
  sshd().forgetHostKey();
  const auto result = run({"add-from-ssh", sshd().words(), projectFile(), "--all"});
  EXPECT_EQ(result.exitCode, 2);
  EXPECT_NE(result.errors.find("Log in there on a terminal first"), std::string::npos) << result.errors;
  EXPECT_NE(result.errors.find("ssh "), std::string::npos);
}

TEST_F(AddFromSsh, AHostThatIsNoneIsRefused) {
  const auto result = run({"add-from-ssh", "prod; touch x", projectFile(), "--all"});
  EXPECT_EQ(result.exitCode, 2);
  EXPECT_NE(result.errors.find("type what you would type behind"), std::string::npos) << result.errors;
}

} // namespace
} // namespace whichbase::test
