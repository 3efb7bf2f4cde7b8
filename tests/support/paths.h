// Where the tests find the project's files and the programs under test.
#pragma once

#include <filesystem>

namespace whichbase::test {

inline std::filesystem::path sourceFolder() {
  return WHICHBASE_SOURCE_DIR;
}
inline std::filesystem::path dataFolder() {
  return sourceFolder() / "tests/data";
}
inline std::filesystem::path commandLineProgram() {
  return std::filesystem::path(WHICHBASE_BINARY_DIR) / "app/whichbase-cli";
}
inline std::filesystem::path windowProgram() {
  return std::filesystem::path(WHICHBASE_BINARY_DIR) / "app/whichbase";
}

} // namespace whichbase::test
