// What one schema has and another lacks, or has otherwise: judged by meaning, not by text order. Pure functions.
#pragma once

#include "compare/schema.h"

#include <string>
#include <vector>

namespace whichbase::compare {

enum class DifferenceKind {
  missing,   // only in `from`
  extra,     // only in `to`
  different, // in both
};

struct SchemaDifference {
  ObjectKind object = ObjectKind::table;
  std::string table; // as in Object
  std::string name;
  DifferenceKind kind = DifferenceKind::different;
  // The definition on either side, redacted; empty where it is missing. Of a missing table or view with all that
  // belongs to it, a line each.
  std::string from;
  std::string to;
  // What it means, where that is more than the difference: "the next insert into public.users fails: its sequence
  // stands at 1, its greatest id is 22".
  std::string note;
  bool operator==(const SchemaDifference&) const = default;
};

struct SchemaComparison {
  // By object kind, table and name. What belongs to a missing table is told with the table, not once more.
  std::vector<SchemaDifference> differences;
  // Sequences that will make inserts fail on one side, as sentences, also where both sides are equal in that.
  std::vector<std::string> warnings;
  std::vector<std::string> notCompared; // as clauses, with the side's name: what was unread on either side
  // What is not the same and no difference in meaning, as sentences: a constraint of another name, a sequence that
  // stands elsewhere and endangers nothing, another encoding or collation of the database.
  std::vector<std::string> notes;
  bool equal() const { return differences.empty() && notCompared.empty(); }
  bool operator==(const SchemaComparison&) const = default;
};

// Keys, constraints and indexes of another name that say the same of the same table are the same; the order of columns
// is no difference; a sequence's position is one only where it makes inserts fail on one side and not on the other. Of
// what is missing because a whole kind was not read on the other side, nothing is told but that.
// `fromName` and `toName` are for texts: "A", "B".
SchemaComparison compareSchemas(const Schema& from, const Schema& to, const std::string& fromName,
                                const std::string& toName);

} // namespace whichbase::compare
