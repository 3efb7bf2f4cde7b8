// Two databases compared as a whole: their schemas, and the rows of the tables that were asked for.
#pragma once

#include "compare/read_schema.h"
#include "compare/rows.h"
#include "compare/schema_differences.h"
#include "history/secret_key.h"
#include "topology/proofs.h"

#include <variant>

namespace whichbase::compare {

// Which rows to compare.
enum class Tables {
  none,  // the schemas only
  users, // the users relation
  named, // those of DatabasesRequest::named
  all,   // every table that both sides have, one after the other
};

struct DatabasesRequest {
  Tables tables = Tables::users;
  std::vector<std::string> named{};
  RowsRequest rows{}; // relation is left to the above
  std::chrono::milliseconds schemaDeadline{60'000};
};

// A live side, or a recorded inventory, of which no rows can be compared.
using ComparedSide = std::variant<Endpoint, Schema>;

struct TableRows {
  std::string relation;
  std::expected<RowsResult, Problem> result;
};

struct DatabasesComparison {
  std::string from, to; // names for texts: "A", "B"
  Schema fromSchema, toSchema;
  SchemaComparison schema;
  std::vector<TableRows> rows;
  std::vector<std::string> shown{}; // the columns of RowsRequest::shown, whose values the named rows hold
  std::string hashedUnder{};        // the id of the secret key; empty: the rows' keys stand as they are
  bool same() const;                // everything that was asked for was compared, and nothing differs
  bool compared() const;            // everything that was asked for was compared
  bool different() const;           // something is known to differ
};

struct DatabasesProgress {
  std::string relation;  // empty: the schemas are being read
  std::size_t table = 0; // of `tables`
  std::size_t tables = 0;
  RowsProgress rows;
};
using OnDatabasesProgress = std::function<void(const DatabasesProgress& progress)>;

// A problem of one table is told in its place; a side that cannot be reached at all is a problem of the whole.
std::expected<DatabasesComparison, Problem> compareDatabases(const ComparedSide& from, const ComparedSide& to,
                                                             const std::string& fromName, const std::string& toName,
                                                             const DatabasesRequest& request,
                                                             probe::Connector& connector, std::stop_token stop,
                                                             const OnDatabasesProgress& onProgress = {});

// "22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both" is topology::toText(RowsFact), for which this is the step
// between; empty where there is no key, or the tables differ in what was compared.
std::optional<topology::RowsFact> rowsFactOf(const RowsResult& result, const std::string& fromId,
                                             const std::string& toId);

// Replaces the keys of the named rows by 16 hexadecimal digits of an HMAC-SHA-256 under the user's own key, so that
// rows can be spoken of, and found again in another comparison, without telling what they are. A problem where OpenSSL
// has no HMAC: the keys are then gone.
std::optional<Problem> hashKeys(DatabasesComparison& comparison, const history::SecretKey& key);

// For people, and {"format": "whichbase/diff", "version": 1, …} (resources/diff.schema.json).
std::string toText(const DatabasesComparison& comparison);
std::string toJson(const DatabasesComparison& comparison);

} // namespace whichbase::compare
