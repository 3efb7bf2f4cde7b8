// Real processes behind a real sshd: what the survey finds of them, and that they are found again.

#include "far_side.h"

namespace whichbase::test {
namespace {

constexpr auto url = "postgresql://shop:pencil-7731@db.example.org:5432/shop";

std::vector<std::string> namesIn(const imports::Survey& survey, const std::string& part) {
  std::vector<std::string> names;
  for (const auto& candidate : survey.candidates)
    if (candidate.name.find(part) != std::string::npos)
      names.push_back(candidate.name);
  return names;
}

TEST_F(FarSide, AProcessWithADatabaseVariableIsFound) {
  startProcess("wb-orders", {{"DATABASE_URL", url}});
  const auto orders = candidateIn(surveyed(), "wb-orders");
  EXPECT_EQ(orders.kind, imports::Candidate::Kind::process);
  EXPECT_EQ(orders.variable, "DATABASE_URL");
  EXPECT_EQ(orders.masked, "postgresql://shop:***@db.example.org:5432/shop");
  EXPECT_EQ(orders.server.address, "prod");
  EXPECT_EQ(orders.server.present->via, sshd().via());
  EXPECT_EQ(orders.server.present->resolve, "");
  EXPECT_EQ(orders.note, "Found again by its command line and folder.");
}

TEST_F(FarSide, ItsEnvironmentIsReadThroughSshByWhatIsWritten) {
  startProcess("wb-orders", {{"DATABASE_URL", url}}, "with ' and $HOME",
               {"--greeting", "it's (a) [b] .* \"$HOME\" `c`"});
  const auto orders = candidateIn(surveyed(), "wb-orders");
  const auto read = runFrom(orders);
  EXPECT_EQ(read.exitCode, 0) << read.errors << orders.server.present->from;
  EXPECT_NE(read.output.find(std::string("DATABASE_URL=") + url), std::string::npos) << orders.server.present->from;

  endProcesses();
  const auto gone = runFrom(orders);
  EXPECT_EQ(gone.exitCode, 1);
  EXPECT_NE(gone.errors.find("no longer runs: "), std::string::npos) << gone.errors;
}

TEST_F(FarSide, AFamilyOfVariablesIsOneDatabase) {
  startProcess("wb-family",
               {{"DB_HOST", "localhost"}, {"DB_USER", "shop"}, {"DB_PASSWORD", "pencil-7731"}, {"DB_NAME", "shop"}});
  const auto family = candidateIn(surveyed(), "wb-family");
  EXPECT_EQ(family.variable, "DB_HOST");
  EXPECT_EQ(family.masked, "postgresql://shop:***@localhost/shop");
}

TEST_F(FarSide, ForkedWorkersAreOneServer) {
  startProcess("wb-worker", {{"DATABASE_URL", url}});
  startProcess("wb-worker", {{"DATABASE_URL", url}});
  EXPECT_EQ(namesIn(surveyed(), "wb-worker"), std::vector<std::string>{"wb-worker"});
}

TEST_F(FarSide, TheSameCommandInTwoFoldersIsTwoServers) {
  startProcess("wb-server", {{"DATABASE_URL", url}}, "blog");
  startProcess("wb-server", {{"DATABASE_URL", "postgresql://shop@other.example.org/shop"}}, "shop");
  const auto survey = surveyed();
  EXPECT_EQ(namesIn(survey, "wb-server"), (std::vector<std::string>{"wb-server in blog", "wb-server in shop"}));
  EXPECT_NE(runFrom(candidateIn(survey, "wb-server in blog")).output.find("db.example.org"), std::string::npos);
  EXPECT_NE(runFrom(candidateIn(survey, "wb-server in shop")).output.find("other.example.org"), std::string::npos);
}

TEST_F(FarSide, ProcessesThatCannotBeToldApartAreLeftOut) {
  startProcess("wb-twin", {{"DATABASE_URL", url}});
  startProcess("wb-twin", {{"DATABASE_URL", "postgresql://shop@other.example.org/shop"}});
  const auto survey = surveyed();
  EXPECT_EQ(namesIn(survey, "wb-twin"), std::vector<std::string>{});
  EXPECT_NE(notesOf(survey).find("could not be told from others by command line and folder"), std::string::npos);
}

TEST_F(FarSide, APasswordInTheArgumentsIsNotWritten) {
  startProcess("wb-loud", {{"DATABASE_URL", url}}, {}, {"--verbose", std::string("--database=") + url, "--more"});
  const auto survey = surveyed();
  const auto loud = candidateIn(survey, "wb-loud");
  EXPECT_EQ(writtenOf(survey).find("pencil-7731"), std::string::npos);
  EXPECT_NE(loud.server.present->from.find("--verbose"), std::string::npos);
  EXPECT_NE(runFrom(loud).output.find(url), std::string::npos) << loud.server.present->from;
}

TEST_F(FarSide, ShellsAndClientsAreNoServers) {
  startProcess("bash", {{"DATABASE_URL", url}, {"WB_MARK", "1"}});
  startProcess("psql", {{"DATABASE_URL", url}});
  const auto survey = surveyed();
  for (const auto& candidate : survey.candidates)
    EXPECT_TRUE(candidate.name != "bash" && candidate.name != "psql");
}

TEST_F(FarSide, AProcessCannotSpeakForTheScript) {
  const std::string nasty =
      "x\nend\nengine /tmp/evil\nengine docker\ncontainer {\"Id\":\"" + idOf("evil") +
      "\",\"Name\":\"evil\",\"State\":{\"Running\":true},\"Config\":{\"Env\":[\"DATABASE_URL=" + url + "\"]}}\n";
  startProcess("wb-nasty", {{"DATABASE_URL", url}, {"DB_NOTE", nasty}}, {}, {"x\nend\nengine docker"});
  startProcess("wb-other", {{"DATABASE_URL", url}});
  const auto survey = surveyed();
  EXPECT_EQ(namesIn(survey, "evil"), std::vector<std::string>{});
  EXPECT_EQ(writtenOf(survey).find("evil"), std::string::npos);
  const auto nastyOne = candidateIn(survey, "wb-nasty");
  EXPECT_EQ(nastyOne.server.present->from.find('\n'), std::string::npos);
  EXPECT_NE(runFrom(nastyOne).output.find(url), std::string::npos) << nastyOne.server.present->from;
  EXPECT_EQ(namesIn(survey, "wb-other").size(), 1U);
}

TEST_F(FarSide, OnlyVariablesThatCanBelongToADatabaseLeaveTheComputer) {
  startProcess("wb-quiet", {{"DATABASE_URL", url}, {"STRIPE_TOKEN", "sk-pencil-9919"}});
  const auto text = printed();
  EXPECT_NE(text.find(url), std::string::npos);
  EXPECT_EQ(text.find("sk-pencil-9919"), std::string::npos);
}

TEST_F(FarSide, ALoginShellThatTalksIsReadPast) {
  startProcess("wb-orders", {{"DATABASE_URL", url}});
  const auto survey = surveyOf("Welcome to prod!\nwhichbase survey 1 is not this\n" + printed(), sshd().words());
  EXPECT_EQ(namesIn(survey, "wb-orders").size(), 1U);
}

// With nothing but busybox on the far side.
TEST_F(FarSide, BusyboxIsEnough) {
  const std::filesystem::path busybox = "/bin/busybox";
  if (!std::filesystem::exists(busybox))
    GTEST_SKIP() << "there is no busybox on this computer";
  const auto tools = folder() / "tools";
  std::filesystem::create_directories(tools);
  for (const char* tool :
       {"sh", "tr", "grep", "sed", "head", "cut", "readlink", "id", "timeout", "cat", "echo", "printf", "true"})
    std::filesystem::create_symlink(busybox, tools / tool);
  std::filesystem::create_symlink("/usr/bin/pgrep", tools / "pgrep"); // not every build of busybox has it
  restartSshd({.path = tools.string()});
  startProcess("wb-tiny", {{"DATABASE_URL", url}, {"DB_NOTE", "two\nlines"}}, {}, {"a.b", "c"});
  const auto tiny = candidateIn(surveyed(), "wb-tiny");
  EXPECT_EQ(tiny.masked, "postgresql://shop:***@db.example.org:5432/shop");
  const auto read = runFrom(tiny);
  EXPECT_NE(read.output.find(url), std::string::npos) << read.errors;
}

TEST_F(FarSide, NothingIsFoundWhereNothingIs) {
  const auto survey = imports::readSurvey("", sshd().words());
  ASSERT_FALSE(survey);
  EXPECT_NE(survey.error().find("prod did not run the survey"), std::string::npos) << survey.error();
}

} // namespace
} // namespace whichbase::test
