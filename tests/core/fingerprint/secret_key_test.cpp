#include "history/secret_key.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <set>
#include <thread>

namespace whichbase {
namespace {

using history::secretKey;

std::string contentOf(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(SecretKey, IsMadeOnceAndOnlyItsUserMayReadIt) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "new/whichbase/fingerprint.key";
  const auto made = secretKey(file);
  ASSERT_TRUE(made) << made.error().text;
  struct stat status{};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  const auto again = secretKey(file);
  ASSERT_TRUE(again) << again.error().text;
  EXPECT_EQ(again->bytes(), made->bytes());
  EXPECT_EQ(again->id(), made->id());
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}), 1) << "nothing else is left";
  EXPECT_NE(secretKey(folder.path() / "other.key")->id(), made->id());
}

TEST(SecretKey, ItsIdTellsNothingOfIt) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "fingerprint.key";
  const auto key = secretKey(file);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->id().size(), 16U);
  EXPECT_EQ(contentOf(file).find(key->id()), std::string::npos);
}

TEST(SecretKey, MadeByManyAtOneTimeIsOne) {
  const test::TemporaryFolder folder;
  std::array<std::string, 8> ids;
  {
    std::vector<std::jthread> threads;
    for (auto& id : ids)
      threads.emplace_back([&] {
        const auto key = secretKey(folder.path() / "fingerprint.key");
        id = key ? key->id() : key.error().text;
      });
  }
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 1U) << ids[0] << " " << ids[1];
}

TEST(SecretKey, ThatOthersCanReadIsRefused) {
  const test::TemporaryFolder folder;
  const auto file = folder.write("fingerprint.key", std::string(64, 'a') + "\n", 0640);
  const auto key = secretKey(file);
  ASSERT_FALSE(key);
  EXPECT_NE(key.error().text.find("can be read by others"), std::string::npos) << key.error().text;
  EXPECT_NE(key.error().text.find("chmod 600"), std::string::npos) << key.error().text;
  ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
  EXPECT_TRUE(secretKey(file));
}

TEST(SecretKey, ThatIsNoneIsRefusedAndNeverOverwritten) {
  const test::TemporaryFolder folder;
  for (const std::string& text : {std::string("short"), std::string(64, 'x'), std::string(65, 'a')}) {
    const auto file = folder.write("fingerprint.key", text);
    const auto key = secretKey(file);
    ASSERT_FALSE(key) << text;
    EXPECT_EQ(key.error().text.find(text), std::string::npos);
    EXPECT_EQ(contentOf(file), text);
  }
  EXPECT_FALSE(secretKey({}));
  EXPECT_FALSE(secretKey("/dev/null"));
}

} // namespace
} // namespace whichbase
