// One side of a comparison of rows: its session, and what was found of its relation. Private to core/compare.
#pragma once

#include "compare/endpoint.h"
#include "compare/problem.h"
#include "compare/rows.h"
#include "compare/rows_relation.h"
#include "probe/connector.h"

#include <expected>
#include <memory>
#include <string>

namespace whichbase::compare {

struct RowsSide {
  std::string name; // Endpoint::name
  probe::Target target;
  std::unique_ptr<pg::Session> session;
  RelationFacts facts;
  std::string hashSample; // empty: it has not PostgreSQL's hash functions
  bool inRecovery = false;
};

// Connects over the first target that works, makes sure that it is the database that was meant, and reads what the
// catalog says of the relation.
std::expected<RowsSide, Problem> openRowsSide(const Endpoint& endpoint, const RowsRequest& request,
                                              probe::Connector& connector, pg::TimePoint deadline);

// The failure of a statement, without the server's words, which may hold a value of a row.
Problem problemOf(const pg::SqlError& error, const RowsSide& side);

} // namespace whichbase::compare
