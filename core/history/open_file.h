// Opens the SQLite database of an incident's file, trusting nothing in it.
#pragma once

#include "history/history.h"

#include <SQLiteCpp/Database.h>

#include <memory>

namespace whichbase::history {

// A folder of this program's own that goes with its owner; empty path: none.
class TemporaryFolder {
public:
  TemporaryFolder() = default;
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder&& other) noexcept : m_path(std::exchange(other.m_path, {})) {}
  TemporaryFolder& operator=(TemporaryFolder&& other) noexcept {
    std::swap(m_path, other.m_path);
    return *this;
  }
  bool make();
  const std::filesystem::path& path() const { return m_path; }

private:
  std::filesystem::path m_path;
};

struct OpenFile {
  // Only where the file lies in a place that nobody can write and its WAL beside it: both were copied here.
  TemporaryFolder copied;
  std::unique_ptr<SQLite::Database> database;
  bool cleansUp = false; // nothing was beside the file before it was opened: nothing is left there
};

struct OpenFailure {
  Error error;
  bool damaged = false; // the content is wrong, so that another opening would not help
};

// `file` is absolute and no link. Nothing is written in mode read.
std::expected<OpenFile, OpenFailure> openToRead(const std::filesystem::path& file);
// Makes the file where it is missing or empty. Whether one can write is tried.
std::expected<OpenFile, OpenFailure> openToRecord(const std::filesystem::path& file);
// Lets go of it: one file is left.
void close(OpenFile& opened, const std::filesystem::path& file, History::Mode mode);

} // namespace whichbase::history
