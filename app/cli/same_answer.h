// Whether the strings given to `same` lead to one database, as one line to paste and a few lines of detail.
#pragma once

#include "topology/snapshot.h"

#include <string>
#include <vector>

namespace whichbase::cli {

struct SameAnswer {
  int exitCode = 3; // 0 same, 1 different, 3 cannot tell
  std::string line; // "Same database: both lead to A (TovPlay on 127.0.0.1:5433), proven by raised flags"
  std::vector<std::string> details; // one a string, and why
};

SameAnswer sameAnswer(const topology::Snapshot& snapshot);

} // namespace whichbase::cli
