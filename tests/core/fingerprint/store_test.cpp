#include "fingerprint_fixture.h"
#include "history/fingerprint_store.h"
#include "support/temporary_folder.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <iterator>

namespace whichbase {
namespace {

using namespace test;

// An empty file as SQLite has it, in the mode that histories use.
std::filesystem::path newFile(const TemporaryFolder& folder) {
  const auto file = folder.path() / "incident.whichbase";
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE other (id INTEGER)");
  return file;
}

history::Fingerprint sample(std::size_t users) {
  history::Fingerprint made;
  made.at = *topology::fromIso8601("2026-12-03T14:20:00.123Z");
  made.database = "A";
  made.label = "Local container";
  made.systemIdentifier = 18446744073709551615U;
  made.oid = 16384;
  made.relation = "public.\"User\"";
  made.columns = {{"email", "character varying(40)", history::KeyKind::text},
                  {"tenant", "bigint", history::KeyKind::number}};
  made.keyId = sampleKey().id();
  history::KeyHasher hasher(sampleKey(), {history::KeyKind::text, history::KeyKind::number});
  for (std::size_t i = 0; i < users; ++i)
    hasher.add({"user" + std::to_string(i) + "@example.org", std::to_string(i)});
  made.hashes = hasher.take();
  return made;
}

// Of all files in the folder.
std::string bytesIn(const std::filesystem::path& folder) {
  std::string bytes;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream stream(entry.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(stream), {});
  }
  return bytes;
}

TEST(Store, GivesBackWhatWasKept) {
  const TemporaryFolder folder;
  const auto file = newFile(folder);
  EXPECT_EQ(history::keptFingerprints(file)->size(), 0U);
  auto unsettled = sample(3);
  unsettled.settled = false;
  unsettled.systemIdentifier.reset();
  for (const auto& fingerprint : {sample(22), unsettled, sample(0)}) {
    const auto kept = history::keepFingerprint(fingerprint, file);
    EXPECT_TRUE(kept) << kept.error().text;
  }
  const auto kept = history::keptFingerprints(file);
  ASSERT_TRUE(kept) << kept.error().text;
  EXPECT_EQ(*kept, (std::vector<history::Fingerprint>{sample(22), unsettled, sample(0)}));
}

TEST(Store, HoldsNeitherTheSecretKeyNorAKeyOfAUser) {
  const TemporaryFolder folder;
  const auto file = newFile(folder);
  ASSERT_TRUE(history::keepFingerprint(sample(500), file));
  const std::string bytes = bytesIn(folder.path());
  const auto& key = sampleKey().bytes();
  EXPECT_EQ(bytes.find(std::string(key.begin(), key.begin() + 8)), std::string::npos);
  EXPECT_EQ(bytes.find("0102030405060708"), std::string::npos);
  EXPECT_EQ(bytes.find("@example"), std::string::npos);
  EXPECT_EQ(bytes.find("user4"), std::string::npos);
  EXPECT_NE(bytes.find(sampleKey().id()), std::string::npos) << "the search finds what is there";
}

TEST(Store, KeepsWhileSomebodyElseHasTheFileOpen) {
  const TemporaryFolder folder;
  const auto file = newFile(folder);
  SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
  other.exec("INSERT INTO other VALUES (1)");
  EXPECT_TRUE(history::keepFingerprint(sample(22), file));
  EXPECT_EQ(other.execAndGet("SELECT count(*) FROM fingerprint").getInt(), 1);
}

TEST(Store, ReadsAFileThatNobodyCanWriteBeside) {
  const TemporaryFolder folder;
  const auto file = newFile(folder);
  ASSERT_TRUE(history::keepFingerprint(sample(22), file));
  // What stands there in place of the shared memory cannot be opened: as on read-only media.
  std::filesystem::create_directory(file.string() + "-shm");
  const auto kept = history::keptFingerprints(file);
  ASSERT_TRUE(kept) << kept.error().text;
  EXPECT_EQ(kept->size(), 1U);
}

TEST(Store, ThatIsDamagedIsAnErrorAndNoMissingUser) {
  const TemporaryFolder folder;
  const auto file = newFile(folder);
  ASSERT_TRUE(history::keepFingerprint(sample(22), file));
  for (const char* damage : {"hashes = substr(hashes, 1, 12)", "hashes = substr(hashes, 9, 8) || hashes",
                             "columns = '[]'", "columns = '[{\"kind\": \"odd\"}]'", "columns = '{'"}) {
    const TemporaryFolder other;
    const auto copy = other.path() / "copy.whichbase";
    std::filesystem::copy_file(file, copy);
    SQLite::Database(copy.string(), SQLite::OPEN_READWRITE).exec(std::string("UPDATE fingerprint SET ") + damage);
    const auto kept = history::keptFingerprints(copy);
    ASSERT_FALSE(kept) << damage;
    EXPECT_NE(kept.error().text.find("damaged"), std::string::npos) << kept.error().text;
  }
  EXPECT_FALSE(history::keptFingerprints(folder.write("text", "no database at all, but a text of some length")));
  EXPECT_FALSE(history::keptFingerprints(folder.path() / "absent"));
  EXPECT_FALSE(history::keepFingerprint(sample(1), folder.path() / "absent"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "absent"));
}

} // namespace
} // namespace whichbase
