// The SQL that a probe sends: every name schema-qualified, every limit local to its own transaction.
//
// Each statement but a held flag is one simple-query string without BEGIN: PostgreSQL runs it as one implicit
// transaction that ends by itself, on errors too, in one round trip, through poolers of every mode. Its first commands
// make it read-only and set the limits, all with SET LOCAL.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::probe {

struct Limits {
  std::chrono::milliseconds statement{3'000}; // at most what is left of the deadline
  std::chrono::milliseconds lock{300};
  std::chrono::milliseconds idle{5'000};
};

// With what is left until the deadline for the statement, at most `most`.
Limits limitsUntil(std::chrono::steady_clock::time_point deadline, std::chrono::milliseconds most);

// "SET LOCAL transaction_read_only = on; SET LOCAL search_path = …; …"
std::string limitsText(const Limits& limits);

// One row, one JSON text: who and where we are, and the candidates for the users relation. `withControl` asks
// pg_control_system(), which may be revoked. `relation` is the configured one, or empty.
std::string identityStatement(const Limits& limits, bool withControl, const std::string& relation);

// Which running database this is, as pairs of json_build_object over `pg_catalog.pg_database d`; ends with ", ".
std::string markerPairs(bool withControl);

// SQL condition on pg_namespace n: not PostgreSQL's own schemas, nor those of temporary tables.
extern const char* const isOrdinarySchema;

// SQL expression on pg_attribute a: pg_type.typname of the column's type below all domains, "enum" for an enum, empty
// for types that are not PostgreSQL's.
extern const char* const baseTypeExpression;

// SQL condition that finds `relation`, as somebody wrote it, among pg_class c, pg_namespace n.
std::string namedCondition(const std::string& relation);

// Parts of the inventory, each an SQL expression that gives JSON; together one statement, or one by one where some part
// is refused.
struct InventoryPart {
  const char* name;
  const char* expression;
};
const std::vector<InventoryPart>& inventoryParts();
const char* inventoryExpression(std::string_view part);
std::string inventoryStatement(const Limits& limits, const std::vector<InventoryPart>& parts);

// `relation` and `column` quoted already, as PostgreSQL's quote_ident gave them.
std::string countStatement(const Limits& limits, const std::string& relation);
std::string newestStatement(const Limits& limits, const std::string& relation, const std::string& column);

// Raises a flag and looks for others in one string that ends by itself: [{"key": …, "database": …}].
std::string visitFlagsStatement(const Limits& limits, std::int64_t ownKey, const std::vector<std::int64_t>& keys);
// Raises a flag and keeps the transaction open until lowerFlagStatement().
std::string raiseFlagStatement(const Limits& limits, std::int64_t ownKey);
std::string lookForFlagStatement(std::int64_t key);
std::string lowerFlagStatement();

// Whether a database remembered from before still exists, asked of another database of its instance.
std::string databaseExistsStatement(const Limits& limits, const std::string& name);

// A text as an SQL literal, safe with either setting of standard_conforming_strings.
std::string literal(const std::string& text);

} // namespace whichbase::probe
