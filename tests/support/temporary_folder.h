// A folder of a test's own, gone with it.
#pragma once

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace whichbase::test {

class TemporaryFolder {
public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "whichbase-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw std::runtime_error("no folder can be made at " + name);
    m_path = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return m_path; }
  std::filesystem::path write(const std::string& name, const std::string& text, mode_t mode = 0600) const {
    const auto file = m_path / name;
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
    if (::chmod(file.c_str(), mode) != 0)
      throw std::runtime_error(file.string() + " cannot be written");
    return file;
  }

private:
  std::filesystem::path m_path;
};

} // namespace whichbase::test
