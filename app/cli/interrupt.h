// Ctrl-C (and SIGTERM, and the end of the terminal) as a stop_token. The first one asks everything to stop, the second
// one ends the program at once.
#pragma once

#include <stop_token>
#include <thread>

namespace whichbase::cli {

class Interrupt {
public:
  Interrupt();  // one at a time: it owns the process's handlers
  ~Interrupt(); // puts the old handlers back
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return m_stop.get_token(); }
  bool requested() const { return m_stop.stop_requested(); }
  // Readable from the moment of the first signal: for poll() beside a terminal.
  int descriptor() const { return m_raised[0]; }

private:
  std::stop_source m_stop;
  int m_signals[2] = {-1, -1}; // written by the handler
  int m_raised[2] = {-1, -1};  // written once for those who poll
  std::jthread m_watcher;
};

} // namespace whichbase::cli
