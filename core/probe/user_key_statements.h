// The SQL that reads users' keys. Private to core/probe; as in statements.h, each statement is a transaction of its
// own.
#pragma once

#include "probe/statements.h"
#include "probe/user_keys.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::probe {

struct IndexedColumn {
  UserKeyColumn column;
  std::string quoted;
};

// What can identify a row: the primary key, or a unique index on columns that are NOT NULL.
struct UniqueKey {
  std::vector<IndexedColumn> columns; // in the index's order
};

struct RelationKeys {
  std::string kind;            // pg_class.relkind
  bool hasChildren = false;    // by inheritance: a key holds in each of them alone
  std::vector<UniqueKey> keys; // the primary key first
};

// One row, one JSON text.
std::string keysStatement(const Limits& limits, const std::string& relation);
std::optional<RelationKeys> readKeys(std::string_view json);

// How many rows there are, and the oldest transaction that was under way: what is not older came later.
std::string startStatement(const Limits& limits, const std::string& relation);
// How many rows there are, and how many of them are of transactions from `oldest` on.
std::string endStatement(const Limits& limits, const std::string& relation, const std::string& oldest);

// The next rows after the key `after` (empty: from the first), in the order of the key: its values as text.
std::string pieceStatement(const Limits& limits, const std::string& relation, const UniqueKey& key,
                           const std::vector<std::string>& after, std::size_t rows);

} // namespace whichbase::probe
