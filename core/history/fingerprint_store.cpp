#include "history/fingerprint_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>

namespace whichbase::history {
namespace {

constexpr int patience = 5'000; // milliseconds that somebody else may be writing

constexpr auto table = R"sql(CREATE TABLE IF NOT EXISTS fingerprint (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,            -- microseconds since 1970
  database TEXT NOT NULL,
  label TEXT NOT NULL,
  system_identifier TEXT,         -- decimal; it does not fit a signed integer
  oid INTEGER NOT NULL,
  relation TEXT NOT NULL,
  columns TEXT NOT NULL,          -- JSON: [{"name": …, "type": …, "kind": …}]
  key_id TEXT NOT NULL,
  settled INTEGER NOT NULL,
  hashes BLOB NOT NULL            -- 8 bytes each, the highest first, ascending
))sql";

std::string bytesOf(const std::vector<KeyHash>& hashes) {
  std::string bytes;
  bytes.reserve(hashes.size() * sizeof(KeyHash));
  for (const KeyHash hash : hashes)
    for (int shift = 56; shift >= 0; shift -= 8)
      bytes += static_cast<char>(hash >> shift & 0xFF);
  return bytes;
}

std::optional<std::vector<KeyHash>> hashesFrom(const std::string& bytes) {
  if (bytes.size() % sizeof(KeyHash) != 0)
    return std::nullopt;
  std::vector<KeyHash> hashes(bytes.size() / sizeof(KeyHash));
  for (std::size_t at = 0; at < bytes.size(); ++at)
    hashes[at / sizeof(KeyHash)] = hashes[at / sizeof(KeyHash)] << 8 | static_cast<unsigned char>(bytes[at]);
  const bool ascending = std::ranges::adjacent_find(hashes, std::ranges::greater_equal{}) == hashes.end();
  return ascending ? std::optional(std::move(hashes)) : std::nullopt;
}

std::string columnsToJson(const std::vector<KeyColumn>& columns) {
  auto list = nlohmann::json::array();
  for (const auto& column : columns)
    list.push_back({{"name", column.name}, {"type", column.type}, {"kind", toString(column.kind)}});
  return list.dump();
}

std::optional<std::vector<KeyColumn>> columnsFromJson(const std::string& text) {
  const auto list = nlohmann::json::parse(text, nullptr, false);
  if (!list.is_array() || list.empty())
    return std::nullopt;
  std::vector<KeyColumn> columns;
  for (const auto& item : list) {
    const auto textOf = [&](const char* key) {
      return item.is_object() && item.contains(key) && item[key].is_string() ? item[key].get<std::string>() : "";
    };
    const auto kind = keyKindFrom(textOf("kind"));
    if (!kind)
      return std::nullopt;
    columns.push_back({textOf("name"), textOf("type"), *kind});
  }
  return columns;
}

std::optional<Fingerprint> readRow(SQLite::Statement& row) {
  auto columns = columnsFromJson(row.getColumn("columns").getString());
  auto hashes = hashesFrom(row.getColumn("hashes").getString());
  if (!columns || !hashes)
    return std::nullopt;
  Fingerprint found;
  found.at = topology::UtcTime(std::chrono::microseconds(row.getColumn("at").getInt64()));
  found.database = row.getColumn("database").getString();
  found.label = row.getColumn("label").getString();
  const std::string digits = row.getColumn("system_identifier").getString();
  std::uint64_t identifier = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), identifier).ec == std::errc())
    found.systemIdentifier = identifier;
  found.oid = row.getColumn("oid").getUInt();
  found.relation = row.getColumn("relation").getString();
  found.columns = std::move(*columns);
  found.keyId = row.getColumn("key_id").getString();
  found.settled = row.getColumn("settled").getInt() != 0;
  found.hashes = std::move(*hashes);
  return found;
}

std::unexpected<Error> failed(const std::filesystem::path& file, const std::string& doing, const std::string& why) {
  return std::unexpected(Error{fmt::format("a fingerprint cannot be {} {}: {}", doing, file.string(), why)});
}

std::expected<std::vector<Fingerprint>, Error> readAll(SQLite::Database& database, const std::filesystem::path& file) {
  std::vector<Fingerprint> kept;
  if (!database.tableExists("fingerprint"))
    return kept;
  SQLite::Statement row(database, "SELECT * FROM fingerprint ORDER BY id");
  while (row.executeStep()) {
    auto fingerprint = readRow(row);
    if (!fingerprint)
      return failed(file, "read from", "it is damaged. Take it from a copy of the file, if there is one");
    kept.push_back(std::move(*fingerprint));
  }
  return kept;
}

// What SQLite opens as a file that nobody changes: it then writes nothing beside it.
std::string unchangingUri(const std::filesystem::path& file) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string())
    uri += c == '%' || c == '?' || c == '#' ? fmt::format("%{:02X}", static_cast<unsigned>(c)) : std::string(1, c);
  return uri + "?immutable=1";
}

} // namespace

std::expected<void, Error> keepFingerprint(const Fingerprint& fingerprint, const std::filesystem::path& file) {
  try {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, patience);
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    database.exec(table);
    SQLite::Statement add(database, "INSERT INTO fingerprint (at, database, label, system_identifier, oid, relation, "
                                    "columns, key_id, settled, hashes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const std::string hashes = bytesOf(fingerprint.hashes);
    add.bind(1, static_cast<std::int64_t>(fingerprint.at.time_since_epoch().count()));
    add.bind(2, fingerprint.database);
    add.bind(3, fingerprint.label);
    if (fingerprint.systemIdentifier)
      add.bind(4, std::to_string(*fingerprint.systemIdentifier));
    add.bind(5, fingerprint.oid);
    add.bind(6, fingerprint.relation);
    add.bind(7, columnsToJson(fingerprint.columns));
    add.bind(8, fingerprint.keyId);
    add.bind(9, fingerprint.settled ? 1 : 0);
    add.bind(10, hashes.data(), static_cast<int>(hashes.size()));
    add.exec();
    transaction.commit();
  } catch (const std::exception& error) {
    return failed(file, "kept in", error.what());
  }
  return {};
}

std::expected<std::vector<Fingerprint>, Error> keptFingerprints(const std::filesystem::path& file) {
  try {
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY, patience);
    return readAll(database, file);
  } catch (const SQLite::Exception& error) {
    // A file in WAL mode cannot be read like that where nothing can be written beside it.
    if (error.getErrorCode() != SQLITE_CANTOPEN && error.getErrorCode() != SQLITE_READONLY)
      return failed(file, "read from", error.what());
  } catch (const std::exception& error) {
    return failed(file, "read from", error.what());
  }
  try {
    SQLite::Database database(unchangingUri(file), SQLite::OPEN_READONLY | SQLite::OPEN_URI, patience);
    return readAll(database, file);
  } catch (const std::exception& error) {
    return failed(file, "read from", error.what());
  }
}

} // namespace whichbase::history
