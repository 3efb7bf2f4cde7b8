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
  std::string from; // the definition on either side; empty where it is missing
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
  bool equal() const { return differences.empty() && notCompared.empty(); }
  bool operator==(const SchemaComparison&) const = default;
};

// `fromName` and `toName` are for texts: "A", "B".
SchemaComparison compareSchemas(const Schema& from, const Schema& to, const std::string& fromName,
                                const std::string& toName);

} // namespace whichbase::compare
