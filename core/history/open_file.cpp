#include "history/open_file.h"

#include "history/failure_text.h"
#include "history/schema.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>

namespace whichbase::history {
namespace {

namespace fs = std::filesystem;

constexpr int busyMilliseconds = 5'000;
constexpr int largestValue = 64 << 20; // bytes of one entry

fs::path beside(const fs::path& file, const char* ending) {
  return fs::path(file.string() + ending);
}

std::string uriOf(const fs::path& file) {
  std::string uri = "file:";
  for (const char character : file.string()) {
    if (character == '?' || character == '#' || character == '%')
      uri += fmt::format("%{:02X}", std::uint8_t(character));
    else
      uri += character;
  }
  return uri + "?immutable=1";
}

// Whoever made the file: it runs nothing, and no entry is larger than memory takes.
void protect(SQLite::Database& database) {
  sqlite3* handle = database.getHandle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, largestValue);
  database.exec("PRAGMA cell_size_check = ON");
  database.exec("PRAGMA mmap_size = 0"); // a file that becomes shorter under a mapping ends the program
}

// Empty: sound.
std::string whatIsWrong(SQLite::Database& database) {
  if (!hasOurTables(database))
    return "its tables are not those that Whichbase makes";
  SQLite::Statement check(database, "PRAGMA quick_check(1)");
  const std::string result = check.executeStep() ? check.getColumn(0).getString() : "no answer";
  return result == "ok" ? std::string() : result;
}

std::expected<OpenFile, OpenFailure> checked(OpenFile opened, const fs::path& file) {
  if (const std::string wrong = whatIsWrong(*opened.database); !wrong.empty())
    return std::unexpected(OpenFailure{damaged(file, wrong), true});
  return opened;
}

std::unexpected<OpenFailure> failed(const SQLite::Exception& exception, const char* doing, const fs::path& file) {
  if (saysDamaged(exception))
    return std::unexpected(OpenFailure{damaged(file, exception.what()), true});
  return std::unexpected(OpenFailure{errorOf(exception, doing, file), false});
}

OpenFile openPlainly(const fs::path& file) {
  OpenFile opened;
  std::error_code ignored;
  opened.cleansUp = !fs::exists(beside(file, "-wal"), ignored) && !fs::exists(beside(file, "-shm"), ignored);
  opened.database = std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READONLY, busyMilliseconds);
  protect(*opened.database);
  // Only now is the file looked at; where its folder cannot be written, a file in WAL mode cannot be opened so.
  opened.database->execAndGet("SELECT count(*) FROM sqlite_schema").getInt();
  return opened;
}

// Read-only media, or a folder that only others may write.
OpenFile openWhereNobodyWrites(const fs::path& file) {
  OpenFile opened;
  std::error_code error;
  const auto logged = fs::file_size(beside(file, "-wal"), error);
  if (error || logged == 0) {
    opened.database =
        std::make_unique<SQLite::Database>(uriOf(file), SQLite::OPEN_READONLY | SQLite::OPEN_URI, busyMilliseconds);
  } else {
    // What was recorded last stands only in the WAL.
    if (!opened.copied.make())
      throw SQLite::Exception("no temporary folder", SQLITE_CANTOPEN);
    const fs::path copy = opened.copied.path() / "history.whichbase";
    fs::copy_file(file, copy, error);
    if (!error)
      fs::copy_file(beside(file, "-wal"), beside(copy, "-wal"), error);
    if (error)
      throw SQLite::Exception("no temporary copy", SQLITE_FULL);
    opened.database = std::make_unique<SQLite::Database>(copy.string(), SQLite::OPEN_READWRITE, busyMilliseconds);
  }
  protect(*opened.database);
  return opened;
}

bool cannotWriteThere(const SQLite::Exception& exception) {
  const int code = exception.getErrorCode();
  return code == SQLITE_CANTOPEN || code == SQLITE_READONLY || code == SQLITE_PERM;
}

} // namespace

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!m_path.empty())
    fs::remove_all(m_path, ignored);
}

bool TemporaryFolder::make() {
  std::error_code error;
  std::string name = (fs::temp_directory_path(error) / "whichbase-XXXXXX").string();
  if (error || ::mkdtemp(name.data()) == nullptr)
    return false;
  m_path = name;
  return true;
}

std::expected<OpenFile, OpenFailure> openToRead(const fs::path& file) {
  try {
    try {
      return checked(openPlainly(file), file);
    } catch (const SQLite::Exception& exception) {
      if (!cannotWriteThere(exception))
        throw;
      return checked(openWhereNobodyWrites(file), file);
    }
  } catch (const SQLite::Exception& exception) {
    return failed(exception, "read", file);
  }
}

std::expected<OpenFile, OpenFailure> openToRecord(const fs::path& file) {
  try {
    OpenFile opened;
    opened.database = std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                                                         busyMilliseconds);
    SQLite::Database& database = *opened.database;
    protect(database);
    if (database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0)
      createTables(database);
    // Answers with what it stays at where a file system cannot share memory: recorded all the same, only slower.
    database.execAndGet("PRAGMA journal_mode = WAL").getString();
    database.exec("PRAGMA synchronous = NORMAL");
    database.execAndGet("PRAGMA journal_size_limit = 4000000").getInt64();
    if (sqlite3_db_readonly(database.getHandle(), "main") != 0)
      throw SQLite::Exception("read-only", SQLITE_READONLY);
    SQLite::Transaction(database, SQLite::TransactionBehavior::IMMEDIATE).commit();
    return checked(std::move(opened), file);
  } catch (const SQLite::Exception& exception) {
    return failed(exception, "record into", file);
  }
}

void close(OpenFile& opened, const fs::path& file, History::Mode mode) {
  if (!opened.database)
    return;
  if (mode == History::Mode::record)
    opened.database->tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
  opened.database.reset();
  if (mode == History::Mode::record || !opened.cleansUp)
    return;
  // A connection that only reads leaves an empty WAL behind; one that could write takes it away, unless somebody else
  // has the file open.
  try {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, 0);
    database.execAndGet("SELECT count(*) FROM sqlite_schema");
  } catch (const SQLite::Exception&) { // NOLINT(bugprone-empty-catch): then it stays
  }
}

} // namespace whichbase::history
