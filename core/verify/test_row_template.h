// The INSERT that a test row in the users table starts with: the required columns, from the catalog.
#pragma once

#include "verify/test_row_ground.h"

#include <string>
#include <vector>

namespace whichbase::verify {

// The column that is to hold the token: a text, unique and an address where there is one. Null: none can.
const GroundColumn* tokenColumnOf(const std::vector<GroundColumn>& columns, const std::string& token);
// The token as it stands there: an address where the column looks like one.
std::string tokenValueFor(const GroundColumn& column, const std::string& token);

struct Template {
  std::string sql;
  std::vector<std::string> toFill; // "public.users.team_id (integer, NOT NULL, a key of public.teams)"
};
Template insertTemplate(const std::string& relation, const std::vector<GroundColumn>& columns,
                        const GroundColumn& tokenColumn, const std::string& token);

} // namespace whichbase::verify
