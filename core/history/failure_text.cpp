#include "history/failure_text.h"

#include "connection/connection_string.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace whichbase::history {
namespace {

std::string whatToDo(const SQLite::Exception& exception) {
  switch (exception.getErrorCode()) {
  case SQLITE_FULL:
    return "there is no space left on its disk; free some, and it goes on; what was recorded before is kept";
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_AUTH:
    return "no permission to write there; give yourself the right to write the file and its folder";
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return "another program has kept it locked for 5 seconds; close that one, or try again";
  case SQLITE_CANTOPEN:
    return "it cannot be opened; check that its folder is there, and that you may write in it";
  case SQLITE_IOERR:
    return "its disk, or the connection to it, failed or is full; when that is mended, it goes on";
  case SQLITE_TOOBIG:
    return "one of its entries is too large; take another copy of the file";
  case SQLITE_NOMEM:
    return "there is not enough memory; close other programs and try again";
  case SQLITE_INTERRUPT:
    return "it took too long, as only a damaged file does; take another copy of the file";
  default:
    return fmt::format("{}; try again, or take another copy of the file", exception.what());
  }
}

} // namespace

bool saysDamaged(const SQLite::Exception& exception) {
  const int code = exception.getErrorCode();
  // SQLITE_ERROR and its like while we read our own tables: the schema is not what it says.
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_FORMAT || code == SQLITE_ERROR ||
         code == SQLITE_SCHEMA || code == SQLITE_TOOBIG || code == SQLITE_INTERRUPT || code == SQLITE_MISMATCH;
}

Error damaged(const std::filesystem::path& file, const std::string& why) {
  return {connection::redact(
      fmt::format("{} is damaged: {}; take another copy of it; when its project is watched, this one is set aside and "
                  "a new one begun",
                  file.string(), why))};
}

Error errorOf(const SQLite::Exception& exception, const std::string& doing, const std::filesystem::path& file) {
  if (exception.getErrorCode() == SQLITE_CORRUPT || exception.getErrorCode() == SQLITE_NOTADB)
    return damaged(file, exception.what());
  return {connection::redact(fmt::format("cannot {} {}: {}", doing, file.string(), whatToDo(exception)))};
}

} // namespace whichbase::history
