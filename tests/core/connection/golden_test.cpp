// Each file of tests/data/connection holds a connection string in its first line and behind it what is said about it.
// WHICHBASE_WRITE_GOLDEN=1 writes the files anew; read the difference before you commit it.
#include "told.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace whichbase::connection;

namespace {

std::vector<std::filesystem::path> files() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(WHICHBASE_SOURCE_DIR "/tests/data/connection")) {
    found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

class ConnectionFile : public testing::TestWithParam<std::filesystem::path> {};

} // namespace

TEST_P(ConnectionFile, IsToldAsWritten) {
  std::ifstream file(GetParam());
  std::string text;
  std::getline(file, text);
  std::ostringstream expected;
  expected << file.rdbuf();
  const auto now = told(text);
  if (std::getenv("WHICHBASE_WRITE_GOLDEN") != nullptr) {
    std::ofstream(GetParam()) << text << "\n" << now;
    return;
  }
  EXPECT_EQ(now, expected.str()) << text;
}

INSTANTIATE_TEST_SUITE_P(Files, ConnectionFile, testing::ValuesIn(files()), [](const auto& file) {
  std::string name = file.param.stem().string();
  std::ranges::replace_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});
