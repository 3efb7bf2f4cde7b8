// A far side for the tests: a real sshd on loopback, and real processes with environments there.
#pragma once

#include "process/child_process.h"
#include "support/run_program.h"
#include "support/sshd.h"
#include "surveys.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

namespace whichbase::test {

class FarSide : public testing::Test {
protected:
  void SetUp() override;
  void TearDown() override;

  // A program of that name, which waits; `arguments` are the last of its own.
  void startProcess(const std::string& name, const std::map<std::string, std::string>& environment,
                    const std::string& folder = {}, const std::vector<std::string>& arguments = {});
  void endProcesses() { m_processes.clear(); }

  // Runs the survey through ssh, as the program does.
  std::string printed();
  imports::Survey surveyed() { return surveyOf(printed(), m_sshd->words()); }
  // What a project's command prints, run as the program runs it.
  static RunResult runCommand(const std::string& command);
  static RunResult runFrom(const imports::Candidate& candidate);

  std::filesystem::path folder() const { return m_folder; }
  Sshd& sshd() { return *m_sshd; }
  void restartSshd(const Sshd::Options& options);

private:
  std::filesystem::path m_folder;
  std::unique_ptr<Sshd> m_sshd;
  std::vector<std::unique_ptr<process::ChildProcess>> m_processes;
};

} // namespace whichbase::test
