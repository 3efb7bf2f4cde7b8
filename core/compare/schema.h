// What a database is made of, as its catalogs say: a value that can be kept, and compared with another one's.
#pragma once

#include "topology/observation.h"

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace whichbase::compare {

enum class ObjectKind {
  schema,
  extension,
  type, // enums, domains, composite types
  table,
  column,
  primaryKey,
  unique,
  foreignKey,
  check,
  exclusion,
  index, // those that no constraint owns
  sequence,
  view,
  function,
  trigger,
  eventTrigger,
  policy,
};

// One object. Objects are the same one where kind, table and name are equal, and equal where the definition is, too.
struct Object {
  ObjectKind kind = ObjectKind::table;
  std::string table; // quoted and schema-qualified; empty where it belongs to no table
  std::string name;  // quoted, schema-qualified where it belongs to no table
  // What it is, in one canonical form: no oids, no order of texts that means nothing, nothing that a server's version
  // writes otherwise. Shown to people, and decides equality.
  std::string definition;
  bool operator==(const Object&) const = default;
};

// Where a sequence stands. A copied table whose sequence was not moved fails on its next insert.
struct SequencePosition {
  std::string sequence; // quoted and schema-qualified
  std::string column;   // public."User".id, where a column's default or identity takes its values; else empty
  std::int64_t increment = 1;
  topology::Known<std::int64_t> next;     // what the next insert would get
  topology::Known<std::int64_t> greatest; // in the column; unknown where it could not be read cheaply, or is empty
  bool operator==(const SequencePosition&) const = default;
};

struct Schema {
  std::string database;      // its name
  std::string serverVersion; // "15.18"
  std::string encoding;      // "UTF8"
  std::string collation;     // of the database: "en_US.UTF-8 (libc 2.36)"
  topology::UtcTime readAt{};
  std::vector<Object> objects;             // sorted by kind, table, name; partitions stand for their parent's
  std::vector<SequencePosition> sequences; // sorted by name
  std::vector<std::string> unread;         // what could not be read, as clauses: "no privilege on public.audit_seq"
  // Of an inventory that a snapshot recorded: only tables and triggers are known, and nothing else may be called
  // missing or equal.
  bool tablesAndTriggersOnly = false;
  bool operator==(const Schema&) const = default;
};

std::string toString(ObjectKind kind); // "table", "primary key", …

} // namespace whichbase::compare
