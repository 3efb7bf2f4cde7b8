// What the catalog says of the relation whose rows are compared, on one side. Private to core/compare, as all rows_*.
#pragma once

#include "probe/user_key_statements.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::compare {

struct RelationColumn {
  std::string name;
  std::string quoted;
  std::string type; // as PostgreSQL writes it: "character varying(40)"
  std::string base; // pg_type.typname below all domains; empty for types that are not PostgreSQL's
  bool mayRead = false;
};

struct RelationFacts {
  std::string relation;     // quoted and schema-qualified
  std::string kind;         // pg_class.relkind
  bool rowSecurity = false; // it hides rows from this role
  std::vector<RelationColumn> columns;
  std::vector<std::vector<RelationColumn>> keys; // what identifies a row, the primary key first
  std::int64_t blocks = 0;                       // of its largest part
  std::int64_t rows = 0;                         // estimated
  bool isHeap = true;                            // all of its parts are tables whose pieces can be read on their own
  int serverVersion = 0;                         // 150018
  std::string encoding;                          // "UTF8"
  const RelationColumn* column(std::string_view name) const; // null: none of that name
};

// One row, one JSON text, about pg_class's `oid`.
std::string relationStatement(const probe::Limits& limits, const std::string& relation);
// Fills all but the relation's name and its keys; false where the text is no answer.
bool readRelation(std::string_view json, RelationFacts& facts);
// The keys that probe::keysStatement answered; none where child tables have rows that no key identifies.
bool readRelationKeys(std::string_view json, RelationFacts& facts);

} // namespace whichbase::compare
