// Which rows of a relation exist only here, only there, in both but different, in both and equal: by hashes
// that the servers make of their rows, in cells by key, descending only where these differ.
#pragma once

#include "compare/endpoint.h"
#include "compare/problem.h"
#include "probe/connector.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::compare {

struct RowsRequest {
  std::string relation{};             // as somebody wrote it; empty: the users relation
  std::vector<std::string> columns{}; // to compare, beside the key; empty: all that both sides have
  std::size_t keys = 0;               // how many keys of each kind to name, at most; 10,000 are the most
  // Columns whose values are read and told for the rows that are named, since somebody asked for these; no other value
  // leaves the database.
  std::vector<std::string> shown{};
  std::chrono::milliseconds statement{1'000}; // one transaction, at most
  std::chrono::milliseconds deadline{std::chrono::hours(2)};
};

struct RowsProgress {
  std::string phase;                                  // "Comparing", "Descending", "Looking again"
  std::int64_t done = 0;                              // rows of both sides
  std::int64_t total = 0;                             // estimated; 0: not known
  std::optional<std::chrono::milliseconds> remaining; // where it can be told
};
// Called on the comparing thread, at most ten times a second.
using OnRowsProgress = std::function<void(const RowsProgress& progress)>;

// One row that is not the same on both sides.
struct NamedRow {
  std::vector<std::string> key;                   // as text, by RowsResult::keyColumns
  std::vector<std::string> differsIn{};           // names of columns, where it is in both
  std::vector<std::optional<std::string>> from{}; // the values of RowsRequest::shown
  std::vector<std::optional<std::string>> to{};
  bool operator==(const NamedRow&) const = default;
};

struct RowsResult {
  std::string relation; // quoted and schema-qualified
  // Empty: the relation has no key that both sides share, and only numbers and checksums were compared.
  std::vector<std::string> keyColumns;
  std::vector<std::string> comparedColumns; // names, those of the key included
  std::vector<std::string> fromOnlyColumns; // not compared, since the other side has none of that name
  std::vector<std::string> toOnlyColumns;
  std::int64_t fromRows = 0;
  std::int64_t toRows = 0;
  // With a key:
  std::int64_t onlyInFrom = 0;
  std::int64_t onlyInTo = 0;
  std::int64_t different = 0;
  std::int64_t equal = 0;
  // Without one: whether the rows are the same as a whole, in whatever order. Empty with a key.
  std::optional<bool> sameChecksum;
  // False: somebody was writing meanwhile, on the sides that `writing` names. What differs was looked at again before
  // it was counted; how many rows were still changing then stands in `unsettled`.
  bool settled = true;
  std::vector<std::string> writing;
  std::int64_t unsettled = 0;
  std::vector<NamedRow> namedOnlyInFrom, namedOnlyInTo, namedDifferent; // in the order of the key; see request.keys
  std::string method; // how, for people: "hashes of rows by key, both sides PostgreSQL 15"
  topology::UtcTime startedAt{};
  topology::UtcTime finishedAt{};
  bool same() const {
    return keyColumns.empty() ? sameChecksum.value_or(false) && fromRows == toRows
                              : onlyInFrom == 0 && onlyInTo == 0 && different == 0 && unsettled == 0;
  }
};

// One session a side. Refused where row-level security hides rows from the role, and where a cancelled or cut
// comparison would leave a number that is not true: there are no partial results.
std::expected<RowsResult, Problem> compareRows(const Endpoint& from, const Endpoint& to, const RowsRequest& request,
                                               probe::Connector& connector, std::stop_token stop,
                                               const OnRowsProgress& onProgress = {});

} // namespace whichbase::compare
