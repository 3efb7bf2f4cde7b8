#include "support/temporary_folder.h"
#include "verify/journal.h"
#include "verify/test_row_sql.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace whichbase::test {
namespace {

verify::JournalEntry sample() {
  verify::JournalEntry entry;
  entry.token = verify::newToken();
  entry.project = "/home/me/shop.whichbase.toml";
  entry.title = "Shop";
  entry.server = "Backend";
  entry.address = "203.0.113.196:5432/shop";
  entry.systemIdentifier = 7711035956328493398ULL;
  entry.oid = 16385;
  entry.relation = "public.users";
  entry.settledAt = topology::fromIso8601("2026-01-01T00:00:00.500Z");
  entry.backendPid = 4711;
  entry.removeSql = "DELETE FROM public.users WHERE email = 'ü'";
  entry.presentSql = "SELECT 0";
  entry.at = *topology::fromIso8601("2026-01-01T00:00:00.000Z");
  return entry;
}

mode_t modeOf(const std::filesystem::path& path) {
  struct stat status{};
  EXPECT_EQ(::stat(path.c_str(), &status), 0);
  return status.st_mode & 0777;
}

TEST(Journal, AnEntryComesBackAsItWasAndOnlyItsUserCanReadIt) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "state/test-rows";
  auto entry = sample();
  {
    verify::Journal journal(path);
    ASSERT_TRUE(journal.write(entry));
    entry.isInserted = true;
    ASSERT_TRUE(journal.write(entry));
    EXPECT_EQ(modeOf(path), 0700U);
    EXPECT_EQ(modeOf(path / (entry.token + ".json")), 0600U);
    // A living process works on it: others leave it alone.
    EXPECT_TRUE(verify::Journal(path).leftBehind()->empty());
  }
  const auto found = verify::Journal(path).leftBehind();
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front(), entry);
  verify::Journal journal(path);
  EXPECT_TRUE(journal.remove(entry.token));
  EXPECT_TRUE(std::filesystem::is_empty(path));
  EXPECT_TRUE(journal.leftBehind()->empty());
}

TEST(Journal, WhereNothingWasEverWrittenNothingIsLeftBehind) {
  const TemporaryFolder folder;
  const auto found = verify::Journal(folder.path() / "none").leftBehind();
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->empty());
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "none"));
}

TEST(Journal, WhatIsNoEntryIsToldAndNotRun) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "test-rows";
  const auto entry = sample();
  {
    verify::Journal journal(path);
    ASSERT_TRUE(journal.write(entry));
  }
  folder.write("test-rows/whichbase-0.json", "{\"format\": \"whichbase/test-row\", \"version\": 1}");
  // What somebody else could have changed.
  ASSERT_EQ(::chmod((path / (entry.token + ".json")).c_str(), 0666), 0);
  const verify::Journal journal(path);
  EXPECT_TRUE(journal.leftBehind()->empty());
  EXPECT_EQ(journal.unreadable().size(), 2U);
}

TEST(Journal, WhatWasNeverFinishedIsTakenAway) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "test-rows");
  folder.write("test-rows/whichbase-0.new", "{");
  EXPECT_TRUE(verify::Journal(folder.path() / "test-rows").leftBehind()->empty());
  EXPECT_TRUE(std::filesystem::is_empty(folder.path() / "test-rows"));
}

} // namespace
} // namespace whichbase::test
