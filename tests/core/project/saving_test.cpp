#include "project/project.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <sstream>

using namespace whichbase::project;

namespace {

// A folder of its own for each test.
class SaveProject : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "whichbase-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    m_folder = name;
  }
  void TearDown() override { std::filesystem::remove_all(m_folder); }

  std::filesystem::path file() const { return m_folder / "x.whichbase.toml"; }
  std::string text() const {
    std::ostringstream content;
    content << std::ifstream(file()).rdbuf();
    return content.str();
  }
  static Project project(const std::string& title) {
    Project project;
    project.title = title;
    project.servers.emplace_back();
    project.servers.back().name = "A";
    project.servers.back().present = ConnectionSpec{"postgresql://u:${PW}@db1/app", ""};
    return project;
  }
  std::size_t filesInFolder() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(m_folder), std::filesystem::directory_iterator()));
  }

  std::filesystem::path m_folder;
};

} // namespace

TEST_F(SaveProject, WhatIsSavedIsLoaded) {
  ASSERT_TRUE(save(project("one"), file()));
  ASSERT_TRUE(save(project("two"), file()));
  EXPECT_EQ(*load(file()), project("two"));
  EXPECT_EQ(filesInFolder(), 1U);
}

TEST_F(SaveProject, TheFilesRightsAndLinksStay) {
  ASSERT_TRUE(save(project("one"), m_folder / "real.toml"));
  std::filesystem::permissions(m_folder / "real.toml", std::filesystem::perms(0600));
  std::filesystem::create_symlink("real.toml", file());
  ASSERT_TRUE(save(project("two"), file()));
  EXPECT_TRUE(std::filesystem::is_symlink(file()));
  EXPECT_EQ(load(m_folder / "real.toml")->title, "two");
  EXPECT_EQ(std::filesystem::status(m_folder / "real.toml").permissions(), std::filesystem::perms(0600));
}

TEST_F(SaveProject, AFullDiskLeavesTheOldFile) {
  ASSERT_TRUE(save(project("one"), file()));
  const auto before = text();
  rlimit old{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &old), 0);
  auto* handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{10, old.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto saved = save(project("two"), file());
  setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(saved);
  EXPECT_NE(saved.error().text.find("cannot be written"), std::string::npos) << saved.error().text;
  EXPECT_EQ(text(), before);
  EXPECT_EQ(filesInFolder(), 1U);
}

TEST_F(SaveProject, AFolderThatIsNotThereIsAnError) {
  const auto saved = save(project("one"), m_folder / "missing" / "x.toml");
  ASSERT_FALSE(saved);
  EXPECT_NE(saved.error().text.find("Choose another folder"), std::string::npos) << saved.error().text;
}
