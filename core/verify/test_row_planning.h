// How a plan is put together from what the catalog tells, in one session: for planTestRow(), and again just before
// anything is written.
#pragma once

#include "verify/own_sessions.h"
#include "verify/test_row.h"
#include "verify/test_row_judgement.h"

namespace whichbase::verify {

// Fills in the SQL, the warnings and the refusals; place, token, writer and roles are given. `usersRelation` may be
// empty for a table of its own. The error: the catalog could not be read.
std::expected<void, compare::Problem> planIn(pg::Session& session, const Standing& standing,
                                             const probe::Target& target, const std::string& usersRelation,
                                             TestRowPlan& plan, pg::TimePoint deadline);

// The comment that marks our table.
std::string tableComment(const std::string& token);
// What removes the users' row, by its key too where that is known: one value a key part.
std::string deleteUsersSql(const TestRowPlan& plan, const std::vector<std::string>& key);
// Reads the key of the row, one row: "SELECT id::pg_catalog.text FROM …".
std::string keySql(const TestRowPlan& plan);

} // namespace whichbase::verify
