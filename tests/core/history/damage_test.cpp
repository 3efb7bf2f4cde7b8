// Files that are no history, broken ones, and places where nothing can be written.
#include "histories.h"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <random>

namespace whichbase::history {
namespace {

using namespace topology;
namespace fs = std::filesystem;

class Damage : public testing::Test {
protected:
  void SetUp() override {
    const auto history = recording(m_file);
    for (int change = 0; change < 60; ++change)
      record(*history, Side::after, withUsers(second(change), change));
  }
  std::string errorOf(History::Mode mode) const {
    const auto history = History::open(m_file, mode);
    return history ? "opened" : history.error().text;
  }
  void write(const std::string& bytes) const { std::ofstream(m_file, std::ios::binary | std::ios::trunc) << bytes; }
  std::size_t filesInFolder() const {
    return std::size_t(std::distance(fs::directory_iterator(m_folder.path()), fs::directory_iterator()));
  }

  test::TemporaryFolder m_folder;
  fs::path m_file = m_folder.path() / "tovplay.whichbase";
};

TEST_F(Damage, ADamagedFileIsSetAsideWholeAndANewOneBegun) {
  const std::string whole = bytesOf(m_file);
  std::string broken = whole;
  for (std::size_t i = 8192; i < broken.size(); i += 4096)
    std::fill_n(broken.begin() + std::ptrdiff_t(i), 64, '\xA5');
  write(broken);
  EXPECT_NE(errorOf(History::Mode::read).find("is damaged"), std::string::npos) << errorOf(History::Mode::read);
  EXPECT_EQ(bytesOf(m_file), broken);
  const auto history = recording(m_file);
  EXPECT_TRUE(overviewOf(*history).empty());
  EXPECT_EQ(bytesOf(history->setAside()), broken);
  EXPECT_TRUE(history->setAside().filename().string().starts_with("tovplay.damaged-20")) << history->setAside();
  EXPECT_EQ(history->setAside().extension(), ".whichbase");
  record(*history, Side::after, brokenAt(second(100)));
  EXPECT_EQ(overviewOf(*history).recordedChanges, 1);
}

TEST_F(Damage, TwoInOneSecondAreBothKept) {
  const std::string whole = bytesOf(m_file);
  const std::string broken = whole.substr(0, whole.size() / 2);
  for (int round = 0; round < 2; ++round) {
    write(broken);
    EXPECT_EQ(bytesOf(recording(m_file)->setAside()), broken);
  }
  EXPECT_EQ(filesInFolder(), 3U);
}

TEST_F(Damage, ACutFileAndOneOfZerosAreDamaged) {
  const std::string whole = bytesOf(m_file);
  for (const std::string& broken : {whole.substr(0, 50), whole.substr(0, 5000), std::string(9000, '\0')}) {
    write(broken);
    EXPECT_NE(errorOf(History::Mode::read).find("is damaged"), std::string::npos);
    EXPECT_EQ(bytesOf(recording(m_file)->setAside()), broken);
  }
}

TEST_F(Damage, WhatIsNoHistoryIsLeftAsItIs) {
  fs::remove(m_file);
  {
    SQLite::Database other(m_file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    other.exec("CREATE TABLE precious(x); INSERT INTO precious VALUES(1)");
  }
  const std::string database = bytesOf(m_file);
  for (const std::string& bytes : {database, std::string("[project]\ntitle = \"TovPlay\"\n")}) {
    write(bytes);
    for (const auto mode : {History::Mode::read, History::Mode::record})
      EXPECT_NE(errorOf(mode).find("is no history of Whichbase; it was left as it is"), std::string::npos)
          << errorOf(mode);
    EXPECT_EQ(bytesOf(m_file), bytes);
    EXPECT_FALSE(isHistoryFile(m_file));
  }
  EXPECT_EQ(filesInFolder(), 1U);
}

TEST_F(Damage, AFileOfANewerProgramIsLeftAsItIs) {
  SQLite::Database(m_file.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 2");
  const std::string bytes = bytesOf(m_file);
  for (const auto mode : {History::Mode::read, History::Mode::record})
    EXPECT_NE(errorOf(mode).find("newer Whichbase"), std::string::npos) << errorOf(mode);
  EXPECT_EQ(bytesOf(m_file), bytes);
  EXPECT_TRUE(isHistoryFile(m_file));
}

TEST_F(Damage, SomebodysTriggerDoesNotRun) {
  SQLite::Database(m_file.string(), SQLite::OPEN_READWRITE)
      .exec("CREATE TRIGGER evil AFTER INSERT ON states BEGIN DELETE FROM events; END");
  EXPECT_NE(errorOf(History::Mode::read).find("tables are not those"), std::string::npos)
      << errorOf(History::Mode::read);
}

TEST_F(Damage, AStateThatIsNoJsonIsAnErrorAndTheOthersAreRead) {
  SQLite::Database(m_file.string(), SQLite::OPEN_READWRITE).exec("UPDATE states SET body = '{' WHERE id = 30");
  const auto history = reading(m_file);
  EXPECT_EQ(usersIn(stateAt(*history, second(20))), 20);
  const auto broken = history->at(second(40));
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().text.find("is damaged"), std::string::npos);
  EXPECT_EQ(usersIn(stateAt(*history, second(20))), 20);
}

TEST_F(Damage, APatchCanNeitherGrowNorEndTheProgram) {
  const std::string deep(200'000, '[');
  for (const std::string& body :
       {std::string(R"([["+/title/x",1]])"), std::string(R"([["-"]])"), std::string(R"([["/no/where",1]])"),
        std::string(R"([["+/servers/99",{}]])"), std::string(R"([[1,2]])"), deep, "\"" + deep,
        std::string(R"([["/servers",7]])"), std::string(R"([["x",7]])"), std::string("7")}) {
    {
      SQLite::Database database(m_file.string(), SQLite::OPEN_READWRITE);
      database.exec(fmt::format("UPDATE states SET body = '{}' WHERE id = 30", body));
    }
    EXPECT_FALSE(reading(m_file)->at(second(29))) << body.substr(0, 100);
  }
}

TEST_F(Damage, AnyByteMayBeWrong) {
  const std::string whole = bytesOf(m_file);
  std::mt19937 random(20251203);
  int opened = 0;
  for (int round = 0; round < 400; ++round) {
    std::string bytes = whole;
    const int mutations = 1 + int(random() % 12);
    for (int i = 0; i < mutations; ++i) {
      // Half of them where the structure is: at the beginning of a page.
      const std::size_t page = random() % (bytes.size() / 4096) * 4096;
      const std::size_t at = random() % 2 == 0 ? page + random() % 128 : random() % bytes.size();
      bytes[at] = char(random());
    }
    if (round % 10 == 0)
      bytes.resize(random() % bytes.size());
    write(bytes);
    const auto history = History::open(m_file, History::Mode::read);
    if (!history) {
      EXPECT_FALSE(history.error().text.empty());
      continue;
    }
    ++opened;
    (void)(*history)->overview();
    for (int change = 0; change < 60; change += 9)
      (void)(*history)->at(second(change));
  }
  EXPECT_GT(opened, 0); // else the test looks at nothing but the opening
}

TEST_F(Damage, FoldersPipesAndMissingPlacesAreRefusedInASentence) {
  for (const auto mode : {History::Mode::read, History::Mode::record}) {
    EXPECT_FALSE(History::open(m_folder.path(), mode));
    EXPECT_FALSE(History::open("/dev/zero", mode));
    const auto nowhere = History::open(m_folder.path() / "no" / "where.whichbase", mode);
    ASSERT_FALSE(nowhere);
    EXPECT_NE(nowhere.error().text.find("where.whichbase"), std::string::npos);
  }
  const auto pipe = m_folder.path() / "pipe.whichbase";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_FALSE(History::open(pipe, History::Mode::record));
  EXPECT_FALSE(isHistoryFile(pipe));
}

TEST_F(Damage, ALinkIsFollowed) {
  const auto link = m_folder.path() / "link.whichbase";
  fs::create_symlink(m_file, link);
  {
    const auto history = recording(link);
    record(*history, Side::after, brokenAt(second(100)));
  }
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(overviewOf(*reading(m_file)).recordedChanges, 61);
}

TEST_F(Damage, AnEmptyFileIsBegun) {
  write("");
  EXPECT_NE(errorOf(History::Mode::read).find("is empty"), std::string::npos);
  record(*recording(m_file), Side::after, brokenAt(second(0)));
  EXPECT_EQ(overviewOf(*reading(m_file)).recordedChanges, 1);
}

// What a program leaves that is killed between SQLite's first write and the first table.
TEST_F(Damage, AFileThatWasHardlyMadeIsBegunAgain) {
  fs::remove(m_file);
  SQLite::Database(m_file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("PRAGMA auto_vacuum = INCREMENTAL");
  ASSERT_GT(fs::file_size(m_file), 0U);
  EXPECT_NE(errorOf(History::Mode::read).find("is empty"), std::string::npos);
  const auto history = recording(m_file);
  EXPECT_TRUE(history->setAside().empty());
  record(*history, Side::after, brokenAt(second(0)));
  EXPECT_EQ(overviewOf(*history).recordedChanges, 1);
}

TEST_F(Damage, AFileThatWasRemovedWhileRecordingIsTold) {
  const auto history = recording(m_file);
  fs::remove(m_file);
  const auto recorded = history->record(Side::after, brokenAt(second(100)));
  ASSERT_FALSE(recorded);
  EXPECT_NE(recorded.error().text.find("open it again"), std::string::npos);
}

// A small file system of a test's own; needs root.
class SmallDisk : public Damage {
protected:
  void SetUp() override {
    Damage::SetUp();
    m_disk = m_folder.path() / "disk";
    fs::create_directory(m_disk);
    if (::mount("tmpfs", m_disk.c_str(), "tmpfs", 0, "size=600k") != 0)
      GTEST_SKIP() << "no file system can be mounted here";
    m_mounted = true;
  }
  void TearDown() override {
    if (m_mounted)
      ::umount2(m_disk.c_str(), MNT_DETACH);
  }
  void makeReadOnly() const { ASSERT_EQ(::mount("tmpfs", m_disk.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, ""), 0); }

  fs::path m_disk;
  bool m_mounted = false;
};

TEST_F(SmallDisk, AFullOneIsToldNothingIsLostAndRecordingGoesOn) {
  const auto file = m_disk / "full.whichbase";
  const auto history = recording(file);
  int recorded = 0;
  std::string error;
  for (int change = 0; change < 20'000 && error.empty(); ++change) {
    const auto result = history->record(Side::after, withUsers(second(change), change));
    if (result)
      ++recorded;
    else
      error = result.error().text;
  }
  EXPECT_NE(error.find("full.whichbase"), std::string::npos) << error;
  EXPECT_EQ(overviewOf(*history).recordedChanges, recorded);
  ASSERT_EQ(::mount("tmpfs", m_disk.c_str(), "tmpfs", MS_REMOUNT, "size=4m"), 0);
  record(*history, Side::after, withUsers(second(30'000), 7));
  EXPECT_EQ(overviewOf(*history).recordedChanges, recorded + 1);
  EXPECT_EQ(usersIn(stateAt(*history, second(30'000))), 7);
  EXPECT_EQ(usersIn(stateAt(*history, second(recorded - 1))), recorded - 1);
}

TEST_F(SmallDisk, ReadOnlyMediaCanBeReadButNotRecordedOn) {
  const auto file = m_disk / "media.whichbase";
  fs::copy_file(m_file, file);
  makeReadOnly();
  EXPECT_EQ(overviewOf(*reading(file)).recordedChanges, 60);
  EXPECT_EQ(usersIn(stateAt(*reading(file), second(59))), 59);
  const auto history = History::open(file, History::Mode::record);
  ASSERT_FALSE(history);
  EXPECT_NE(history.error().text.find("cannot record into"), std::string::npos) << history.error().text;
}

TEST_F(SmallDisk, WhatStandsOnlyInTheWalOnReadOnlyMediaIsReadToo) {
  const auto file = m_disk / "media.whichbase";
  {
    const auto history = recording(m_file);
    record(*history, Side::after, brokenAt(second(100)));
    fs::copy_file(m_file, file);
    fs::copy_file(m_file.string() + "-wal", file.string() + "-wal");
  }
  makeReadOnly();
  EXPECT_EQ(overviewOf(*reading(file)).recordedChanges, 61);
}

} // namespace
} // namespace whichbase::history
