// The configuration files in folders, told apart by their names and by what they start with.
#pragma once

#include "import/variables.h"

#include <filesystem>
#include <map>
#include <stop_token>

namespace whichbase::imports {

struct ScanFiles {
  std::vector<std::filesystem::path> envFiles;
  std::map<std::filesystem::path, std::vector<std::filesystem::path>> compose; // by their folder
  std::vector<std::filesystem::path> manifests; // single files, and the topmost folders that hold some
  std::vector<std::filesystem::path> services;  // pg_service.conf
  std::vector<std::string> problems;
  int filesRead = 0;
};

// Files are taken whatever their names; folders are walked.
ScanFiles gather(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& projectFolder,
                 const std::stop_token& stop);

// "production", "staging", "development", "testing", where a file's or folder's name says so as a word of its own
// (docker-compose.prod.yml, .env.staging); else empty.
std::string environmentIn(std::string_view name);

} // namespace whichbase::imports
