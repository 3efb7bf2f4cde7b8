// The SQL that reads a schema from the catalogs. Private to core/compare; as in probe/statements.h, each statement is a
// transaction of its own.
#pragma once

#include "compare/schema.h"

#include <cstddef>
#include <string>
#include <vector>

namespace whichbase::compare {

// One kind of objects, or a few alike: a SELECT of kind, table, name and definition.
struct SchemaPart {
  const char* what; // "views", for texts
  std::string select;
  std::vector<ObjectKind> kinds;
  const char* owner; // oid of what an object belongs to, by which slices are made
};

// For a server's version: 150018.
std::vector<SchemaPart> schemaParts(int version);

// A relation and all that belongs to it are in one slice: who reads a large catalog slice by slice still sees each
// table at one moment.
struct Slice {
  std::size_t number = 0;
  std::size_t of = 1;
};

// Rows of kind, table, name and definition. Every setting on which PostgreSQL's way to write a definition depends is
// fixed for the transaction.
std::string objectsStatement(const std::vector<SchemaPart>& parts, Slice slice);

// Names of relations that extensions brought, one a row.
std::string extensionRelationsStatement();

} // namespace whichbase::compare
