#include "far_side.h"

#include <unistd.h>

#include <fstream>

namespace whichbase::test {
namespace fs = std::filesystem;

void FarSide::SetUp() {
  std::string pattern = (fs::temp_directory_path() / "whichbase-survey-XXXXXX").string();
  ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
  m_folder = pattern;
  restartSshd({});
}

void FarSide::restartSshd(const Sshd::Options& options) {
  std::string problem;
  m_sshd = Sshd::start(options, problem);
  ASSERT_NE(m_sshd, nullptr) << problem;
}

void FarSide::TearDown() {
  endProcesses();
  m_sshd.reset();
  std::error_code ignored;
  fs::remove_all(m_folder, ignored);
}

void FarSide::startProcess(const std::string& name, const std::map<std::string, std::string>& environment,
                           const std::string& folder, const std::vector<std::string>& arguments) {
  const auto program = m_folder / name;
  std::error_code ignored;
  fs::copy_file("/bin/sh", program, ignored);
  const auto where = folder.empty() ? m_folder : m_folder / folder;
  fs::create_directories(where);
  process::Command command{program, {"-c", "read line", "x"}};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  command.environment = environment;
  command.folder = where;
  auto process = process::ChildProcess::start(command, {.keepInputOpen = true});
  ASSERT_TRUE(process) << process.error();
  m_processes.push_back(std::move(*process));
}

std::string FarSide::printed() {
  const auto command = imports::surveyCommand(m_sshd->words());
  EXPECT_TRUE(command) << command.error();
  const auto result = runCommand(*command);
  EXPECT_EQ(result.exitCode, 0) << result.errors;
  return result.output;
}

RunResult FarSide::runCommand(const std::string& command) {
  return runProgram({"/bin/sh", "-c", command});
}

RunResult FarSide::runFrom(const imports::Candidate& candidate) {
  const std::string from = candidate.server.present->from;
  EXPECT_TRUE(from.starts_with("command ")) << from;
  return runCommand(from.substr(std::string("command ").size()));
}

} // namespace whichbase::test
