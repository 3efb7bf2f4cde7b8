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

// Each session at most once, all of one watchdog; answers in the order of the questions. The calling thread does it
// all, polling: no session waits for a slow one. Returns when the last one has answered or its deadline is over, or at
// once when the watchdog is stopped.
std::vector<Answer> askAll(const std::vector<Question>& questions);

} // namespace whichbase::live
