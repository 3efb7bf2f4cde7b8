// Puts a damaged file out of the way without losing a byte of it.
#pragma once

#include "process/descriptor.h"

#include <expected>
#include <filesystem>
#include <string>

namespace whichbase::history {

// Held while a file is judged, set aside or made, so that two programs that come upon the same one do so one after the
// other. The folder is locked, not the file: closing that would take away SQLite's locks on it. Where it cannot be had
// within 5 seconds, or the file system knows no such locks, one goes on without it.
class FolderLock {
public:
  explicit FolderLock(const std::filesystem::path& folder);

private:
  process::Descriptor m_folder;
};

// Renames NAME.whichbase, and what is beside it (-wal, -shm, -journal), to NAME.damaged-YYYYMMDD-HHMMSS.whichbase,
// never over another file. To be called under the lock of its folder. The error is a clause: "no permission to …".
std::expected<std::filesystem::path, std::string> setAside(const std::filesystem::path& file);

} // namespace whichbase::history
