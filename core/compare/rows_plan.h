// What is compared and how, worked out from both sides' catalogs. Private to core/compare.
#pragma once

#include "compare/problem.h"
#include "compare/rows.h"
#include "compare/rows_hash.h"

#include <expected>
#include <string>
#include <vector>

namespace whichbase::compare {

// One side's SQL, over its relation as u.
struct SideSql {
  std::string relation;
  std::string keyHash;                   // bigint; where there is no key, of the whole row
  std::string restHash;                  // bigint, of the columns beside the key
  std::vector<std::string> columnHashes; // bigint each, as RowsPlan::compared
  std::vector<std::string> keyColumns;   // u."id"
  std::vector<std::string> keyTypes;     // bigint
  std::vector<std::string> shown;        // texts, as RowsRequest::shown; NULL where the side has no such column
};

struct RowsPlan {
  std::vector<std::string> key;      // names; empty: none that both sides have
  std::vector<std::string> compared; // names, those of the key first
  std::vector<std::string> fromOnly;
  std::vector<std::string> toOnly;
  Hashing hashing;
  SideSql from;
  SideSql to;
};

// `alike`: both servers gave the same hashes of the samples. The names are for texts.
std::expected<RowsPlan, Problem> planRows(const RelationFacts& from, const RelationFacts& to, bool alike,
                                          const RowsRequest& request, const std::string& fromName,
                                          const std::string& toName);

} // namespace whichbase::compare
