#include "report/json.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

using namespace whichbase;
namespace fs = std::filesystem;

namespace {

class SaveText : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "whichbase-save-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    m_folder = name;
  }
  void TearDown() override { fs::remove_all(m_folder); }

  static std::string contentOf(const fs::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  std::ptrdiff_t filesInFolder() const {
    return std::distance(fs::directory_iterator(m_folder), fs::directory_iterator());
  }

  fs::path m_folder;
};

} // namespace

TEST_F(SaveText, ReplacesTheWholeFileAndLeavesNothingBeside) {
  const auto file = m_folder / "out.json";
  ASSERT_TRUE(report::saveText("a first, longer text", file));
  ASSERT_TRUE(report::saveText("second", file));
  EXPECT_EQ(contentOf(file), "second");
  EXPECT_EQ(filesInFolder(), 1);
}

TEST_F(SaveText, KeepsThePermissionsOfTheFileThatWasThere) {
  const auto file = m_folder / "out.json";
  ASSERT_TRUE(report::saveText("x", file));
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  ASSERT_TRUE(report::saveText("y", file));
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(SaveText, LeavesALinkALink) {
  ASSERT_TRUE(report::saveText("x", m_folder / "real.json"));
  fs::create_symlink("real.json", m_folder / "link.json");
  ASSERT_TRUE(report::saveText("y", m_folder / "link.json"));
  EXPECT_TRUE(fs::is_symlink(m_folder / "link.json"));
  EXPECT_EQ(contentOf(m_folder / "real.json"), "y");
}

TEST_F(SaveText, FullDiskSaysThatThereIsNoSpace) {
  const auto saved = report::saveText("text", "/dev/full");
  ASSERT_FALSE(saved);
  EXPECT_NE(saved.error().text.find("cannot write /dev/full: there is no space left"), std::string::npos);
}

TEST_F(SaveText, FolderThatCannotBeWrittenIsNamedAndTheOldFileStays) {
  const auto saved = report::saveText("text", "/proc/version");
  ASSERT_FALSE(saved);
  EXPECT_NE(saved.error().text.find("cannot write /proc/version"), std::string::npos) << saved.error().text;
  const auto noFolder = report::saveText("text", m_folder / "no/such/out.json");
  ASSERT_FALSE(noFolder);
  EXPECT_NE(noFolder.error().text.find("its folder does not exist"), std::string::npos);
  const auto folder = report::saveText("text", m_folder);
  ASSERT_FALSE(folder);
  EXPECT_NE(folder.error().text.find("that is a folder"), std::string::npos);
}
