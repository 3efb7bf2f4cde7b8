// The command line under test, as people run it: the built program, two real clusters, project files in a folder.
#pragma once

#include "demo/throwaway_cluster.h"
#include "support/paths.h"
#include "support/run_program.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace whichbase::test {

// Each with a database TovPlay: LOCAL with 22 users, EXTERNAL with 1. Started once.
demo::ThrowawayCluster& local();
demo::ThrowawayCluster& external();

inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class CommandLine : public testing::Test {
protected:
  void SetUp() override;
  // No password of the clusters may stand in anything that a test made the program write.
  void TearDown() override;

  RunResult run(std::vector<std::string> arguments, RunOptions options = {});
  RunResult runOnTerminal(std::vector<std::string> arguments, const std::vector<Answer>& answers,
                          RunOptions options = {});
  std::filesystem::path write(const std::string& name, const std::string& content) const;
  std::string read(const std::string& name) const;
  std::filesystem::path path(const std::string& name) const { return m_folder / name; }

  // The reference incident's servers on the two clusters. Passwords are ${LOCAL_PASSWORD} and ${EXTERNAL_PASSWORD},
  // which run() puts into the environment.
  std::filesystem::path incidentProject() const;
  // Every server on EXTERNAL, with no before side.
  std::filesystem::path singleSourceProject() const;
  static std::string url(demo::ThrowawayCluster& cluster, const std::string& variable);

private:
  void keep(const RunResult& result);
  RunOptions prepared(RunOptions options) const;

  std::filesystem::path m_folder;
  std::string m_written;
};

} // namespace whichbase::test
