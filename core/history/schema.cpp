#include "history/schema.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <array>
#include <set>
#include <string>

namespace whichbase::history {
namespace {

// Times are microseconds since 1970, UTC; a side is 0 for before, 1 for after.
constexpr std::array statements = {
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    // AUTOINCREMENT: an id never comes back, so that what is remembered by it cannot mean another state.
    "CREATE TABLE states(id INTEGER PRIMARY KEY AUTOINCREMENT, side INTEGER NOT NULL, at INTEGER NOT NULL, "
    "keyframe INTEGER NOT NULL, body TEXT NOT NULL) STRICT",
    "CREATE INDEX states_by_time ON states(side, at)",
    "CREATE INDEX keyframes ON states(side, id) WHERE keyframe = 1",
    "CREATE TABLE points(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, database TEXT NOT NULL, users INTEGER, "
    "kind INTEGER NOT NULL) STRICT",
    "CREATE INDEX points_by_database ON points(database, id)",
    "CREATE TABLE events(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, side INTEGER NOT NULL, kind TEXT NOT NULL, "
    "subjects TEXT NOT NULL, text TEXT NOT NULL) STRICT",
    "CREATE TABLE moments(id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, reason TEXT NOT NULL) STRICT",
    "CREATE TABLE spans(id INTEGER PRIMARY KEY AUTOINCREMENT, begins INTEGER NOT NULL, ends INTEGER NOT NULL) STRICT",
    "CREATE TABLE databases(id TEXT PRIMARY KEY, label TEXT NOT NULL, relation TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE texts(key TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE fingerprints(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, database TEXT NOT NULL, label TEXT NOT "
    "NULL, "
    "system_identifier TEXT, oid INTEGER NOT NULL, relation TEXT NOT NULL, columns TEXT NOT NULL, key_id TEXT NOT "
    "NULL, "
    "settled INTEGER NOT NULL, hashes BLOB NOT NULL) STRICT",
};

} // namespace

void createTables(SQLite::Database& database) {
  // Only before the first table is made can a file be told to become smaller again.
  database.exec("PRAGMA auto_vacuum = INCREMENTAL");
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  if (database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() > 0)
    return; // somebody else was quicker
  database.exec(fmt::format("PRAGMA application_id = {}", applicationId));
  database.exec(fmt::format("PRAGMA user_version = {}", fileVersion));
  for (const char* statement : statements)
    database.exec(statement);
  transaction.commit();
}

bool hasOurTables(SQLite::Database& database) {
  std::set<std::string> missing(statements.begin(), statements.end());
  SQLite::Statement rows(database, "SELECT name, sql FROM sqlite_schema");
  while (rows.executeStep()) {
    const std::string name = rows.getColumn(0).getString();
    if (name.starts_with("sqlite_")) // its own: automatic indexes, sqlite_sequence
      continue;
    if (missing.erase(rows.getColumn(1).getString()) == 0)
      return false;
  }
  return missing.empty();
}

} // namespace whichbase::history
