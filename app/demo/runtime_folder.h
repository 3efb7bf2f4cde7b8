// The demo's folder for as long as it runs: below $XDG_RUNTIME_DIR where that can hold it, else among the temporary
// files. A lock tells a live demo's folder from what a killed one left.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

namespace whichbase::demo {

class RuntimeFolder {
public:
  // Makes "whichbase-demo-PID-XXXXXX", readable by nobody else. The error is a sentence.
  static std::expected<std::unique_ptr<RuntimeFolder>, std::string> create();
  ~RuntimeFolder(); // removes it with all that is in it
  RuntimeFolder(const RuntimeFolder&) = delete;
  RuntimeFolder& operator=(const RuntimeFolder&) = delete;

  const std::filesystem::path& path() const { return m_path; }

private:
  RuntimeFolder(std::filesystem::path path, int lock);
  std::filesystem::path m_path;
  int m_lock; // held for as long as this process lives: the kernel lets go of it however that ends
};

// Ends and removes what killed demos of this user left; live ones are not touched. Returns how many it removed.
int removeLeftovers();

} // namespace whichbase::demo
