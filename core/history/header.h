// What a file says of itself in its first bytes, before any database is opened on it.
#pragma once

#include <filesystem>

namespace whichbase::history {

enum class FileKind {
  missing,
  empty,
  ours,
  newer,         // of a later version of this program
  damaged,       // no database, and nothing that somebody would want to keep as it is
  somethingElse, // a text, another program's database
  notAFile,      // a folder, a pipe, a device
  unreadable,    // errno says why
};

// Reads by SQLite's own means: closing a file that this process has open elsewhere would otherwise take away the locks
// that it holds there (POSIX).
FileKind kindOf(const std::filesystem::path& file);

} // namespace whichbase::history
