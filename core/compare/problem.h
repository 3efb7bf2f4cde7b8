// Why something could not be compared, verified or asked.
#pragma once

#include <string>

namespace whichbase::compare {

struct Problem {
  std::string text;   // a clause, redacted, no value of a row in it: "no privilege on public.users"
  std::string remedy; // a sentence: what to do next; may be empty
  bool operator==(const Problem&) const = default;
};

} // namespace whichbase::compare
