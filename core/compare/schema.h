// What a database is made of, as its catalogs say: a value that can be kept, and compared with another one's.
#pragma once

#include "topology/observation.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
  rule,
};

// One object. Objects are the same one where kind, table and name are equal, and equal where the definition is, too.
struct Object {
  ObjectKind kind = ObjectKind::table;
  std::string table; // or view: quoted and schema-qualified; empty where it belongs to none
  std::string name;  // quoted; schema-qualified where it belongs to no table, and a sequence's always
  // What it is, in one canonical form: no oids, no order of texts that means nothing, nothing that a server's version
  // writes otherwise. Decides equality. May hold a password (in a function's text): only redacted for people.
  std::string definition;
  bool operator==(const Object&) const = default;
};

// Where a sequence stands. A copied table whose sequence was not moved fails on its next insert.
struct SequencePosition {
  std::string sequence; // quoted and schema-qualified, as the table
  // The integer column whose default or identity takes its values; both empty where there is none. A sequence that
  // fills several columns has an entry for each.
  std::string table;
  std::string column; // quoted
  std::int64_t increment = 1;
  bool unique = false;                    // no two rows may have the same value in the column
  topology::Known<std::int64_t> next;     // what the next insert would get
  topology::Known<std::int64_t> greatest; // in the column, the least one where the sequence counts down; unknown where
                                          // it could not be read cheaply, or the table is empty
  bool nextIsTaken = false;               // a row has that value already
  // Values that rows have already are still to come.
  bool standsBehind() const;
  bool operator==(const SequencePosition&) const = default;
};

struct Schema {
  std::string database;      // its name
  std::string serverVersion; // "15.18"
  std::string encoding;      // "UTF8"
  std::string collation;     // of the database: "en_US.UTF-8 (libc 2.36)"
  topology::UtcTime readAt{};
  std::vector<Object> objects;             // sorted by kind, table, name; partitions stand for their parent's
  std::vector<SequencePosition> sequences; // sorted by name, table, column
  // Tables that extensions brought: none of the objects, but a snapshot's list of tables has them. Sorted.
  std::vector<std::string> extensionTables;
  std::vector<std::string> unread;     // what could not be read, as clauses: "no privilege on public.audit_seq"
  std::vector<ObjectKind> unreadKinds; // of which there may be objects that are not among these
  // Of an inventory that a snapshot recorded: only tables and triggers are known, and nothing else may be called
  // missing or equal.
  bool tablesAndTriggersOnly = false;
  bool operator==(const Schema&) const = default;
};

std::string toString(ObjectKind kind);                        // "table", "primary key", …
std::string kindsCounted(ObjectKind kind, std::size_t count); // "1 table", "3 foreign keys"
std::optional<ObjectKind> objectKindFrom(std::string_view name);

// What a comparison of schemas does not look at, as a list for people: owners, privileges, …
extern const char* const notInSchemas;

} // namespace whichbase::compare
