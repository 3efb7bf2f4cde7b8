#include "history/fingerprint.h"
#include "history/store.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace whichbase::history {
namespace {

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

} // namespace

std::expected<void, Error> History::keep(const Fingerprint& fingerprint) {
  return written(*m_store, [&]() -> std::expected<void, Error> {
    SQLite::Statement add(m_store->database(),
                          "INSERT INTO fingerprints(at, database, label, system_identifier, oid, relation, columns, "
                          "key_id, settled, hashes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const std::string hashes = bytesOf(fingerprint.hashes);
    add.bind(1, static_cast<std::int64_t>(fingerprint.at.time_since_epoch().count()));
    add.bind(2, fingerprint.database);
    add.bind(3, fingerprint.label);
    if (fingerprint.systemIdentifier) // as text: it does not fit a signed integer
      add.bind(4, std::to_string(*fingerprint.systemIdentifier));
    add.bind(5, fingerprint.oid);
    add.bind(6, fingerprint.relation);
    add.bind(7, columnsToJson(fingerprint.columns));
    add.bind(8, fingerprint.keyId);
    add.bind(9, fingerprint.settled ? 1 : 0);
    add.bind(10, hashes.data(), static_cast<int>(hashes.size()));
    add.exec();
    return {};
  });
}

std::expected<std::vector<Fingerprint>, Error> History::fingerprints() const {
  return guarded(*m_store, "read", [&]() -> std::expected<std::vector<Fingerprint>, Error> {
    std::vector<Fingerprint> kept;
    SQLite::Statement row(m_store->database(), "SELECT * FROM fingerprints ORDER BY id");
    while (row.executeStep()) {
      auto fingerprint = readRow(row);
      // What is missing in it would be taken for users that are missing.
      if (!fingerprint)
        return std::unexpected(Error{fmt::format("a fingerprint in {} is damaged: it proves nothing any more. Take "
                                                 "another copy of the file, if there is one",
                                                 m_store->file.string())});
      kept.push_back(std::move(*fingerprint));
    }
    return kept;
  });
}

} // namespace whichbase::history
