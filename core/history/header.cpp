#include "history/header.h"

#include "history/history.h"
#include "history/schema.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <vector>

namespace whichbase::history {
namespace {

constexpr std::string_view magic("SQLite format 3\0", 16);
constexpr std::size_t headerSize = 100;

// The file's first bytes, at most `size`; empty where it cannot be opened.
std::string firstBytes(const std::filesystem::path& file, std::size_t size) {
  sqlite3_vfs* vfs = sqlite3_vfs_find(nullptr);
  if (vfs == nullptr)
    return {};
  const char* name = sqlite3_create_filename(file.c_str(), "", "", 0, nullptr);
  // An object whose size only the VFS knows; zeroed, as its xOpen wants it.
  std::vector<max_align_t> memory(std::size_t(vfs->szOsFile) / sizeof(max_align_t) + 1);
  auto* handle = reinterpret_cast<sqlite3_file*>(memory.data());
  std::string bytes;
  if (vfs->xOpen(vfs, name, handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, nullptr) == SQLITE_OK) {
    sqlite3_int64 length = 0;
    handle->pMethods->xFileSize(handle, &length);
    bytes.resize(std::min<std::size_t>(size, length > 0 ? std::size_t(length) : 0));
    if (handle->pMethods->xRead(handle, bytes.data(), int(bytes.size()), 0) != SQLITE_OK)
      bytes.clear();
  }
  if (handle->pMethods != nullptr)
    handle->pMethods->xClose(handle);
  sqlite3_free_filename(const_cast<char*>(name));
  return bytes;
}

std::uint32_t bigEndian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8U | std::uint8_t(bytes[at + i]);
  return value;
}

bool isText(std::string_view bytes) {
  for (const char character : bytes)
    if (std::uint8_t(character) < 0x20 && std::string_view("\t\n\r\f\x1b").find(character) == std::string_view::npos)
      return false;
  return true;
}

// A database in which no table was ever made: what is left of a program that was killed while it made the file.
bool hasNothingIn(std::string_view header) {
  constexpr std::size_t pages = 28, cookie = 40, version = 60, application = 68; // places in it
  return bigEndian(header, pages) <= 1 && bigEndian(header, cookie) == 0 && bigEndian(header, version) == 0 &&
         bigEndian(header, application) == 0;
}

FileKind kindOfBytes(std::string_view bytes) {
  if (!bytes.starts_with(magic.substr(0, std::min(bytes.size(), magic.size()))))
    return isText(bytes) ? FileKind::somethingElse : FileKind::damaged;
  if (bytes.size() < headerSize)
    return FileKind::damaged;
  if (bigEndian(bytes, 68) != std::uint32_t(applicationId))
    return hasNothingIn(bytes) ? FileKind::empty : FileKind::somethingElse;
  return bigEndian(bytes, 60) > std::uint32_t(fileVersion) ? FileKind::newer : FileKind::ours;
}

} // namespace

FileKind kindOf(const std::filesystem::path& file) {
  struct stat status{};
  if (::stat(file.c_str(), &status) != 0)
    return errno == ENOENT ? FileKind::missing : FileKind::unreadable;
  if (!S_ISREG(status.st_mode))
    return FileKind::notAFile;
  if (status.st_size == 0)
    return FileKind::empty;
  const std::string bytes = firstBytes(file, 4096);
  if (bytes.empty()) {
    errno = EACCES;
    return FileKind::unreadable;
  }
  return kindOfBytes(bytes);
}

bool isHistoryFile(const std::filesystem::path& file) {
  std::error_code error;
  const auto whole = std::filesystem::weakly_canonical(file, error);
  const FileKind kind = error ? FileKind::missing : kindOf(whole);
  return kind == FileKind::ours || kind == FileKind::newer;
}

} // namespace whichbase::history
