// The string literals of C++ source: what they say, where, and which call they are an argument of.
#pragma once

#include <string>
#include <vector>

namespace whichbase::test {

struct Literal {
  std::string text; // adjacent literals as one, escapes as written
  std::string call; // of the innermost call around it: "tr", "QStringLiteral"; empty: none
  std::vector<std::string> outerCalls;
  int line = 0;
};

std::vector<Literal> literalsIn(const std::string& source);

} // namespace whichbase::test
