#include "fingerprint_fixture.h"
#include "history/history.h"
#include "support/temporary_folder.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <iterator>

namespace whichbase {
namespace {

using namespace test;

using history::History;

std::filesystem::path fileIn(const TemporaryFolder& folder) {
  return folder.path() / "incident.whichbase";
}

std::string keep(const std::filesystem::path& file, const std::vector<history::Fingerprint>& fingerprints) {
  const auto opened = History::open(file, History::Mode::record);
  if (!opened)
    return opened.error().text;
  for (const auto& fingerprint : fingerprints)
    if (const auto kept = (*opened)->keep(fingerprint); !kept)
      return kept.error().text;
  return {};
}

std::expected<std::vector<history::Fingerprint>, history::Error> kept(const std::filesystem::path& file) {
  const auto opened = History::open(file, History::Mode::read);
  if (!opened)
    return std::unexpected(opened.error());
  return (*opened)->fingerprints();
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
  const auto file = fileIn(folder);
  EXPECT_EQ(keep(file, {}), "");
  EXPECT_EQ(kept(file)->size(), 0U);
  auto unsettled = sample(3);
  unsettled.settled = false;
  unsettled.systemIdentifier.reset();
  const std::vector<history::Fingerprint> all{sample(22), unsettled, sample(0)};
  EXPECT_EQ(keep(file, all), "");
  const auto found = kept(file);
  ASSERT_TRUE(found) << found.error().text;
  EXPECT_EQ(*found, all);
}

TEST(Store, HoldsNeitherTheSecretKeyNorAKeyOfAUser) {
  const TemporaryFolder folder;
  ASSERT_EQ(keep(fileIn(folder), {sample(500)}), "");
  const std::string bytes = bytesIn(folder.path());
  const auto& key = sampleKey().bytes();
  EXPECT_EQ(bytes.find(std::string(key.begin(), key.begin() + 8)), std::string::npos);
  EXPECT_EQ(bytes.find("0102030405060708"), std::string::npos);
  EXPECT_EQ(bytes.find("@example"), std::string::npos);
  EXPECT_EQ(bytes.find("user4"), std::string::npos);
  EXPECT_NE(bytes.find(sampleKey().id()), std::string::npos) << "the search finds what is there";
}

TEST(Store, KeepsWhileSomebodyElseRecords) {
  const TemporaryFolder folder;
  const auto file = fileIn(folder);
  const auto other = History::open(file, History::Mode::record);
  ASSERT_TRUE(other);
  ASSERT_TRUE((*other)->begin(topology::now()));
  EXPECT_EQ(keep(file, {sample(22)}), "");
  EXPECT_EQ((*other)->fingerprints()->size(), 1U);
}

TEST(Store, AMillionUsersFit) {
  const TemporaryFolder folder;
  auto many = sample(1);
  many.hashes.resize(history::mostFingerprinted);
  for (std::size_t at = 0; at < many.hashes.size(); ++at)
    many.hashes[at] = at * 18'446'744'073'709;
  ASSERT_EQ(keep(fileIn(folder), {many}), "");
  EXPECT_EQ(kept(fileIn(folder))->at(0), many);
  EXPECT_LT(std::filesystem::file_size(fileIn(folder)), 8'300'000U);
}

TEST(Store, ThatIsDamagedIsAnErrorAndNoMissingUser) {
  const TemporaryFolder folder;
  const auto file = fileIn(folder);
  ASSERT_EQ(keep(file, {sample(22)}), "");
  for (const char* damage : {"hashes = substr(hashes, 1, 12)", "hashes = zeroblob(16)", "columns = '[]'",
                             "columns = '[{\"kind\": \"odd\"}]'", "columns = '{'"}) {
    const TemporaryFolder other;
    const auto copy = fileIn(other);
    std::filesystem::copy_file(file, copy);
    SQLite::Database(copy.string(), SQLite::OPEN_READWRITE).exec(std::string("UPDATE fingerprints SET ") + damage);
    const auto found = kept(copy);
    ASSERT_FALSE(found) << damage;
    EXPECT_NE(found.error().text.find("damaged"), std::string::npos) << found.error().text;
  }
}

TEST(Store, ThatIsReadIsNotWrittenInto) {
  const TemporaryFolder folder;
  ASSERT_EQ(keep(fileIn(folder), {}), "");
  const auto opened = History::open(fileIn(folder), History::Mode::read);
  ASSERT_TRUE(opened);
  EXPECT_FALSE((*opened)->keep(sample(1)));
}

} // namespace
} // namespace whichbase
