// Which processes came from a test, however they were started: all that inherited a mark in their environment.
#pragma once

#include <string>
#include <vector>

namespace whichbase::test {

class ProcessMark {
public:
  ProcessMark();  // from now on whatever this process executes bears the mark
  ~ProcessMark(); // kills what is left
  ProcessMark(const ProcessMark&) = delete;
  ProcessMark& operator=(const ProcessMark&) = delete;

  int alive() const;
  bool waitFor(int number) const; // until that many are alive; false after ten seconds
  void killAll() const;

private:
  std::vector<int> pids() const;
  std::string m_name;
};

} // namespace whichbase::test
