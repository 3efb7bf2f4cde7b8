// Whether a test row may be written and can be removed again, by what the catalog tells. Pure functions.
#pragma once

#include "verify/own_sessions.h"
#include "verify/test_row_ground.h"

#include <string>
#include <vector>

namespace whichbase::verify {

struct Judgement {
  std::vector<std::string> warnings; // sentences
  std::vector<std::string> refusals;
  void add(const Judgement& other);
};

// Whether that session can write at all.
Judgement judgeSession(const Standing& standing, const std::string& server);

// A new table in that schema of the ground.
Judgement judgeOwnTable(const Ground& ground, const GroundSchema& schema);

// A new row in the users table that is found by that column.
Judgement judgeUsers(const Ground& ground, const std::string& relation, const GroundColumn* tokenColumn);

} // namespace whichbase::verify
