// One question to each of many sessions, all at the same time.
#pragma once

#include "pg/session.h"

#include <string>
#include <vector>

namespace whichbase::live {

struct Question {
  pg::Session* session = nullptr;
  std::string sql;
  pg::TimePoint deadline{};
};

// As Session::query() gives them.
struct Answer {
  pg::Rows rows;
  pg::SqlError error;
};

// In the order of the questions. Returns when the last one has answered or its deadline is over, or at once when the
// sessions' watchdog is stopped.
std::vector<Answer> askAll(const std::vector<Question>& questions);

} // namespace whichbase::live
