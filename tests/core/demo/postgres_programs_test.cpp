#include "demo/throwaway_cluster.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace {

using whichbase::demo::findPostgresPrograms;
namespace fs = std::filesystem;

class PostgresPrograms : public ::testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "whichbase-programs-XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(name.data()));
    m_folder = fs::canonical(name);
  }
  void TearDown() override { fs::remove_all(m_folder); }
  fs::path installed(const std::string& version, const std::vector<std::string>& programs) const {
    const fs::path folder = m_folder / "versions" / version / "bin";
    fs::create_directories(folder);
    for (const std::string& program : programs) {
      std::ofstream(folder / program) << "#!/bin/sh\n";
      fs::permissions(folder / program, fs::perms::owner_all);
    }
    return folder;
  }
  fs::path m_folder;
};

TEST_F(PostgresPrograms, AreTheNewestInstalledByNumberAndNotByName) {
  installed("9.6", {"initdb", "postgres"});
  const fs::path newest = installed("17", {"initdb", "postgres"});
  installed("15", {"initdb", "postgres"});
  EXPECT_EQ(findPostgresPrograms("/nowhere", m_folder / "versions"), newest);
}

TEST_F(PostgresPrograms, OnPathComeFirstAndAreFoundThroughALink) {
  installed("17", {"initdb", "postgres"});
  const fs::path chosen = installed("15", {"initdb", "postgres"});
  fs::create_directories(m_folder / "links");
  fs::create_symlink(chosen / "initdb", m_folder / "links" / "initdb");
  EXPECT_EQ(findPostgresPrograms("/nowhere:" + (m_folder / "links").string(), m_folder / "versions"), chosen);
}

TEST_F(PostgresPrograms, AreNotThereWithoutTheServer) {
  installed("15", {"initdb"});
  installed("16", {"psql"});
  EXPECT_EQ(findPostgresPrograms("", m_folder / "versions"), fs::path());
  EXPECT_EQ(findPostgresPrograms("", m_folder / "no such folder"), fs::path());
}

} // namespace
