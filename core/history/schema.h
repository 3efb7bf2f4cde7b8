// The tables of an incident's file; ARCHITECTURE.md tells what each holds.
#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>

namespace whichbase::history {

inline constexpr std::int32_t applicationId = 0x57686942; // "WhiB", in the file's header
inline constexpr int fileVersion = 1;

// Makes the tables where the database is empty, in one transaction. Throws SQLite::Exception.
void createTables(SQLite::Database& database);

// Whether tables and indexes are exactly those that this program makes, and nothing beside them: nobody's trigger or
// view runs with our statements.
bool hasOurTables(SQLite::Database& database);

} // namespace whichbase::history
